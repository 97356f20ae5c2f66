"""``kg bulk``: reading articles on many machines."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.building import SecondsOption
from kg.cli.options import LIMIT, MEGABYTE, BaseOption, ConfidenceOption, LimitOption, ReferenceOption
from kg.config import base_iri

MasterOption = Annotated[
    str | None,
    typer.Option("--master", metavar="URL", help="Where to run.  [default: as PYSPARK_SUBMIT_ARGS says]"),
]
FilesOption = Annotated[
    int, typer.Option("--files", metavar="N", min=1, help="Files a batch, the unit in which a job goes on.")
]
PartsOption = Annotated[int, typer.Option("--parts", metavar="N", min=1, help="Tasks a batch is dealt to.")]
bulk_app = typer.Typer(
    name="bulk",
    help="Read articles on many machines.",
    epilog="Example: kg bulk spark articles/ quads/ --master 'local[4]'",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Form(StrEnum):
    """What the files of articles are."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    FILES = "files"


@bulk_app.callback()
def bulk() -> None:
    """Read articles on many machines."""


@bulk_app.command(
    epilog="Example: kg bulk spark s3a://news/2026/ s3a://news/quads/ --form parquet; then kg load quads/"
)
def spark(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Folder of articles, wherever Spark can read.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="Folder for quads, errors and the checkpoint.")],
    form: Annotated[
        Form, typer.Option("--form", help="JSON lines, Parquet, or whole files (WARC and all that kg build reads).")
    ] = Form.JSONL,
    master: MasterOption = None,
    files: FilesOption = 64,
    parts: PartsOption = 8,
    seconds: SecondsOption = 60.0,
    base: BaseOption = None,
    reference: ReferenceOption = None,
    min_confidence: ConfidenceOption = None,
    limit: LimitOption = LIMIT,
) -> None:
    """Read articles with Spark into files of N-Quads, for `kg load`.

    The same articles give the same quads as with `kg build`. A job that was killed goes on when the same command is
    given again; files that came since are read then as well. Needs pip install 'diplomatic-kg[spark]' and Java 17.
    """
    from kg.bulk.spark import Job, open_session, run_job

    job = Job(source, output, base_iri(base), form, min_confidence, seconds, files, parts, limit * MEGABYTE)
    batches = run_job(open_session(master), job)
    typer.echo(f"{output}: {batches} batches")

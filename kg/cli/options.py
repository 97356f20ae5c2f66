"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.config import DEFAULT_BASE, DEFAULT_REFERENCE, DEFAULT_STORE, use_reference


class TableFormat(StrEnum):
    """How a query's answer is printed."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


class GraphFormat(StrEnum):
    """How a graph is written."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"
    XML = "xml"


class ReviewFormat(StrEnum):
    """How doubtful pairs are listed."""

    CSV = "csv"
    HTML = "html"


MEGABYTE = 2**20
LIMIT = 64

SUFFIXES = {
    ".ttl": GraphFormat.TURTLE,
    ".trig": GraphFormat.TRIG,
    ".nq": GraphFormat.NQUADS,
    ".nt": GraphFormat.NTRIPLES,
    ".jsonld": GraphFormat.JSONLD,
    ".rdf": GraphFormat.XML,
    ".xml": GraphFormat.XML,
}


def check_share(value: float | None) -> float | None:
    """Raises BadParameter for what is not from 0 to 1, nan included, which a range of click's lets pass."""
    if value is not None and not 0 <= value <= 1:
        raise typer.BadParameter(f"{value} is not from 0 to 1")
    return value


StoreOption = Annotated[
    str | None,
    typer.Option("--store", envvar="KG_STORE", metavar="DIR", help=f"Folder of the store.  [default: {DEFAULT_STORE}]"),
]
BaseOption = Annotated[
    str | None,
    typer.Option("--base", envvar="KG_BASE", metavar="IRI", help=f"Base of resource IRIs.  [default: {DEFAULT_BASE}]"),
]


def set_reference(context: typer.Context, folder: Path | None) -> Path | None:
    """Make a folder that was asked for the one of the user's own tables. Only `kg reference add` may make it."""
    if folder is not None:
        if not folder.is_dir() and context.info_name != "add":
            raise typer.BadParameter(f"there is no folder {folder}")
        use_reference(folder)
    return folder


ReferenceOption = Annotated[
    Path | None,
    typer.Option(
        "--reference",
        envvar="KG_REFERENCE",
        metavar="DIR",
        callback=set_reference,
        help=f"Folder of your own tables.  [default: {DEFAULT_REFERENCE}]",
    ),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS",
        help="Files or folders; - is standard input. Texts, JSON, JSON lines, CSV, TSV, HTML, RSS, Atom, WARC, DOCX, "
        "PDF, Parquet; packed (.gz, .zst, .zip) as well.",
    ),
]
LimitOption = Annotated[
    int,
    typer.Option("--limit", metavar="MB", min=1, help="The largest file, or line or page of one, that is read."),
]
ConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="P",
        callback=check_share,
        help="Leave out events that are less sure than P, 0 to 1.  [default: 0.5]",
    ),
]
MentionsOption = Annotated[
    bool,
    typer.Option("--mentions", help="Each article's account for itself, not once what several articles tell of."),
]
DecisionsOption = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        envvar="KG_DECISIONS",
        metavar="FILE",
        help="What people decided on pairs (CSV, TSV).  [default: STORE-decisions.csv, if there is one]",
    ),
]
EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Address of a SPARQL endpoint, in place of a store.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DerivedOption = Annotated[
    bool, typer.Option("--derived/--no-derived", help="With or without what follows from the articles.")
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Print why: cues, roles, dates and their scores.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; standard output if left out.")
]


def parse_settings(settings: Iterable[str]) -> dict[str, str]:
    """The values of ``--set name=value``. Raises BadParameter for one without "="."""
    return parse_pairs(settings, "--set")


def parse_pairs(settings: Iterable[str], option: str) -> dict[str, str]:
    """The values of an option that is given as name=value. Raises BadParameter for one without "=", or given twice."""
    pairs = [setting.partition("=") for setting in settings]
    for name, equals, _ in pairs:
        if not (name.strip() and equals):
            raise typer.BadParameter(f"{name!r} is not name=value", param_hint=option)
    names = [name.strip() for name, _, _ in pairs]
    if len(set(names)) < len(names):
        raise typer.BadParameter(f"{max(names, key=names.count)!r} is given twice", param_hint=option)
    return {name.strip(): value for name, _, value in pairs}


def check_apart(json: bool, explain: bool) -> None:
    """Raises BadParameter if both are asked for: an explanation is for people."""
    if json and explain:
        raise typer.BadParameter("it cannot stand with --json", param_hint="--explain")


def choose_format(given: GraphFormat | None, output: Path | None) -> GraphFormat:
    """The format that was asked for, else that of the file's suffix; TriG for a file without one.

    Raises BadParameter for a suffix that says no format.
    """
    suffix = output.suffix.lower() if output else ""
    if given is None and suffix and suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise typer.BadParameter(f"{output}: the suffix says no format; there are {known}, or name a --format")
    return given or SUFFIXES.get(suffix, GraphFormat.TRIG)


def choose_review(given: ReviewFormat | None, output: Path | None) -> ReviewFormat:
    """The format that was asked for, else that of the file's suffix, else CSV."""
    is_page = output is not None and output.suffix.lower() in (".html", ".htm")
    return given or (ReviewFormat.HTML if is_page else ReviewFormat.CSV)

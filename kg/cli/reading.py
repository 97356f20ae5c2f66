"""The options that say how articles are read, and what they mean together."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import parse_pairs

if TYPE_CHECKING:
    from kg.sources.source import ReadSettings


class InputFormat(StrEnum):
    """What files are read as, whatever they are called."""

    TXT = "txt"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    HTML = "html"
    FEED = "feed"
    WARC = "warc"
    DOCX = "docx"
    PDF = "pdf"
    PARQUET = "parquet"


ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="Which column (CSV, Parquet) or JSON key is the FIELD; repeatable."
    ),
]
FormatOption = Annotated[
    InputFormat | None,
    typer.Option("--format", help="Read files as this.  [default: by content and suffix]", show_choices=True),
]
AsIsOption = Annotated[
    bool, typer.Option("--as-is", help="Keep texts to the letter: buttons, captions and links elsewhere as well.")
]
RepeatsOption = Annotated[
    bool, typer.Option("--repeats", help="Read what says the same as an article before it as well.")
]


def make_settings(columns: list[str] | None, form: InputFormat | None, as_is: bool, repeats: bool) -> ReadSettings:
    """The settings that options ask for. Raises BadParameter for a field that articles do not have."""
    from kg.sources.columns import FIELDS
    from kg.sources.source import ReadSettings

    pairs = parse_pairs(columns or (), "--column")
    for field, name in pairs.items():
        if field not in FIELDS or not name.strip():
            raise typer.BadParameter(
                f"{field}={name} is not FIELD=NAME; fields: {', '.join(FIELDS)}", param_hint="--column"
            )
    suffix = ".xml" if form is InputFormat.FEED else f".{form}"
    return ReadSettings(tuple(pairs.items()), suffix if form else None, clean=not as_is, unique=not repeats)

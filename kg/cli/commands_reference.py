"""``kg reference``: the curated facts and the user's own on top of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.failures import FAILED
from kg.cli.options import JsonOption, ReferenceOption

reference_app = typer.Typer(
    name="reference",
    help="What is known before anything is read: list it, check it, add your own tables.",
    epilog="Example: kg reference list person --search Жапаров",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Kind(StrEnum):
    """The tables, by what a row is."""

    COUNTRY = "country"
    ORGANIZATION = "organization"
    PERSON = "person"
    OFFICE = "office"
    TENURE = "tenure"
    VENUE = "venue"
    CITY = "city"


@reference_app.command("list", epilog="Example: kg reference list venue --search Ордо")
def list_rows(
    kind: Annotated[Kind | None, typer.Argument(help="Which table; left out, how many rows each has.")] = None,
    search: Annotated[str, typer.Option("--search", metavar="TEXT", help="Only rows in which TEXT stands.")] = "",
    json: JsonOption = False,
    reference: ReferenceOption = None,
) -> None:
    """List countries, organizations, people, offices, tenures, venues or cities."""
    from kg.cli.sheets import print_counts, print_items
    from kg.knowledge.own import load_reference_tables

    tables = load_reference_tables()
    if kind is None and not search:
        print_counts(tables, json)
    else:
        print_items(tables, tuple(Kind) if kind is None else (kind,), search, json)


@reference_app.command(epilog="Example: kg reference check my-tables/persons.tsv")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILES", help="Tables to check as if added; left out, all in use.")
    ] = None,
    reference: ReferenceOption = None,
) -> None:
    """Tell what is wrong: keys, dates, ids, references between tables. Each problem names file and line."""
    from kg.cli.sheets import print_problems

    raise typer.Exit(FAILED if print_problems(files or ()) else 0)


@reference_app.command(epilog="Example: kg reference add person.tsv tenure.tsv --reference kg-reference")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Tables: person.tsv, venue.tsv, tenure.tsv …")],
    reference: ReferenceOption = None,
) -> None:
    """Add your own rows; those with a known key replace the known ones.

    Nothing is written where a row is wrong.
    """
    from kg.cli.sheets import print_added

    raise typer.Exit(FAILED if print_added(files) else 0)

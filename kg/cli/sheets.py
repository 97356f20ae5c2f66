"""What ``kg reference`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from kg.cli.output import print_error, print_table
from kg.config import reference_path
from kg.errors import DataError
from kg.knowledge.listing import count_items, list_items
from kg.knowledge.own import Sheet, add_sheets, check_sheets, merge_sheets, read_sheet, read_sheets
from kg.knowledge.tables import Tables, load_tables


def print_counts(tables: Tables, as_json: bool) -> None:
    """How many rows each table has."""
    counts = dict(count_items(tables))
    if as_json:
        print(json.dumps(counts))
    else:
        print_table(("kind", "rows"), counts.items(), numbers=1)


def print_items(tables: Tables, kinds: Iterable[str], search: str, as_json: bool) -> None:
    """The rows that a word finds; as JSON one a line."""
    items = [item for kind in kinds for item in list_items(tables, kind, search)]
    if as_json:
        for item in items:
            print(json.dumps(asdict(item), ensure_ascii=False))
        return
    print_table(
        ("id", "Russian", "English", "", "Wikidata"), [(i.id, i.russian, i.english, i.detail, i.qid) for i in items]
    )


def print_problems(files: Sequence[Path]) -> int:
    """A line each on standard error, how many on standard output; their number.

    Without files the tables in use are checked.
    """
    tables, own = load_tables(), read_sheets(reference_path())
    sheets, problems = read_files(files)
    if files:
        problems += check_sheets(merge_sheets(tables, own), sheets)
    else:
        problems += check_sheets(tables, own)
    for problem in problems:
        print_error(DataError(problem))
    rows = sum(len(sheet.rows) for sheet in (sheets if files else own))
    typer.echo(f"{rows} own rows checked, {len(problems)} problems")
    return len(problems)


def read_files(files: Sequence[Path]) -> tuple[list[Sheet], list[str]]:
    """The files that can be read, and what is wrong with the others."""
    sheets, problems = [], []
    for path in files:
        try:
            sheets.append(read_sheet(path))
        except DataError as error:
            problems.append(str(error))
    return sheets, problems


def print_added(files: Sequence[Path]) -> int:
    """Add the files and say what came where; where a row is wrong the problems, and nothing is written."""
    if problems := print_problems(files):
        return problems
    folder = reference_path()
    for added in add_sheets(folder, [read_sheet(path) for path in files]):
        typer.echo(f"{added.rows} {added.table} → {added.path}")
    return 0

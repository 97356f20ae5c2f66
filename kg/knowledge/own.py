"""The user's own tables on top of the curated ones: rows with a key that is known replace the known ones.

A file is called after its table, "persons.tsv" or "person.tsv", and needs few columns; what it lacks is empty. Every
problem names file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.config import reference_path
from kg.errors import DataError
from kg.knowledge.cells import format_cell, read_numbered
from kg.knowledge.checks import check_tables, name_row
from kg.knowledge.tables import (
    City,
    Country,
    Office,
    Organization,
    Person,
    Tables,
    TenureRow,
    Venue,
    load_tables,
)

KINDS: dict[str, type[Any]] = {
    "countries": Country,
    "organizations": Organization,
    "persons": Person,
    "offices": Office,
    "tenures": TenureRow,
    "venues": Venue,
    "cities": City,
}
SINGULAR = {
    "country": "countries",
    "organization": "organizations",
    "person": "persons",
    "office": "offices",
    "tenure": "tenures",
    "venue": "venues",
    "city": "cities",
}
REQUIRED = {
    "countries": ("iso2", "name_ru", "name_en", "capital_ru", "capital_en"),
    "organizations": ("key", "name_ru", "name_en"),
    "persons": ("key", "name_ru", "name_en", "sex", "country_iso2"),
    "offices": ("lemma_ru", "phrase_ru", "title_en", "office_kind", "level"),
    "tenures": ("person", "office", "title_ru", "title_en", "of", "start", "source"),
    "venues": ("key", "name_ru", "name_en", "iso2"),
    "cities": ("key", "geoname", "name_ru", "name_en", "iso2", "latitude", "longitude", "population"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file, each with its line."""

    path: Path
    table: str
    rows: tuple[tuple[int, Any], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """How many rows of a table were put into a file of the user's."""

    table: str
    rows: int
    path: Path


def find_table(path: Path) -> str:
    """The table that a file belongs to, by its name. Raises DataError for other names."""
    table = SINGULAR.get(path.stem, path.stem)
    if table not in KINDS or path.suffix != ".tsv":
        raise DataError(f"{path}: no table is called so; name it {', '.join(f'{name}.tsv' for name in KINDS)}")
    return table


def read_sheet(path: Path) -> Sheet:
    """One file. Raises DataError that names file and line."""
    table = find_table(path)
    rows = ((line, fill_row(row)) for line, row in read_numbered(path, KINDS[table], REQUIRED[table]))
    return Sheet(path, table, tuple(rows))


def fill_row(row: Any) -> Any:
    """A row with what follows from its other cells: the surname stands last in a name, or first."""
    if not isinstance(row, Person) or row.surname_ru:
        return row
    order = row.native_order or "given-family"
    words = row.name_ru.split()
    return replace(row, native_order=order, surname_ru=words[0 if order == "family-given" else -1] if words else "")


def read_sheets(folder: Path) -> tuple[Sheet, ...]:
    """The user's files in a folder, by name; none where there is no such folder.

    Raises DataError that names file and line, also where two files are of one table: which row counts is unclear.
    """
    sheets = tuple(read_sheet(path) for path in sorted(folder.glob("*.tsv")))
    paths: dict[str, Path] = {}
    for sheet in sheets:
        if (first := paths.setdefault(sheet.table, sheet.path)) != sheet.path:
            raise DataError(
                f"{sheet.path}: {first.name} holds {sheet.table} already; put the rows of both into one file"
            )
    return sheets


def row_key(row: Any) -> tuple[str, ...]:
    """What tells a row from the others of its table."""
    if isinstance(row, TenureRow):
        return (row.person, row.office, row.title_ru, row.of, row.since)
    return (row.iso2 if isinstance(row, Country) else row.phrase_ru if isinstance(row, Office) else row.key,)


def merge_sheets(tables: Tables, sheets: Iterable[Sheet]) -> Tables:
    """The tables with the user's rows in the place of those with the same key, or behind the others."""
    for sheet in sheets:
        own = {row_key(row): row for _, row in sheet.rows}
        known = tuple(row for row in getattr(tables, sheet.table) if row_key(row) not in own)
        tables = replace(tables, **{sheet.table: known + tuple(own.values())})
    return tables


def check_sheets(tables: Tables, sheets: Sequence[Sheet]) -> Iterator[str]:
    """What is wrong in the user's rows, each problem with file and line, and what they break in the tables."""
    places: dict[str, str] = {}
    for sheet in sheets:
        lines: dict[tuple[str, ...], int] = {}
        for line, row in sheet.rows:
            place = f"{sheet.path} line {line}"
            if (first := lines.setdefault(row_key(row), line)) != line:
                yield f"{place}: {' '.join(row_key(row))} stands in line {first} already"
            places[name_row(sheet.table, row)] = place
    for problem in check_tables(merge_sheets(tables, sheets)):
        where, _, what = problem.partition(": ")
        yield f"{places[where]}: {what} ({where})" if where in places else problem


def load_reference_tables() -> Tables:
    """The curated tables and those of the user's folder. Raises DataError for the first problem in these."""
    tables, sheets = load_tables(), read_sheets(reference_path())
    if not sheets:
        return tables
    problem = next(check_sheets(tables, sheets), None)
    if problem is not None:
        raise DataError(f"{problem}; `kg reference check` lists all problems")
    return merge_sheets(tables, sheets)


def own_version(folder: Path | None = None) -> str:
    """A hash of the user's files, "" where there are none."""
    paths = sorted((folder or reference_path()).glob("*.tsv"))
    digest = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths))
    return digest.hexdigest()[:16] if paths else ""


def add_sheets(folder: Path, sheets: Sequence[Sheet]) -> tuple[Added, ...]:
    """Put rows into the user's folder, in the place of those with the same key; how many each table has got, and where.

    Raises DataError for the first problem, and then nothing is written.
    """
    old = read_sheets(folder)
    problem = next(check_sheets(merge_sheets(load_tables(), old), sheets), None)
    if problem is not None:
        raise DataError(problem)
    added: list[Added] = []
    for table in KINDS:
        new = {row_key(row): row for sheet in sheets if sheet.table == table for _, row in sheet.rows}
        if new:
            same = [sheet for sheet in old if sheet.table == table]
            kept = {row_key(row): row for sheet in same for _, row in sheet.rows}
            path = same[0].path if same else folder / f"{table}.tsv"  # a file called "city.tsv" stays the one
            write_sheet(path, KINDS[table], list((kept | new).values()))
            added.append(Added(table, len(new), path))
    return tuple(added)


def write_sheet(path: Path, kind: type[Any], rows: Sequence[Any]) -> None:
    """Replace a table at once, by key. Raises DataError where it cannot be written."""
    cells = [[field.name for field in fields(kind)]]
    cells += [[format_cell(value) for value in astuple(row)] for row in sorted(rows, key=row_key)]
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("".join("\t".join(line) + "\n" for line in cells), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error

"""Tab-separated tables to typed rows: the cells of a line as the fields of a dataclass, and back."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DataError

Row = TypeVar("Row")
BEYOND = "\t"  # key of cells that have no column: no column can be called so


def read_rows(path: Path, kind: type[Row]) -> Iterator[Row]:
    """The rows of one table; a column with a default may be missing. Raises DataError that names file and line."""
    cells: Sequence[Field[Any]] = fields(kind)  # type: ignore[arg-type]
    for _, row in read_numbered(path, kind, [cell.name for cell in cells if cell.default is MISSING]):
        yield row


def read_numbered(path: Path, kind: type[Row], required: Collection[str]) -> Iterator[tuple[int, Row]]:
    """Lines and rows of one table; columns that are not ``required`` may be missing, which means empty.

    Raises DataError that names file and line.
    """
    cells: Sequence[Field[Any]] = fields(kind)  # type: ignore[arg-type]
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            # editors strip the tabs of empty cells at the end of a line
            reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restkey=BEYOND, restval="")
            present = reader.fieldnames or ()
            if missing := [name for name in required if name not in present]:
                raise DataError(f"{path} line 1: no column {', '.join(sorted(missing))}")
            if strange := set(present) - {cell.name for cell in cells}:
                raise DataError(f"{path} line 1: there is no column {', '.join(sorted(map(repr, strange)))}")
            empty = {cell.name: "" for cell in cells if cell.default is MISSING and cell.name not in present}
            columns = [(c.name, PARSERS[str(c.type)]) for c in cells if c.name in present or c.name in empty]
            for row in reader:
                if BEYOND in row:
                    found, known = len(row) - 1 + len(row[BEYOND]), len(present)
                    raise DataError(f"{path} line {reader.line_num}: more cells than columns, {found} under {known}")
                yield reader.line_num, kind(**parse_row(empty | row, columns, f"{path} line {reader.line_num}"))
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from error
    except csv.Error as error:  # a cell beyond all measure
        raise DataError(f"{path} line {reader.reader.line_num}: {error}") from error


def parse_row(row: dict[str, str], columns: list[tuple[str, Callable[[str], Any]]], where: str) -> dict[str, Any]:
    """The cells as values. Raises DataError that names the row and the column."""
    values = {}
    for name, parse in columns:
        try:
            values[name] = parse(row[name])
        except (ValueError, TypeError) as error:
            raise DataError(f"{where}: {name} is {row[name]!r}: {error}") from error
    return values


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())


def parse_date(cell: str) -> datetime.date | None:
    """An ISO date, or None for an empty cell."""
    return datetime.date.fromisoformat(cell) if cell else None


def format_date(date: datetime.date | None, precision: str = "") -> str:
    """ISO 8601 cut to its precision ("month", "year", else the day); "" for None."""
    return date.isoformat()[: {"month": 7, "year": 4}.get(precision, 10)] if date else ""


def parse_number(cell: str) -> float | None:
    """A number, or None for an empty cell."""
    return float(cell) if cell else None


def format_cell(value: Any) -> str:
    """A value as a cell, the way that PARSERS reads it."""
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)


PARSERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "tuple[str, ...]": split_cell,
    "float | None": parse_number,
    "datetime.date | None": parse_date,
}

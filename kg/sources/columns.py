"""Which column of a table is which field of an article: as the user says, else by the names in data/reading."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from kg.config import data_path
from kg.errors import DataError, ReadError

FIELDS = ("id", "title", "text", "lang", "published", "url", "source")


@cache
def load_reading(name: str) -> dict[str, Any]:
    """A file of data/reading. Raises DataError where it is missing or broken."""
    path = data_path("reading", f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error


def map_columns(header: Sequence[str], columns: tuple[tuple[str, str], ...], where: str) -> Mapping[str, int]:
    """The place of the column for each field that has one. Raises ReadError without one for the text."""
    names = [name.strip().lower() for name in header]
    given = {field: find_given(name, names, where) for field, name in columns}
    known = {field: find_known(field, names) for field in FIELDS if field not in given}
    found = {field: place for field, place in (given | known).items() if place is not None}
    twice = next((header[place] for place in found.values() if names.count(names[place]) > 1), None)
    if twice is not None:
        raise ReadError(where, f"two columns are called {twice!r}")
    if "text" not in found:
        raise ReadError(where, f"no column for the text; the columns are {', '.join(header)[:200] or 'none'}")
    return found


def find_given(name: str, names: Sequence[str], where: str) -> int:
    """The place of a column that the user named. Raises ReadError."""
    if name.strip().lower() not in names:
        raise ReadError(where, f"no column {name!r}; the columns are {', '.join(names)[:200] or 'none'}")
    return names.index(name.strip().lower())


def find_known(field: str, names: Sequence[str]) -> int | None:
    """The place of the column with the first of a field's usual names."""
    usual: list[str] = load_reading("columns")[field]
    return next((names.index(name) for name in (field, *usual) if name in names), None)

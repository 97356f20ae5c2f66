"""The word lists of data/languages/<lang>.toml as one record."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.config import data_path
from kg.errors import DataError


@dataclass(frozen=True)
class Language:
    """Lists of a language: ``words["titles.open"]`` is the key ``open`` of the table ``titles``."""

    words: Mapping[str, frozenset[str]]
    maps: Mapping[str, Mapping[str, str]]


@cache
def load_language(lang: str = "ru") -> Language:
    """The lists of one language. Raises DataError where the file is missing or broken."""
    path = data_path("languages", f"{lang}.toml")
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error
    items = [(f"{table}.{key}", value) for table, values in tables.items() for key, value in values.items()]
    return Language(
        {key: frozenset(value) for key, value in items if isinstance(value, list)},
        {key: value for key, value in items if isinstance(value, dict)},
    )

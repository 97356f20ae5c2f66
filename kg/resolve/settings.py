"""Weights, thresholds and lists of data/resolve.toml."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.config import data_path
from kg.errors import DataError
from kg.folding import fold

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Settings:
    """All that data/resolve.toml says; ``version`` changes with its content."""

    version: str
    thresholds: Weights
    windows: Mapping[str, int]
    families: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, frozenset[str]]
    event: Weights
    document: Weights
    document_days: Mapping[str, int]
    name: Weights
    letters: Mapping[str, str]
    sounds: Mapping[str, str]
    mute: frozenset[str]
    words: Mapping[str, float]
    generic: frozenset[str]
    vowels: str
    sides: re.Pattern[str]
    statuses: Mapping[str, tuple[str, ...]]
    stages: Mapping[str, frozenset[str]]
    counts: Mapping[str, str]
    numerals: Mapping[str, int]
    suffixes: re.Pattern[str]
    endings: tuple[str, ...]

    @cached_property
    def family_of(self) -> dict[str, str]:
        """The family of each type that shares one."""
        return {type_: name for name, types in self.families.items() for type_ in types}

    def family(self, type_: str) -> str:
        """The family of a type: its own name where it shares none."""
        return self.family_of.get(type_, type_)

    def holds(self, group: str, *types: str) -> bool:
        """Whether any of the types belongs to a group."""
        return not self.groups[group].isdisjoint(types)

    def specificity(self, type_: str) -> int:
        """The place of a type within its family, the most specific first."""
        types = self.families.get(self.family(type_), (type_,))
        return types.index(type_)


@cache
def load_settings(path: Path | None = None) -> Settings:
    """The settings of a file, data/resolve.toml by default. Raises DataError that names the file and the entry."""
    path = path or data_path("resolve.toml")
    try:
        text = path.read_text(encoding="utf-8")
        return parse_settings(tomllib.loads(text), hashlib.sha256(text.encode()).hexdigest()[:12])
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise DataError(f"{path}: no {error}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: {error}") from None


def parse_settings(value: Mapping[str, Any], version: str) -> Settings:
    """The settings of a TOML value."""
    words = dict(value["words"])
    sides = rf"\b{words.pop('sides')}\b.*?(?=\b(?:{'|'.join(words.pop('resume'))})\b|$)"
    length, vowels = words["stem"], words.pop("vowels")
    generic = frozenset(fold(word)[:length] for word in words.pop("generic"))
    return Settings(
        version=version,
        thresholds=value["thresholds"],
        windows=value["windows"],
        families={name: tuple(types) for name, types in value["families"].items()},
        groups={name: frozenset(types) for name, types in value["groups"].items()},
        event=value["event"],
        document=value["document"],
        document_days=value["document_days"],
        name=value["name"],
        letters=value["sounds"]["letters"],
        sounds=value["sounds"]["same"],
        mute=frozenset(value["sounds"]["mute"]),
        words=words,
        generic=generic,
        vowels=vowels,
        sides=re.compile(sides),
        statuses={name: tuple(names) for name, names in value["statuses"].items()},
        stages={name: frozenset(types) for name, types in value["stages"].items()},
        counts=value["counts"],
        numerals={form: int(number) for number, forms in value["numerals"].items() for form in forms},
        suffixes=re.compile(rf"(?<=\d)[-\u2011](?:{'|'.join(value['figures']['suffixes'])})\b"),
        endings=tuple(value["between"]["endings"]),
    )

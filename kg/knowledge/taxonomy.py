"""Event types, their triggers and frames, and the words that tell status, rank and topic: data/events/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.config import data_path
from kg.errors import DataError
from kg.knowledge.stems import fold

COMMON = "common"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Lemmas that may tell of an event.

    ``part``: noun or verb. ``needs``: one of these lemmas must stand in the clause, ``avoid``: none may hang under it;
    ``prepositions``: one must govern the noun; ``persons``, ``orgs``: that many in the sentence.
    """

    lemmas: frozenset[str]
    part: str
    needs: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    persons: int = 0
    orgs: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Which slots fill which role: "subj", "с+Ins" of the trigger; "^…" of the verb that governs it."""

    actor: frozenset[str]
    target: frozenset[str]
    place: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventType:
    """One file of data/events: ``threshold`` is the probability from which a trigger counts;
    ``apart``: who acts and who is acted upon differ; ``mutual``: it takes two;
    ``once``: one for each actor of an article;
    ``gathering``: its actors are told in several places; ``covers``: types as which one of it may be told of once
    more, by the same people. Codes (CAMEO, PLOVER) are
    in the ontology."""

    name: str
    comment: str
    label: str
    threshold: float
    apart: bool
    mutual: bool
    once: bool
    gathering: bool
    covers: frozenset[str]
    triggers: tuple[Trigger, ...]
    frame: Frame


@dataclass(frozen=True)
class Taxonomy:
    """All event types of one language."""

    types: Mapping[str, EventType]
    lists: Mapping[str, frozenset[str]]
    ranks: Mapping[str, frozenset[str]]
    topics: Mapping[str, frozenset[str]]

    @cached_property
    def by_lemma(self) -> dict[str, list[tuple[str, Trigger]]]:
        """Types and triggers by folded lemma."""
        index: dict[str, list[tuple[str, Trigger]]] = {}
        for name, kind in self.types.items():
            for trigger in kind.triggers:
                for lemma in trigger.lemmas:
                    index.setdefault(lemma, []).append((name, trigger))
        return index


@cache
def load_taxonomy(lang: str = "ru") -> Taxonomy:
    """The taxonomy in one language. Raises DataError that names the file."""
    tables = {path.stem: read_table(path) for path in sorted(data_path("events").glob("*.toml"))}
    common = tables.pop(COMMON).get(lang)
    if common is None:
        raise DataError(f"events/{COMMON}.toml: nothing is said of the language {lang!r}")
    places = frozenset(common["place"])
    types = {table["type"]: make_type(name, table, lang, places) for name, table in tables.items()}
    lists = {key: fold_all(value) for key, value in common.items() if isinstance(value, list)}
    groups = {key: {k: fold_all(v) for k, v in common[key].items()} for key in ("ranks", "topics")}
    return Taxonomy(types, lists, groups["ranks"], groups["topics"])


def read_table(path: Path) -> dict[str, Any]:
    """One TOML file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"events/{path.name}: {error}") from error


def make_type(name: str, table: dict[str, Any], lang: str, places: frozenset[str]) -> EventType:
    """An event type from its table."""
    try:
        spoken = table[lang]
        triggers = tuple(make_trigger(t) for t in spoken["triggers"])
        frames = spoken["frames"]
        actor, target, place = (read_list(frames[key]) for key in ("actor", "target", "place"))
        frame = Frame(actor, target, place | places)
        return EventType(
            table["type"],
            table["comment"],
            spoken["label"],
            table["threshold"],
            table.get("apart", False),
            table.get("mutual", False),
            table.get("once", False),
            table.get("gathering", False),
            read_list(table.get("covers", [])),
            triggers,
            frame,
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"events/{name}.toml: missing or malformed {error}") from error


def make_trigger(table: dict[str, Any]) -> Trigger:
    """A trigger from its table; unknown keys are a fault."""
    plain = ("part", "persons", "orgs")
    values: dict[str, Any] = {
        key: value if key in plain else fold_all(read_list(value)) for key, value in table.items()
    }
    return Trigger(**values)


def read_list(value: object) -> frozenset[str]:
    """The strings of a list. Raises TypeError for a string, which would be read as its letters."""
    if not isinstance(value, list):
        raise TypeError(f"a list is wanted, not {value!r}")
    return frozenset(value)


def fold_all(words: Iterable[str]) -> frozenset[str]:
    """Folded words."""
    return frozenset(fold(w) for w in words)

"""The case table: short texts and what must, or must not, be read from them.

A case of ``cases/*.toml`` has a ``text``, perhaps a ``title``, the day ``published`` (by default 2025-11-26, a
Wednesday) and says only what matters:

- ``expect``: events that must be there. ``type``, ``status``, ``rank``, ``date`` and ``part_of`` are compared as they
  stand. ``participant``, ``country`` and ``target`` are told in full; of ``host``, ``place``, ``topic`` and
  ``document`` ("Treaty signed": kind and status) the event must have at least those.
- ``absent``: types of which there must be none. ``none = true``: no event at all.
- ``known_gap``: why it cannot be expected today; such a case may fail.

"RU" is a country; any other name means an entity with all its words in its name or in one of its aliases.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.knowledge.stems import fold
from kg.records import Article, Document, Entity, Event, Extraction

FOLDER = Path(__file__).parent / "cases"
WEDNESDAY = datetime.date(2025, 11, 26)
EXACT = ("participant", "country", "target")
PARTIAL = ("host", "place")


@dataclass(frozen=True)
class Case:
    """One text and what it says."""

    text: str
    title: str = ""
    published: datetime.date | None = WEDNESDAY
    expect: list[Mapping[str, Any]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    none: bool = False
    known_gap: str = ""

    @property
    def name(self) -> str:
        """How tests call it: the opening of its text."""
        return " ".join((self.title or self.text).split()[:6])

    def article(self) -> Article:
        """The article to read."""
        return Article(id=self.name, text=self.text, title=self.title, published=self.published)


def read_cases() -> Iterator[Case]:
    """Every case of the table; an unknown key is a TypeError."""
    for path in sorted(FOLDER.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield Case(**table)


def find_faults(case: Case, found: Extraction) -> list[str]:
    """What is missing or should not be there, in words."""
    types = [event.type for event in found.events]
    faults = [f"no {e['type']} as expected: {closest_faults(e, found)}" for e in case.expect if not is_met(e, found)]
    faults += [f"a {name} was read" for name in case.absent if name in types]
    return faults + [f"events were read: {types}"] * (case.none and bool(types))


def is_met(expected: Mapping[str, Any], found: Extraction) -> bool:
    """Whether one of the events is as expected."""
    return any(not event_faults(expected, e, found) for e in found.events if e.type == expected["type"])


def closest_faults(expected: Mapping[str, Any], found: Extraction) -> str:
    """How the nearest event of the type differs."""
    events = [event_faults(expected, e, found) for e in found.events if e.type == expected["type"]]
    return "; ".join(min(events, key=len)) if events else f"only {[e.type for e in found.events]}"


def event_faults(expected: Mapping[str, Any], event: Event, found: Extraction) -> list[str]:
    """In what an event differs."""
    return [*value_faults(expected, event, found), *role_faults(expected, event), *list_faults(expected, event, found)]


def value_faults(expected: Mapping[str, Any], event: Event, found: Extraction) -> Iterator[str]:
    """Differences of single values."""
    whole = next((e.type for e in found.events if e.key == event.part_of), None)
    values = {"status": event.status, "rank": event.rank, "date": event.when and str(event.when), "part_of": whole}
    for key, value in values.items():
        if key in expected and (expected[key] or None) != value:
            yield f"{key} is {value}, not {expected[key]}"


def role_faults(expected: Mapping[str, Any], event: Event) -> Iterator[str]:
    """Differences of roles."""
    for role in (*EXACT, *PARTIAL):
        if role not in expected:
            continue
        names = [expected[role]] if isinstance(expected[role], str) else expected[role]
        entities = event.select(role)
        lacking = [n for n in names if not any(is_named(e, n) for e in entities)]
        extra = [e.name for e in entities if role in EXACT and not any(is_named(e, n) for n in names)]
        if lacking or extra:
            yield f"{role} lacks {lacking}, has too much {extra}"


def list_faults(expected: Mapping[str, Any], event: Event, found: Extraction) -> Iterator[str]:
    """Topics and documents that an event lacks."""
    yield from (f"no topic {topic}" for topic in expected.get("topic", ()) if topic not in event.topics)
    papers = [describe(d) for d in found.documents if d.key in event.documents]
    yield from (f"no document {d} but {papers}" for d in expected.get("document", ()) if d not in papers)


def describe(document: Document) -> str:
    """Kind and status."""
    return f"{document.kind} {document.status}"


def is_named(entity: Entity, name: str) -> bool:
    """Whether a name of the table means an entity."""
    if re.fullmatch("[A-Z]{2}", name):
        return entity.kind == "Country" and entity.iso2 == name
    return any(words(name) <= words(alias) for alias in (entity.name, *entity.aliases))


def words(text: str) -> set[str]:
    """The folded words of a name."""
    return set(re.findall(r"[\w+-]+", fold(text)))


def list_types(cases: Iterable[Case]) -> list[str]:
    """The types that cases expect, one for every expected event."""
    return [expected["type"] for case in cases for expected in case.expect]

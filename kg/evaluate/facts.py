"""What is compared: the facts of one article in the terms of the scorer, whoever stated them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.folding import fold

ROLES = ("participants", "countries", "target", "places")

QUOTES = re.compile("[«»\"“”„']")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as the scorer compares it: by folded names, a country by its code."""

    kind: str
    names: frozenset[str]
    iso2: str | None = None

    @property
    def name(self) -> str:
        """The shortest of its names."""
        return min(sorted(self.names), key=len, default="?")

    @property
    def initials(self) -> frozenset[tuple[str, str]]:
        """Surname and first letter of each full name: given names vary in spelling."""
        return frozenset((name.split()[-1], name[0]) for name in self.names if len(name.split()) > 1)


@dataclass(frozen=True, slots=True)
class EventFact:
    """One event; ``date`` is partial ISO 8601 or an interval with a slash, ``evidence`` quotes."""

    type: str
    status: str | None
    rank: str | None
    date: str | None
    evidence: tuple[str, ...]
    participants: tuple[Thing, ...]
    countries: tuple[Thing, ...]
    target: tuple[Thing, ...]
    places: tuple[Thing, ...]

    @property
    def actors(self) -> tuple[Thing, ...]:
        """All that act or are acted upon."""
        return self.participants + self.countries + self.target

    def select(self, role: str) -> tuple[Thing, ...]:
        """The things in one of ROLES."""
        things: tuple[Thing, ...] = getattr(self, role)
        return things


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One document; ``status`` in lower case without underscores ("inforce")."""

    kind: str
    label: str
    parties: tuple[Thing, ...]
    status: str


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A person holds an office of a country or organisation."""

    person: Thing
    of: Thing


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is stated of one article; ``content`` is title + newline + body."""

    id: str
    content: str
    events: tuple[EventFact, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    positions: tuple[PositionFact, ...] = ()


def make_thing(kind: str, names: tuple[str | None, ...], iso2: str | None = None) -> Thing:
    """A Thing with its names folded."""
    return Thing(kind, frozenset(fold_name(name) for name in names if name), iso2)


def fold_name(text: str) -> str:
    """``text`` in lower case with ё as е, without quotation marks and doubled blanks."""
    return BLANKS.sub(" ", QUOTES.sub("", fold(text))).strip()

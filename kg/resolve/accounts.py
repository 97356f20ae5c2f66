"""What one article says of an event or a document, as far as it helps to tell whether two are the same.

Ids of things are those below the base ("person/sadyr-japarov"); an account's own id is that of its resource.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import When

Role = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """The article of an account; ``published`` is an ISO day, empty where unknown."""

    published: str
    article: str

    @property
    def day(self) -> datetime.date | None:
        """The day of publication."""
        return datetime.date.fromisoformat(self.published) if self.published else None


@dataclass(frozen=True, slots=True)
class Spots:
    """Where something takes place, level by level; a city's country is among ``countries``."""

    venues: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is compared: ``words`` are the stems of its title, ``numbers`` the years and numbers in it."""

    kind: str
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    def sort_key(self) -> tuple[str, list[str], list[str], list[str]]:
        """The same order in every process."""
        return self.kind, sorted(self.words), sorted(self.numbers), sorted(self.parties)


@dataclass(frozen=True, slots=True)
class DocumentAccount:
    """A document in one article; ``day`` is when what the article tells of it took place, else publication."""

    id: str
    source: Source
    paper: Paper
    status: str
    day: datetime.date | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class EventAccount:
    """An event in one article. ``roles`` are pairs of role and id; ``words`` are stems of what the article says.

    ``states`` are the countries whose organs take part: a parliament acts for its country.
    """

    id: str
    source: Source
    type: str
    status: str
    roles: frozenset[Role] = frozenset()
    states: frozenset[str] = frozenset()
    spots: Spots = Spots()
    when: When | None = None
    rank: str | None = None
    topics: frozenset[str] = frozenset()
    papers: tuple[Paper, ...] = ()
    words: frozenset[str] = frozenset()
    counts: frozenset[tuple[str, int]] = frozenset()
    confidence: float = 0.0

    def select(self, *roles: str, kind: str = "") -> frozenset[str]:
        """The ids in these roles; ``kind`` ("person") keeps those of one kind."""
        return frozenset(id_ for role, id_ in self.roles if role in roles and id_.startswith(kind))

    @property
    def persons(self) -> frozenset[str]:
        """Who takes part or is acted upon."""
        return self.select("participant", "target", kind="person/")

    @property
    def organizations(self) -> frozenset[str]:
        """Which organisations take part."""
        return self.select("participant", "target", kind="organization/")

    @property
    def countries(self) -> frozenset[str]:
        """Which countries act or are acted upon."""
        return self.select("country", "target", "participant", kind="country/") | self.states

    @property
    def goals(self) -> frozenset[str]:
        """Countries that are acted upon or that host."""
        return self.select("target", "host", kind="country/")


Account = EventAccount | DocumentAccount


def sort_key(account: Account) -> tuple[Source, str]:
    """Earlier articles first; an order that every set of accounts has, however it was read."""
    return account.source, account.id


def list_pairs(values: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The pairs of a set, each once."""
    ordered = sorted(values)
    return ((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])

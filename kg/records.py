"""The plain records that text and graph exchange: no spaCy and no RDF in here.

Offsets are characters (Unicode code points), half-open, of ``Article.content``: title + "\\n" + body.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

ENTITY_KINDS = ("Person", "Country", "City", "Region", "Venue", "Organization")
ROLES = ("participant", "country", "host", "target", "place")
STATUSES = ("planned", "ongoing", "occurred", "cancelled")
RANKS = ("state", "official", "working")

PARTIAL_DATE = re.compile(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)(?:-(\d\d))?)\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` (inclusive) to ``end`` (exclusive) of an article's content."""

    start: int
    end: int


LONGEST = 300_000  # characters of an article; events are compared pair by pair, so that a book would take hours


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; ``text`` is the body without the title.

    ``where`` is the file, with the line where one is known; what is read does not depend on it.
    """

    id: str
    text: str
    lang: str = "ru"
    title: str = ""
    published: datetime.date | None = None
    url: str | None = None
    source: str | None = None
    where: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        """The article as messages tell of it: where it was read, and its id."""
        return f"{self.where}: article {self.id!r}" if self.where else f"article {self.id!r}"

    @property
    def content(self) -> str:
        """Title, a newline and the body: what all offsets count in."""
        return f"{self.title}\n{self.text}"

    def quote(self, span: Span) -> str:
        """The characters of ``span``, to the letter."""
        return self.content[span.start : span.end]


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known: ISO 8601, partial ("2025-12", "2025", "--12-03", "--12"), or an interval."""

    start: str
    end: str | None = None

    def __post_init__(self) -> None:
        for part in (self.start, self.end):
            if part is not None and not PARTIAL_DATE.match(part):
                raise ValueError(f"not a partial ISO date: {part!r}")

    def __str__(self) -> str:
        return self.start if self.end is None else f"{self.start}/{self.end}"

    def bounds(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day that it can mean; None without a year."""
        first = _bounds(self.start)
        last = _bounds(self.end) if self.end else first
        return (first[0], last[1]) if first and last else None


@lru_cache(4096)
def _bounds(partial: str) -> tuple[datetime.date, datetime.date] | None:
    match = PARTIAL_DATE.match(partial)
    if match is None or match[1] is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, last_month, last_day)


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, country, place or organisation.

    ``id`` is the IRI below the base: "person/sadyr-japarov". ``known`` tells a curated entity
    from one that was minted from its name in the text. ``within`` is the id of the place that contains it.
    """

    id: str
    kind: str
    name: str
    name_en: str | None = None
    iso2: str | None = None
    within: str | None = None
    aliases: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity; ``score`` is how sure the link is (0 to 1)."""

    span: Span
    entity: Entity
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity in a role of an event; ``mention`` is None where the role was inferred."""

    role: str
    entity: Entity
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an article. ``key``, ``documents`` and ``part_of`` hold within one Extraction."""

    key: str
    type: str
    status: str
    label: str
    arguments: tuple[Argument, ...]
    evidence: tuple[Span, ...]
    trigger: Span
    when: When | None = None
    rank: str | None = None
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    part_of: str | None = None
    confidence: float = 0.5

    def select(self, role: str) -> tuple[Entity, ...]:
        """The entities in one role, in the order of the text."""
        return tuple(a.entity for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True)
class Document:
    """A treaty, statement or the like that the article names."""

    key: str
    kind: str
    label: str
    status: str
    parties: tuple[Entity, ...]
    evidence: tuple[Span, ...]
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody holds an office: "президент" of a country or organisation. ``office`` is a key of offices.tsv."""

    person: Entity
    title: str
    of: Entity
    evidence: tuple[Span, ...]
    office: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    documents: tuple[Document, ...] = ()
    tenures: tuple[Tenure, ...] = ()

    def entities(self) -> Iterator[Entity]:
        """Every entity that the article mentions or that a record refers to, as often as it stands there."""
        yield from (mention.entity for mention in self.mentions)
        yield from (argument.entity for event in self.events for argument in event.arguments)
        yield from (party for document in self.documents for party in document.parties)
        yield from (entity for tenure in self.tenures for entity in (tenure.person, tenure.of))

"""Articles that tell of the same, with a table of what is what: ``articles.jsonl`` and ``gold.tsv`` of a folder.

The table has the columns kind, article, type, key, actors, date and group. ``key`` is a short name of an event, the
beginning of a document's title, or a person's name as it stands in the article; ``group`` the event, document or
person that is meant ("?": a person whom no table knows). A row of the kind "apart" names in ``key`` and ``group``
two groups that are easily taken for one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.evaluate.clusters import BCubed, score_groups
from kg.records import Document, Event, Extraction, Span

COLUMNS = ("kind", "article", "type", "key", "actors", "date", "group")
KINDS = ("event", "document", "person", "apart")
ALIKE = {"Meeting": "Talks"}  # types that one event may have in two articles
UNKNOWN = "?"

Match = Callable[["Row", Extraction], Iterator[tuple[str, float]]]
Account = tuple[str, str]  # an article's id, and the key of an event or document within its extraction


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    kind: str
    article: str
    type: str
    key: str
    actors: frozenset[str]
    date: str
    group: str


@dataclass(frozen=True, slots=True)
class Stories:
    """The rows of a folder, and where its articles stand."""

    articles: Path
    rows: tuple[Row, ...]

    def select(self, kind: str) -> tuple[Row, ...]:
        """The rows of a kind."""
        return tuple(row for row in self.rows if row.kind == kind)


@dataclass(frozen=True, slots=True)
class Persons:
    """Mentions of persons by name: how many there are, were found, and are linked to the right one."""

    mentions: int
    found: int
    right: int
    wrong: tuple[str, ...]

    @property
    def accuracy(self) -> float:
        """The share of all mentions that is linked rightly; a mention that was not found is not."""
        return self.right / self.mentions if self.mentions else 1.0


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the accounts of the same were brought together; ``missed`` rows were not found in their article."""

    events: BCubed
    documents: BCubed
    missed_events: tuple[Row, ...]
    missed_documents: tuple[Row, ...]
    persons: Persons
    confused: tuple[tuple[str, str], ...]
    apart: int


def read_stories(folder: Path) -> Stories:
    """The stories of a folder. Raises DataError that names the file and the row."""
    path = folder / "gold.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return Stories(folder / "articles.jsonl", tuple(parse_rows(lines, str(path))))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def parse_rows(lines: Iterable[str], where: str) -> Iterator[Row]:
    """The rows of a table."""
    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(next(reader, ())) != COLUMNS:
        raise DataError(f"{where} row 1: the columns must be {', '.join(COLUMNS)}")
    for number, cells in enumerate(reader, 2):
        if len(cells) != len(COLUMNS) or cells[0] not in KINDS:
            raise DataError(f"{where} row {number}: not {len(COLUMNS)} cells, the first of them {', '.join(KINDS)}")
        kind, article, type_, key, actors, date, group = cells
        yield Row(kind, article, type_, key, frozenset(filter(None, actors.split("|"))), date, group)


def score_stories(stories: Stories, extractions: Mapping[str, Extraction], groups: Mapping[Account, str]) -> Grouping:
    """Compare the groups of a run (by account) with the table, over the rows that were found."""
    events = align(stories.select("event"), extractions, match_event)
    documents = align(stories.select("document"), extractions, match_document)
    gold = {account: row.group for account, row in (events | documents).items()}
    return Grouping(
        events=score_groups(groups, {account: row.group for account, row in events.items()}),
        documents=score_groups(groups, {account: row.group for account, row in documents.items()}),
        missed_events=list_missed(stories.select("event"), events),
        missed_documents=list_missed(stories.select("document"), documents),
        persons=score_persons(stories.select("person"), extractions),
        confused=tuple(find_confused(stories.select("apart"), gold, groups)),
        apart=len(stories.select("apart")),
    )


def align(rows: Iterable[Row], extractions: Mapping[str, Extraction], match: Match) -> dict[Account, Row]:
    """Each row with what was found for it in its article, the best matches first, one to one."""
    found = (
        (-score, row.key, key, row)
        for row in rows
        if row.article in extractions
        for key, score in match(row, extractions[row.article])
    )
    aligned: dict[Account, Row] = {}
    taken: set[Row] = set()
    for _, _, key, row in sorted(found, key=lambda item: item[:3]):
        account = (row.article, key)
        if account not in aligned and row not in taken:
            aligned[account] = row
            taken.add(row)
    return aligned


def list_missed(rows: Iterable[Row], aligned: Mapping[Account, Row]) -> tuple[Row, ...]:
    """The rows for which nothing was found."""
    found = set(aligned.values())
    return tuple(row for row in rows if row not in found)


def match_event(row: Row, extraction: Extraction) -> Iterator[tuple[str, float]]:
    """The events of an article that a row may mean: of its type, with an actor of its in common."""
    for event in extraction.events:
        shared = len(row.actors & list_actors(event))
        if shared and ALIKE.get(event.type, event.type) == ALIKE.get(row.type, row.type):
            dated = bool(row.date and event.when and event.when.start.startswith(row.date))
            yield event.key, shared + 2 * (event.type == row.type) + 2 * dated


def list_actors(event: Event) -> frozenset[str]:
    """Who takes part, acts or is acted upon."""
    return frozenset(a.entity.id for a in event.arguments if a.role in ("participant", "country", "target"))


def match_document(row: Row, extraction: Extraction) -> Iterator[tuple[str, float]]:
    """The documents of an article that a row may mean: of its kind, with a title that begins alike."""
    for document in extraction.documents:
        if document.kind == row.type and is_titled(document, row.key):
            yield document.key, 1.0


def is_titled(document: Document, start: str) -> bool:
    """Whether a title begins like this, or this like the title."""
    title, start = document.label.casefold(), start.casefold()
    return title.startswith(start) or start.startswith(title)


def score_persons(rows: Iterable[Row], extractions: Mapping[str, Extraction]) -> Persons:
    """Every place where a name of the table stands in its article, against the mention that covers it."""
    mentions = found = right = 0
    wrong = []
    for row, span in list_mentions(tuple(rows), extractions):
        mentions += 1
        ids = find_linked(extractions[row.article], span)
        found += bool(ids)
        if is_right(ids, row.group):
            right += 1
        else:
            wrong.append(f"{row.article} {row.key}: {', '.join(sorted(ids)) or 'not found'}, not {row.group}")
    return Persons(mentions, found, right, tuple(wrong))


def list_mentions(rows: tuple[Row, ...], extractions: Mapping[str, Extraction]) -> Iterator[tuple[Row, Span]]:
    """The places of all names, the longer names first, each place once."""
    taken: dict[str, set[int]] = {}
    for row in sorted(rows, key=lambda row: (row.article, -len(row.key), row.key)):
        content = extractions[row.article].article.content if row.article in extractions else ""
        place = content.find(row.key)
        while place >= 0:
            span = Span(place, place + len(row.key))
            used = taken.setdefault(row.article, set())
            if used.isdisjoint(range(span.start, span.end)):
                used.update(range(span.start, span.end))
                yield row, span
            place = content.find(row.key, place + 1)


def find_linked(extraction: Extraction, span: Span) -> frozenset[str]:
    """The persons that the mentions of a place are linked to; one that no table knows as UNKNOWN."""
    return frozenset(
        mention.entity.id if mention.entity.known else UNKNOWN
        for mention in extraction.mentions
        if mention.entity.kind == "Person" and mention.span.start < span.end and span.start < mention.span.end
    )


def is_right(ids: frozenset[str], wanted: str) -> bool:
    """Whether a place is linked to the one person that is meant."""
    return ids == {wanted}


def find_confused(
    rows: Iterable[Row], gold: Mapping[Account, str], groups: Mapping[Account, str]
) -> Iterator[tuple[str, str]]:
    """The pairs of groups that must stay apart and of which some accounts were brought together."""
    for row in rows:
        one, other = (
            {groups[account] for account, group in gold.items() if group == name and account in groups}
            for name in (row.key, row.group)
        )
        if one & other:
            yield row.key, row.group

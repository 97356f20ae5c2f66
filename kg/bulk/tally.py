"""What a build did, in numbers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from kg.bulk.quarantine import QuarantineError
from kg.errors import Duplicate, KgError, OtherFiles, OtherLanguage, Skipped
from kg.ingest import Reading

KEPT_ERRORS = 1000  # a summary does not grow with the corpus
KEPT_ENTITIES = 1_000_000


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that stands in the store as it is, and was not read again."""

    article: str


Outcome = Reading | Unchanged | KgError


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. ``entities`` counts each once, up to KEPT_ENTITIES; ``errors`` are the first KEPT_ERRORS.

    ``replaced`` ones of the articles came in the place of others of their ids, ``unchanged`` ones stood in the store as
    they are, ``quarantined`` ones are among the failed. ``duplicates`` say the same as another article of the build,
    ``foreign`` ones are in a language without a pipeline; neither failed. ``other_files`` are of no kind that is read.
    ``merged`` is how many events and documents of the store several articles tell of. ``finished`` is False for a build
    that was interrupted, ``worker_memory`` is in bytes, that of the largest worker at any time.
    """

    articles: int
    failed: int
    events: int
    documents: int
    entities: int
    seconds: float
    errors: tuple[KgError, ...]
    replaced: int = 0
    unchanged: int = 0
    quarantined: int = 0
    duplicates: int = 0
    foreign: int = 0
    other_files: int = 0
    merged: int = 0
    finished: bool = True
    worker_memory: int = 0


def shed(error: KgError) -> KgError:
    """The error without what it came from: frames and causes hold whole files."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


@dataclass(slots=True)
class Tally:
    """The sums of a build under way."""

    articles: int = 0
    failed: int = 0
    replaced: int = 0
    unchanged: int = 0
    quarantined: int = 0
    duplicates: int = 0
    foreign: int = 0
    other_files: int = 0
    events: int = 0
    documents: int = 0
    worker_memory: int = 0
    entities: set[int] = field(default_factory=set)
    errors: list[KgError] = field(default_factory=list)
    start: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        """Count one article."""
        if isinstance(outcome, Unchanged | Skipped):
            self.unchanged += isinstance(outcome, Unchanged)
            self.duplicates += isinstance(outcome, Duplicate)
            self.foreign += isinstance(outcome, OtherLanguage)
            self.other_files += outcome.number if isinstance(outcome, OtherFiles) else 0
        elif isinstance(outcome, KgError):
            self.failed += 1
            self.quarantined += isinstance(outcome, QuarantineError)
            if len(self.errors) < KEPT_ERRORS:
                self.errors.append(shed(outcome))
        else:
            self._add_reading(outcome)

    def _add_reading(self, outcome: Reading) -> None:
        """Count an article that was read."""
        self.articles += 1
        self.events += outcome.events
        self.documents += outcome.documents
        self.entities.update(outcome.entities[: KEPT_ENTITIES - len(self.entities)])

    def summary(self, *, merged: int = 0, finished: bool = True) -> Summary:
        """The sums so far."""
        return Summary(
            articles=self.articles,
            failed=self.failed,
            events=self.events,
            documents=self.documents,
            entities=len(self.entities),
            seconds=time.monotonic() - self.start,
            errors=tuple(self.errors),
            replaced=self.replaced,
            unchanged=self.unchanged,
            quarantined=self.quarantined,
            duplicates=self.duplicates,
            foreign=self.foreign,
            other_files=self.other_files,
            merged=merged,
            finished=finished,
            worker_memory=self.worker_memory,
        )

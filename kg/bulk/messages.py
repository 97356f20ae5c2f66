"""What goes between a build and its workers, pickled, both ways."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import AnalysisError
from kg.ingest import Reading
from kg.records import Article


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told first; the answer to it is None, or why it cannot work.

    ``gists`` tells whether its answers go to whoever links.
    """

    base: str
    least: float | None = None
    validate: bool = False
    gists: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to read together, or ``alone`` one that may be what ended a worker."""

    articles: tuple[Article, ...]
    alone: bool = False

    def split(self) -> tuple[Batch, ...]:
        """Each of them alone."""
        return tuple(Batch((article,), alone=True) for article in self.articles)


@dataclass(frozen=True, slots=True)
class Poison:
    """An article that ended a worker when it was read alone, and how."""

    article: Article
    reason: str


Result = Reading | AnalysisError | Poison
Results = tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """One result an article of a batch, in order."""

    results: Results

"""Articles to graph: the one place where text and graph meet."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.errors import AnalysisError, Duplicate, KgError, OtherLanguage
from kg.graph.links.linking import count_merged, link_store
from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads, reference_version
from kg.graph.store import Store
from kg.knowledge.own import load_reference_tables
from kg.records import Article, Extraction
from kg.resolve.decisions import Decisions
from kg.sources.reading import AS_USUAL, LIMIT, Read, ReadSettings, read_articles
from kg.text.extract import extract_articles

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from spacy.language import Language

KEPT_ERRORS = 1000  # a summary does not grow with the corpus

Outcome = Extraction | KgError
Report = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did. ``entities`` counts each entity once; ``errors`` are the first KEPT_ERRORS.

    ``merged`` is how many events and documents of the store several articles tell of. ``duplicates`` says the same as
    another article of the build, ``foreign`` is in a language without a pipeline; neither failed.
    """

    articles: int
    failed: int
    events: int
    documents: int
    entities: int
    seconds: float
    errors: tuple[KgError, ...]
    merged: int = 0
    duplicates: int = 0
    foreign: int = 0


@dataclass(slots=True)
class Tally:
    """The sums of a build under way."""

    articles: int = 0
    failed: int = 0
    events: int = 0
    documents: int = 0
    duplicates: int = 0
    foreign: int = 0
    entities: set[str] = field(default_factory=set)
    errors: list[KgError] = field(default_factory=list)
    start: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        """Count one article."""
        if isinstance(outcome, Duplicate):
            self.duplicates += 1
            return
        if isinstance(outcome, OtherLanguage):
            self.foreign += 1
            return
        if isinstance(outcome, KgError):
            self.failed += 1
            self.errors.extend([outcome][: KEPT_ERRORS - len(self.errors)])
            return
        self.articles += 1
        self.events += len(outcome.events)
        self.documents += len(outcome.documents)
        self.entities.update(entity.id for entity in outcome.entities())

    def summary(self) -> Summary:
        """The sums so far."""
        return Summary(
            articles=self.articles,
            failed=self.failed,
            events=self.events,
            documents=self.documents,
            entities=len(self.entities),
            seconds=time.monotonic() - self.start,
            errors=tuple(self.errors),
            duplicates=self.duplicates,
            foreign=self.foreign,
        )


def ignore(outcome: Outcome) -> None:
    """The report of a build that nobody watches."""


def build(
    paths: Iterable[str | Path],
    store: Store,
    report: Report = ignore,
    nlp: Language | None = None,
    limit: int = LIMIT,
    decisions: Decisions | None = None,
    settings: ReadSettings = AS_USUAL,
) -> Summary:
    """Read, analyse and store the articles of ``paths``; each replaces its own graph in one atomic update.

    An article that fails is reported and counted, and the rest is stored. ``limit`` and ``settings`` are those of
    ``read_articles``.
    At the end the links across articles are brought up to date, with what people decided.
    Raises StoreError and DataError.
    """
    tally = Tally()
    load_reference(store)
    for outcome in extract_reads(read_articles(paths, limit, settings), nlp or kg.load("ru")):
        stored = store_outcome(store, outcome)
        tally.add(stored)
        report(stored)
    link_store(store, decisions)
    return replace(tally.summary(), merged=count_merged(store))


def load_reference(store: Store) -> None:
    """Bring the curated facts into the store, unless this version of them stands there already."""
    store.load_reference(curated_quads(store.base), reference_version(store.base))


def curated_quads(base: str) -> Iterator[Quad]:
    """The quads of the curated tables, which are read only if somebody asks for a quad."""
    yield from reference_quads(load_reference_tables(), base)


def store_outcome(store: Store, outcome: Outcome) -> Outcome:
    """Store an extraction; what came of it, which is an AnalysisError for one that contradicts itself."""
    if isinstance(outcome, KgError):
        return outcome
    try:
        quads = tuple(extraction_quads(outcome, store.base))
    except AnalysisError as error:
        return error
    store.replace_article(outcome.article.id, quads)
    return outcome


def extract_reads(reads: Iterable[Read], nlp: Language) -> Iterator[Outcome]:
    """The extraction of each article, or what went wrong with it."""
    failed: deque[KgError] = deque()
    for outcome in extract_articles(nlp, select_articles(reads, nlp.lang or "", failed)):
        while failed:
            yield failed.popleft()
        yield outcome
    yield from failed


def select_articles(reads: Iterable[Read], lang: str, failed: deque[KgError]) -> Iterator[Article]:
    """The articles that could be read and are in the pipeline's language; the others are put aside in ``failed``."""
    for read in reads:
        if isinstance(read, KgError):
            failed.append(read)
        elif read.lang.lower().split("-")[0] != lang:
            failed.append(OtherLanguage(read.id, read.lang, lang))
        else:
            yield read

"""Building: articles are read, by workers if they are many, stored as they come, and linked in chunks.

What a build holds at once does not depend on how many articles there are. Each article replaces its own graph, so that
the order in which workers answer does not matter, and a build that broke off goes on where it was: what stands in the
store as it is, is not read again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kg.bulk.crew import Crew
from kg.bulk.here import Here
from kg.bulk.messages import Poison, Results, Setup
from kg.bulk.quarantine import Quarantine, QuarantineError, quarantine_path
from kg.bulk.settings import FEW, Settings
from kg.bulk.tally import Outcome, Summary, Tally, Unchanged
from kg.graph.digest import is_current
from kg.graph.iris import article_iri
from kg.graph.links.linking import count_merged, link_store
from kg.graph.links.told import NO_GISTS, Gist, Gists
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.scope import run_iri
from kg.graph.store import Store
from kg.ingest import Reading, ignore, load_reference, make_run, pause_collector, select_articles
from kg.records import Article
from kg.resolve.decisions import Decisions

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.sources.reading import Read

LANG = "ru"
STORED, LARGE = 1024, 2**26  # articles and bytes that are stored at once: many cost a third of what few do
FIRST = 512  # articles of a new store that are linked at once; then ever more, so that few are left for the end
WAIT = 30.0  # seconds after which what was read is stored, and so what a build that is killed may have to read again
PATIENCE = 1.0  # seconds that few articles may take to come

Report = Callable[[Outcome], None]


class Build:
    """A build under way; a class, because its steps share store, sums and quarantine."""

    def __init__(self, store: Store, report: Report, settings: Settings, decisions: Decisions | None) -> None:
        self.store, self.report, self.settings, self.decisions = store, report, settings, decisions
        self.run = run_iri(store.base, make_run(settings.least))
        beside = quarantine_path(store.folder) if store.folder else None
        self.quarantine = Quarantine(beside, self.run.value, anew=settings.rebuild)
        self.tally = Tally()
        self.waiting: list[Reading] = []
        self.stored = -WAIT  # when; the first are stored as they come
        self.linked = self.unlinked = 0
        self.due = self.settings.linked if holds_articles(store) else min(FIRST, self.settings.linked)
        self.gists: dict[str, Gist] = {}

    def select(self, reads: Iterable[Read]) -> Iterator[Article]:
        """The articles that must be read; the others are told of at once."""
        for article in select_articles(reads, LANG, self.tell):
            outcome = self.find_done(article)
            if outcome is None:
                yield article
            else:
                self.tell(outcome)

    def find_done(self, article: Article) -> Outcome | None:
        """What came of an article before, if it need not be read."""
        if not self.settings.rebuild and is_current(self.store.inner, self.store.base, article, self.run):
            return Unchanged(article.id)
        return self.quarantine.find(article)

    def keep(self, results: Results) -> None:
        """Keep what came of articles until it is stored."""
        self.waiting += (result for result in results if isinstance(result, Reading))
        for result in results:
            self.tell(self.confine(result) if isinstance(result, Poison) else result)

    def take(self, results: Results) -> None:
        """Keep what came of articles, store it if it waits long enough, and link if there are enough."""
        self.keep(results)
        if self.is_due():
            self.put()
        if self.unlinked + len(self.waiting) >= self.due:
            self.link()

    def is_due(self) -> bool:
        """Whether what waits is to be stored."""
        late = time.monotonic() - self.stored > WAIT
        return late or len(self.waiting) >= STORED or sum(len(reading.quads) for reading in self.waiting) >= LARGE

    def put(self) -> None:
        """Store what waits; it goes on waiting until all of it is stored."""
        replaced = self.store.put_articles((reading.article, reading.quads) for reading in self.waiting)
        self.store.flush()
        self.gists |= {article_iri(self.store.base, reading.article).value: reading.gist for reading in self.waiting}
        self.unlinked += len(self.waiting)
        self.tally.replaced += replaced
        self.waiting = []
        self.stored = time.monotonic()

    def confine(self, poison: Poison) -> QuarantineError:
        """Put an article into quarantine."""
        self.quarantine.add(poison.article, poison.reason)
        return QuarantineError(poison.article.name, poison.reason)

    def tell(self, outcome: Outcome) -> None:
        """Count and report one outcome."""
        self.tally.add(outcome)
        self.report(outcome)

    def link(self) -> None:
        """Store what waits, and bring the links up to date, so many articles at a time."""
        self.put()
        link_in_chunks(self.store, self.decisions, self.settings.linked, self.gists)
        self.gists.clear()
        self.linked += self.unlinked
        self.due = min(self.settings.linked, max(self.due, self.linked // 2))
        self.unlinked = 0


def holds_articles(store: Store) -> bool:
    """Whether articles stand in a store."""
    return next(store.inner.quads_for_pattern(None, RDF.type, DKG.Article, None), None) is not None


def link_in_chunks(store: Store, decisions: Decisions | None, most: int, gists: Gists = NO_GISTS) -> None:
    """Bring the links up to date, so many articles at a time; the links are the same whatever their number."""
    with pause_collector():
        while link_store(store, decisions, most=most, gists=gists).articles == most:
            pass


def build(
    reads: Iterable[Read],
    store: Store,
    report: Report = ignore,
    settings: Settings | None = None,
    decisions: Decisions | None = None,
    nlp: Language | None = None,
) -> Summary:
    """Analyse and store what was read; each article replaces its own graph in one atomic update.

    An article that fails is reported and counted, and the rest is stored; one that stands in the store as it is, is not
    read again. It is reported when it was read, and stored some seconds later. At the end the links across articles are
    brought up to date, with what people decided. With ``nlp`` all is read by it in this process. Ctrl-C gives a Summary
    that is not ``finished``: what was read is stored, and the same call goes on. Raises StoreError and DataError.
    """
    work = Build(store, report, settings or Settings(), decisions)
    try:
        read_all(work, work.select(reads), nlp)
        work.link()
        return work.tally.summary(merged=count_merged(store))
    except KeyboardInterrupt:
        return work.tally.summary(finished=False)


def read_all(work: Build, articles: Iterator[Article], nlp: Language | None) -> None:
    """Read and store articles, in this process if they are few; the curated facts are stored before any of them."""
    settings = work.settings
    setup = Setup(work.store.base, settings.least, settings.validate)
    first, whole = look_ahead(articles) if nlp is None else ([], True)
    if whole and (nlp or settings.workers is None):
        load_reference(work.store)
        with Here(setup, settings, nlp) as here:
            take_all(work, here, chain(first, articles))
        return
    with Crew(setup, settings) as crew:
        for article in first:
            crew.put(article)
        load_reference(work.store)  # while the workers load their models
        take_all(work, crew, articles)


def take_all(work: Build, reader: Here | Crew, articles: Iterable[Article]) -> None:
    """Store what a reader makes of articles; what workers have done also on Ctrl-C and where reading cannot go on."""
    try:
        for results in reader.read(articles):
            work.take(results)
    except KeyboardInterrupt:
        for results in reader.finished():
            work.keep(results)
        raise
    finally:
        work.tally.worker_memory = reader.peak
        work.put()


def look_ahead(articles: Iterator[Article]) -> tuple[list[Article], bool]:
    """The first articles, and whether these are all; a source that takes its time is not waited for."""
    start, first = time.monotonic(), []
    for article in articles:
        first.append(article)
        if len(first) > FEW or time.monotonic() - start > PATIENCE:
            return first, False
    return first, True

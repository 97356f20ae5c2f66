"""Articles to graph: the one place where text and graph meet."""

from __future__ import annotations

import gc
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kg
from kg.config import data_path, natasha_path
from kg.errors import AnalysisError, KgError, OtherLanguage, TooLongError
from kg.graph.derivation import derived_iri, derived_quads
from kg.graph.iris import article_iri
from kg.graph.links.curated import Curated
from kg.graph.links.gists import make_gist
from kg.graph.links.told import NO_GIST, Gist
from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads, reference_version
from kg.graph.scope import Run, current_run
from kg.graph.store import Store
from kg.knowledge.own import load_reference_tables, own_version
from kg.records import LONGEST, Article, Extraction
from kg.resolve.settings import load_settings
from kg.sources.languages import primary
from kg.sources.reading import Read

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from spacy.language import Language

READ_BY = ("documents", "events", "gazetteer", "languages", "models")  # the folders of data/ that extraction lives by
YOUNG = 20_000  # new objects until the collector looks at them; Python's default is 700
MODELS = ("natasha", "pymorphy3", "pymorphy3-dicts-ru")  # the packages that carry the rest

Outcome = Extraction | KgError


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one article: the N-Quads of its graph and of what follows from it, and what was found.

    ``entities`` are hashes of their ids, the same in every process; ``gist`` is what linking needs of the article.
    """

    article: str
    quads: bytes
    events: int
    documents: int
    entities: tuple[int, ...]
    gist: Gist = NO_GIST


@dataclass(frozen=True, slots=True)
class Tools:
    """What turns articles into readings: the pipeline, and the curated facts that something may follow from.

    Without ``gists`` none are made, as where nobody links.
    """

    nlp: Language
    base: str
    run: Run
    facts: ox.Store
    curated: Curated
    validate: bool = False
    gists: bool = True


def load_tools(
    base: str, least: float | None = None, *, validate: bool = False, gists: bool = True, nlp: Language | None = None
) -> Tools:
    """Load what a process needs once. ``least`` and ``nlp`` are those of ``kg.load``; raises DataError."""
    facts = ox.Store()
    if validate:
        check_validator()
    with pause_collector():
        facts.bulk_extend(curated_quads(base))
        return Tools(
            nlp=nlp or kg.load("ru", least=least),
            base=base,
            run=make_run(least),
            facts=facts,
            curated=Curated(facts, base, load_settings()),
            validate=validate,
            gists=gists,
        )


def spare_collector() -> None:
    """Keep the garbage collector from walking through models and tables over and over: they stay for good.

    For a process that will read or store many articles; it concerns all that the process has loaded so far.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Without the garbage collector: for work that makes many things at once and no circles of them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def make_run(least: float | None = None) -> Run:
    """What decides, beside the article itself, what is found in it. Raises DataError where a model is missing."""
    settings = (("data", data_version(own_version())), *([("least", f"{least:g}")] if least is not None else []))
    return Run(current_run().version, settings)


@cache
def data_version(own: str) -> str:
    """A hash of the tables, words and models; ``own`` is that of the user's tables."""
    digest = hashlib.sha256(own.encode())
    folders = [data_path(name) for name in READ_BY]
    for path in sorted(chain.from_iterable(folder.rglob("*.*") for folder in folders)):
        if path.is_file() and path.suffix != ".md":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    natasha_path("model"), natasha_path("emb")
    digest.update(" ".join(version(name) for name in MODELS).encode())
    return digest.hexdigest()[:16]


def read_batch(articles: list[Article], tools: Tools) -> Iterator[Reading | AnalysisError]:
    """One result an article, in order."""
    from kg.text.extract import extract_articles  # here, as a build whose workers read needs no spaCy itself

    for outcome in extract_articles(tools.nlp, articles):
        yield outcome if isinstance(outcome, AnalysisError) else make_reading(outcome, tools)


def make_reading(extraction: Extraction, tools: Tools) -> Reading | AnalysisError:
    """An extraction as quads; an AnalysisError for one that contradicts itself or, if asked for, breaks a shape."""
    id_ = extraction.article.id
    try:
        quads = tuple(extraction_quads(extraction, tools.base, tools.run))
        if tools.validate:
            check_shapes(extraction.article.name, quads)
    except AnalysisError as error:
        return error
    source, graph = article_iri(tools.base, id_), derived_iri(tools.base, id_)
    derived = derived_quads(quads, tools.facts, tools.base, graph, source)
    return Reading(
        article=id_,
        quads=ox.serialize(chain(quads, derived), format=ox.RdfFormat.N_QUADS) or b"",
        events=len(extraction.events),
        documents=len(extraction.documents),
        gist=make_gist(id_, quads, tools.curated) if tools.gists else NO_GIST,
        entities=tuple({hash_text(entity.id) for entity in extraction.entities()}),
    )


def check_validator() -> None:
    """Raises DataError where graphs cannot be checked, as pyshacl is not there."""
    from kg.graph.validate import load_validator  # here, as it loads rdflib

    load_validator()


def check_shapes(name: str, quads: Iterable[Quad]) -> None:
    """Raises AnalysisError with the first shape that an article's graph breaks, DataError without pyshacl."""
    from kg.graph.validate import validate_quads  # here, as it loads rdflib

    found = validate_quads(quads).violations
    if found:
        raise AnalysisError(f"{name}: its graph breaks {len(found)} shapes, the first: {found[0]}")


def hash_text(text: str) -> int:
    """64 bits of a text, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def ignore(outcome: object) -> None:
    """The report of a build that nobody watches."""


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
    from kg.text.extract import extract_articles

    failed: deque[KgError] = deque()
    for outcome in extract_articles(nlp, select_articles(reads, nlp.lang or "", failed.append)):
        while failed:
            yield failed.popleft()
        yield outcome
    yield from failed


def select_articles(reads: Iterable[Read], lang: str, tell: Callable[[KgError], object]) -> Iterator[Article]:
    """The articles that could be read, are in the pipeline's language and no book; of the others ``tell`` is told."""
    for read in reads:
        if isinstance(read, KgError):
            tell(read)
        elif primary(read.lang) != lang:
            tell(OtherLanguage(read.name, read.lang, lang))
        elif len(read.content) > LONGEST:
            tell(TooLongError(read.name, len(read.content), LONGEST))
        else:
            yield read

"""One article's graph in the making: the IRIs of what it tells of, and the run that made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.errors import AnalysisError
from kg.graph.iris import article_iri, hash_iri, resource_iri
from kg.records import Article, Document, Event, Extraction

Triples: TypeAlias = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Run:
    """What made a graph: the package's version and the settings that change its results."""

    version: str
    settings: tuple[tuple[str, str], ...] = ()


@cache
def current_run() -> Run:
    """A run of the installed version with the default settings."""
    try:
        return Run(version("diplomatic-kg"))
    except PackageNotFoundError:
        return Run("unknown")


def list_settings(run: Run) -> list[str]:
    """The settings as "name=value", in order."""
    return [f"{name}={value}" for name, value in sorted(run.settings)]


def run_iri(base: str, run: Run) -> NamedNode:
    """What made a graph, as a resource: two graphs with the same one were made alike."""
    return hash_iri(base, "run", run.version, *list_settings(run))


@dataclass(frozen=True, slots=True)
class Scope:
    """One article's graph in the making: where its IRIs stand and what its keys mean."""

    extraction: Extraction
    base: str
    graph: NamedNode
    events: dict[str, NamedNode] = field(default_factory=dict)
    documents: dict[str, NamedNode] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        return self.extraction.article

    def resource(self, id_: str) -> NamedNode:
        return resource_iri(self.base, id_)

    def hash(self, kind: str, *parts: str) -> NamedNode:
        return hash_iri(self.base, kind, self.article.id, *parts)


def make_scope(extraction: Extraction, base: str) -> Scope:
    """The IRIs of the article's events and documents, before anything refers to them."""
    scope = Scope(extraction, base, article_iri(base, extraction.article.id))
    seen: Counter[tuple[str, ...]] = Counter()
    for event in extraction.events:
        scope.events[event.key] = number_iri(scope, "event", event_identity(event), seen)
    for document in extraction.documents:
        scope.documents[document.key] = number_iri(scope, "document", document_identity(document), seen)
    return scope


def number_iri(scope: Scope, kind: str, identity: tuple[str, ...], seen: Counter[tuple[str, ...]]) -> NamedNode:
    """The hash of an identity; a second thing of one article with the same identity gets another IRI."""
    seen[(kind, *identity)] += 1
    count = seen[(kind, *identity)]
    return scope.hash(kind, *identity, *([str(count)] if count > 1 else []))


def event_identity(event: Event) -> tuple[str, ...]:
    """What tells an event from the others of its article: type, principals, date and trigger."""
    principals = sorted({a.entity.id for a in event.arguments if a.role in ("participant", "country", "target")})
    return (event.type, "|".join(principals), str(event.when or ""), str(event.trigger.start))


def document_identity(document: Document) -> tuple[str, ...]:
    """What tells a document from the others of its article: kind, name and parties."""
    return (document.kind, document.label, "|".join(sorted(party.id for party in document.parties)))


def find_key(scope: Scope, known: dict[str, NamedNode], key: str, user: str) -> NamedNode:
    """The IRI of what an event refers to. Raises AnalysisError where the extraction lacks it."""
    try:
        return known[key]
    except KeyError:
        raise AnalysisError(f"article {scope.article.id}: event {user} refers to {key}, which is missing") from None

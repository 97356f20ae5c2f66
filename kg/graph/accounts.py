"""What an article tells of, as triples: events, documents and tenures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.errors import AnalysisError
from kg.graph.annotations import support_triples
from kg.graph.literals import make_date, make_day, make_text
from kg.graph.namespaces import RDF, RDFS, SKOS
from kg.graph.ontology import DKG, format_term
from kg.graph.scope import Scope, Triples, find_key
from kg.records import Document, Event, Tenure, When


def event_triples(scope: Scope, event: Event) -> Triples:
    node = scope.events[event.key]
    yield node, RDF.type, DKG[event.type]
    yield node, RDF.type, DKG.Event
    for predicate in (SKOS.prefLabel, RDFS.label):
        yield node, predicate, make_text(event.label, scope.article.lang)
    yield node, DKG.status, DKG[event.status]
    if event.rank:
        yield node, DKG.visitRank, DKG[event.rank]
    for argument in event.arguments:
        yield node, DKG[argument.role], scope.resource(argument.entity.id)
    yield from when_triples(scope, node, event.when)
    yield from link_triples(scope, node, event)
    yield from support_triples(scope, node, event.evidence, event.confidence)


def link_triples(scope: Scope, node: NamedNode, event: Event) -> Triples:
    for topic in event.topics:
        yield node, DKG.topic, scope.resource(f"topic/{topic}")
    for key in event.documents:
        yield node, DKG.document, find_key(scope, scope.documents, key, event.key)
    if event.part_of is not None:
        yield node, DKG.subEventOf, find_key(scope, scope.events, event.part_of, event.key)


def when_triples(scope: Scope, node: NamedNode, when: When | None) -> Triples:
    """The date as far as it is known, and its bounds. Raises AnalysisError for a day that no calendar has."""
    if when is None:
        return
    try:
        bounds = when.bounds()
    except ValueError as error:
        raise AnalysisError(f"article {scope.article.id}: {when} is not a date: {error}") from error
    if when.end is None:
        yield node, DKG.date, make_date(when.start)
    else:
        yield node, DKG.startDate, make_date(when.start)
        yield node, DKG.endDate, make_date(when.end)
    if bounds:
        yield node, DKG.earliest, make_day(bounds[0])
        yield node, DKG.latest, make_day(bounds[1])


def document_triples(scope: Scope, document: Document) -> Triples:
    node = scope.documents[document.key]
    yield node, RDF.type, DKG[document.kind]
    yield node, RDF.type, DKG.Document
    yield node, RDFS.label, make_text(document.label, scope.article.lang)
    yield node, DKG.documentStatus, DKG[format_term(document.status)]
    for party in document.parties:
        yield node, DKG.party, scope.resource(party.id)
    yield from support_triples(scope, node, document.evidence, document.confidence)


def tenure_triples(scope: Scope, tenure: Tenure) -> Triples:
    """A tenure as the article names it."""
    node = scope.hash("tenure", tenure.person.id, tenure.title, tenure.of.id)
    yield node, RDF.type, DKG.Tenure
    yield node, RDFS.label, make_text(f"{tenure.person.name}, {tenure.title}", scope.article.lang)
    yield node, DKG.person, scope.resource(tenure.person.id)
    yield node, DKG.officeTitle, make_text(tenure.title, scope.article.lang)
    yield node, DKG.of, scope.resource(tenure.of.id)
    if tenure.office:
        yield node, DKG.office, scope.resource(f"office/{tenure.office}")
    yield from support_triples(scope, node, tenure.evidence, tenure.confidence)


def merge_tenures(tenures: Iterable[Tenure]) -> Iterator[Tenure]:
    """A tenure named twice is one: with the evidence of both and the higher confidence."""
    merged: dict[tuple[str, str, str], Tenure] = {}
    for tenure in tenures:
        key = (tenure.person.id, tenure.title, tenure.of.id)
        merged[key] = join_tenures(merged[key], tenure) if key in merged else tenure
    yield from merged.values()


def join_tenures(first: Tenure, second: Tenure) -> Tenure:
    return replace(
        first,
        evidence=first.evidence + second.evidence,
        office=first.office or second.office,
        confidence=max(first.confidence, second.confidence),
    )

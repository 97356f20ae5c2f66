"""What a graph says of each article, read from RDF alone: the scorer's facts by a way of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Dataset, Graph, Namespace
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from kg.config import NAMESPACE
from kg.evaluate.facts import DocumentFact, EventFact, Facts, PositionFact, Thing, make_thing
from kg.graph.ontology import load_ontology
from kg.records import ENTITY_KINDS

DKG = Namespace(NAMESPACE)
OA = Namespace("http://www.w3.org/ns/oa#")
NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)


def read_facts(trig: str | bytes) -> dict[str, Facts]:
    """The facts of all articles of a TriG document, by id."""
    data = Dataset(default_union=True)
    data.parse(data=trig, format="trig")
    found = (article_facts(graph, data) for graph in data.graphs())
    return {facts.id: facts for facts in found if facts}


def article_facts(graph: Graph, data: Dataset) -> Facts | None:
    """The facts of one article's graph; names and kinds of things may stand in any."""
    article = next(graph.subjects(RDF.type, DKG.Article), None)
    if article is None:
        return None
    kinds = load_ontology()
    nodes = sorted(set(graph.subjects(DKG.evidence)), key=lambda node: (find_start(graph, node), node))
    typed = [(node, local_types(graph, node)) for node in nodes]
    return Facts(
        id=str(graph.value(article, DCTERMS.identifier)),
        content="",
        events=tuple(event_fact(graph, data, n, k) for n, types in typed for k in types & kinds.event_types),
        documents=tuple(document_fact(graph, data, n, k) for n, types in typed for k in types & kinds.document_kinds),
        positions=tuple(position_facts(graph, data, [node for node, types in typed if "Tenure" in types])),
    )


def event_fact(graph: Graph, data: Dataset, node: Node, kind: str) -> EventFact:
    date, start = graph.value(node, DKG.date), graph.value(node, DKG.startDate)
    return EventFact(
        type=kind,
        status=local_name(graph.value(node, DKG.status)),
        rank=local_name(graph.value(node, DKG.visitRank)),
        date=str(date) if date else f"{start}/{graph.value(node, DKG.endDate)}" if start else None,
        evidence=tuple(quotes(graph, node)),
        participants=things(graph, data, node, DKG.participant),
        countries=things(graph, data, node, DKG.country),
        target=things(graph, data, node, DKG.target),
        places=things(graph, data, node, DKG.place),
    )


def document_fact(graph: Graph, data: Dataset, node: Node, kind: str) -> DocumentFact:
    status = local_name(graph.value(node, DKG.documentStatus)) or ""
    return DocumentFact(kind, str(graph.value(node, RDFS.label)), things(graph, data, node, DKG.party), status)


def position_facts(graph: Graph, data: Dataset, nodes: list[Node]) -> Iterator[PositionFact]:
    for node in nodes:
        yield PositionFact(*things(graph, data, node, DKG.person), *things(graph, data, node, DKG.of))


def things(graph: Graph, data: Dataset, node: Node, role: Node) -> tuple[Thing, ...]:
    return tuple(thing(data, other) for other in graph.objects(node, role))


def thing(data: Dataset, node: Node) -> Thing:
    names = tuple(str(name) for predicate in NAMES for name in data.objects(node, predicate))
    kind = next((kind for kind in ENTITY_KINDS if (node, RDF.type, DKG[kind]) in data), "?")
    iso2 = data.value(node, DKG.iso2)
    return make_thing(kind, names, str(iso2) if iso2 else None)


def find_start(graph: Graph, node: Node) -> int:
    """Where the first evidence starts: facts come in the order of the text."""
    path = DKG.evidence / OA.hasTarget / OA.hasSelector / OA.start
    return min((int(str(start)) for start in graph.objects(node, path)), default=0)


def quotes(graph: Graph, node: Node) -> Iterator[str]:
    for annotation in graph.objects(node, DKG.evidence):
        for target in graph.objects(annotation, OA.hasTarget):
            for selector in graph.objects(target, OA.hasSelector):
                yield from map(str, graph.objects(selector, OA.exact))


def local_types(graph: Graph, node: Node) -> set[str]:
    return {str(kind).removeprefix(NAMESPACE) for kind in graph.objects(node, RDF.type)}


def local_name(node: Node | None) -> str | None:
    return re.split("[#/]", str(node))[-1].lower() if node is not None else None

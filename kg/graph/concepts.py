"""The types of events as concepts (SKOS), so that they can be browsed and labelled like topics and offices.

The class of the ontology is itself the concept: ``dkg:Talks`` below ``dkg:Contact`` below ``dkg:Event``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.graph.iris import resource_iri
from kg.graph.namespaces import RDF, RDFS, SKOS
from kg.graph.ontology import DKG, find_classes, load_triples, local_name
from kg.graph.scope import Triples

TOP = "Event"


def event_concepts(base: str) -> Triples:
    """The event types, with labels, definitions and what is broader; the scheme itself stands in data/types.ttl."""
    scheme = resource_iri(base, "scheme/event-types")
    classes = find_classes(TOP)
    for name in sorted(classes):
        yield DKG[name], RDF.type, SKOS.Concept
        yield DKG[name], SKOS.inScheme, scheme
    for triple in select_triples(classes):
        if triple.predicate == RDFS.label:
            yield triple.subject, SKOS.prefLabel, triple.object  # type: ignore[misc]
        elif triple.predicate == RDFS.comment:
            yield triple.subject, SKOS.definition, triple.object  # type: ignore[misc]
        elif triple.predicate == RDFS.subClassOf and local_name(triple.object) in classes:
            yield triple.subject, SKOS.broader, triple.object  # type: ignore[misc]


def select_triples(classes: frozenset[str]) -> Iterator[Triple]:
    """What the ontology says of some classes."""
    for triple in load_triples("ontology.ttl"):
        if isinstance(triple.subject, NamedNode) and local_name(triple.subject) in classes:
            yield triple

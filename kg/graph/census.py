"""How much of what a store holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg.config import NAMESPACE
from kg.graph.iris import graph_iri
from kg.graph.namespaces import RDF
from kg.graph.ontology import load_ontology
from kg.records import ENTITY_KINDS


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of things in articles.

    ``events``, ``documents`` and ``entities`` are (name of the class, number), the most frequent first.
    """

    quads: int
    graphs: int
    articles: int
    reference: int
    evidence: int
    tenures: int
    events: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, int], ...]
    entities: tuple[tuple[str, int], ...]


def count_store(store: ox.Store, base: str) -> Counts:
    """One pass over the types; an entity that many articles name counts once."""
    curated = {graph_iri(base, name) for name in ("reference", "ontology", "store")}
    quads = (q for q in store.quads_for_pattern(None, RDF.type, None, None) if q.graph_name not in curated)
    pairs = {(quad.subject, quad.object.value.removeprefix(NAMESPACE)) for quad in quads}  # type: ignore[union-attr]
    kinds: Counter[str] = Counter(kind for _, kind in pairs)
    ontology = load_ontology()
    return Counts(
        quads=len(store),
        graphs=sum(1 for _ in store.named_graphs()),
        articles=kinds["Article"],
        reference=sum(1 for _ in store.quads_for_pattern(None, None, None, graph_iri(base, "reference"))),
        evidence=sum(n for kind, n in kinds.items() if kind.endswith("#Annotation")),
        tenures=kinds["Tenure"],
        events=rank_kinds(kinds, ontology.event_types),
        documents=rank_kinds(kinds, ontology.document_kinds),
        entities=rank_kinds(kinds, frozenset(ENTITY_KINDS)),
    )


def rank_kinds(kinds: Counter[str], wanted: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """The wanted kinds that occur, the most frequent first."""
    found = ((kind, number) for kind, number in kinds.items() if kind in wanted and number)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

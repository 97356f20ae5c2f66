"""How much of what a store holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg.config import NAMESPACE
from kg.graph.iris import BOOKKEEPING, graph_iri
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG, load_ontology
from kg.records import ENTITY_KINDS


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of things in articles.

    ``events``, ``documents`` and ``entities`` are (name of the class, number), the most frequent first. What several
    articles tell of counts once, unless their ``mentions`` were asked for; ``merged`` is the number of such things.
    """

    quads: int
    graphs: int
    articles: int
    reference: int
    evidence: int
    tenures: int
    merged: int
    events: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, int], ...]
    entities: tuple[tuple[str, int], ...]


def count_store(store: ox.Store, base: str, mentions: bool = False) -> Counts:
    """One pass over the types; an entity that many articles name counts once."""
    hidden = find_hidden(store, base, mentions)
    curated = {graph_iri(base, name) for name in ("reference", "ontology", *BOOKKEEPING)}
    quads = (q for q in store.quads_for_pattern(None, RDF.type, None, None) if q.graph_name not in curated)
    pairs = {
        (quad.subject, quad.object.value.removeprefix(NAMESPACE))  # type: ignore[union-attr]
        for quad in quads
        if quad.subject not in hidden
    }
    kinds: Counter[str] = Counter(kind for _, kind in pairs)
    ontology = load_ontology()
    return Counts(
        quads=len(store),
        graphs=sum(1 for _ in store.named_graphs()),
        articles=kinds["Article"],
        reference=sum(1 for _ in store.quads_for_pattern(None, None, None, graph_iri(base, "reference"))),
        evidence=sum(n for kind, n in kinds.items() if kind.endswith("#Annotation")),
        tenures=kinds["Tenure"],
        merged=len(find_merged(store, base)),
        events=rank_kinds(kinds, ontology.event_types),
        documents=rank_kinds(kinds, ontology.document_kinds),
        entities=rank_kinds(kinds, frozenset(ENTITY_KINDS)),
    )


def find_hidden(store: ox.Store, base: str, mentions: bool) -> frozenset[object]:
    """What is not counted: accounts of merged things and names of others, or with ``mentions`` what stands for them."""
    links = graph_iri(base, "links")
    quads = list(store.quads_for_pattern(None, DKG.merges, None, links))
    if mentions:
        parts = store.quads_for_pattern(None, DKG.splitFrom, None, links)
        return frozenset((*(quad.subject for quad in quads), *(quad.subject for quad in parts)))
    names = store.quads_for_pattern(None, DKG.replacedBy, None, links)
    return frozenset((*(quad.object for quad in quads), *(quad.subject for quad in names)))


def find_merged(store: ox.Store, base: str) -> frozenset[object]:
    """What several articles tell of; what stands for one account, for the names in it, is not among them."""
    told = Counter(quad.subject for quad in store.quads_for_pattern(None, DKG.merges, None, graph_iri(base, "links")))
    return frozenset(whole for whole, number in told.items() if number > 1)


def rank_kinds(kinds: Counter[str], wanted: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """The wanted kinds that occur, the most frequent first."""
    found = ((kind, number) for kind, number in kinds.items() if kind in wanted and number)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

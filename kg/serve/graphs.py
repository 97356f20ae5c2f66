"""Triples written in the format that a client wants: answers of CONSTRUCT, whole graphs, single things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import RdfFormat, Triple, serialize

from kg.graph.markup import clean_triple, wrap_xml
from kg.graph.namespaces import make_export_prefixes
from kg.graph.store import Store
from kg.serve.desk import Desk, NotFoundError, finish_spool, has_graph, hidden_graphs, parse_node, require_offer
from kg.serve.formats import GRAPHS, Offer
from kg.serve.messages import GraphCall, Reply

TRUNCATED = "X-Truncated"
PLAIN = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)  # they know no prefixes


def write_triples(desk: Desk, triples: Iterable[Triple], offer: Offer) -> Reply:
    """The triples, up to the limit of rows; X-Truncated says where there were more."""
    assert isinstance(offer.syntax, RdfFormat)
    rest = iter(triples)
    xml = offer.syntax == RdfFormat.RDF_XML
    shown: Iterator[Triple] = islice(rest, desk.limits.rows)
    prefixes = None if offer.syntax in PLAIN else make_export_prefixes(desk.store.base)
    with desk.open_spool() as spool:
        out = wrap_xml(spool.stream) if xml else spool.stream  # type: ignore[arg-type]
        serialize(map(clean_triple, shown) if xml else shown, out, offer.syntax, prefixes=prefixes)
        return finish_spool(spool, offer.content_type, mark_truncated(next(rest, None), desk.limits.rows, "triples"))


def mark_truncated(more: object, most: int, what: str) -> tuple[tuple[str, str], ...]:
    """The header of an answer that was cut off: there is ``more``."""
    return ((TRUNCATED, f"only the first {most} {what} are given"),) if more else ()


def answer_graph(desk: Desk, call: GraphCall) -> Reply:
    """One graph, or the union of all. Raises NotFoundError for a graph that the store lacks."""
    offer = require_offer(call.accept, GRAPHS)
    if call.iri is None:
        return write_triples(desk, unite_graphs(desk.store), offer)
    graph = parse_node(call.iri)
    if not has_graph(desk.store, graph):
        raise NotFoundError(f"the store has no graph {graph}")
    return write_triples(desk, (quad.triple for quad in desk.store.quads(graph)), offer)


def unite_graphs(store: Store) -> Iterator[Triple]:
    """The triples of all graphs, each once: as the first graph that has it gives it, so that none are remembered."""
    hidden = hidden_graphs(store)
    for quad in store.quads():
        told = store.inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if next(one.graph_name for one in told if one.graph_name not in hidden) == quad.graph_name:
            yield quad.triple

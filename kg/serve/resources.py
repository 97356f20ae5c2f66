"""The things of the graph at their IRIs: what the store says of one, as RDF."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.serve.desk import Desk, NotFoundError, has_graph, hidden_graphs, parse_node, require_offer
from kg.serve.entity import make_entity_page
from kg.serve.formats import GRAPHS
from kg.serve.graphs import write_triples
from kg.serve.messages import Reply, ResourceCall


def answer_resource(desk: Desk, call: ResourceCall) -> Reply:
    """The description of a thing; of an article or another graph all that stands in it. Raises NotFoundError."""
    node = parse_node(desk.store.base + call.id)
    if call.page:
        if next(describe_triples(desk, node), None) is None:
            raise NotFoundError(f"the store knows nothing of {node}")
        return make_entity_page(desk, node)
    offer = require_offer(call.accept, GRAPHS)
    triples = describe_triples(desk, node)
    first = next(triples, None)
    if first is None:
        raise NotFoundError(f"the store knows nothing of {node}")
    return write_triples(desk, chain_triples(first, triples), offer)


def chain_triples(first: Triple, rest: Iterator[Triple]) -> Iterator[Triple]:
    yield first
    yield from rest


def describe_triples(desk: Desk, node: NamedNode) -> Iterator[Triple]:
    """The graph of that name; else what is said of the thing, and where it is named."""
    store = desk.store
    if has_graph(store, node):
        yield from (quad.triple for quad in store.quads(node))
        return
    hidden = hidden_graphs(store)
    for quads in (store.inner.quads_for_pattern(node, None, None), store.inner.quads_for_pattern(None, None, node)):
        yield from dict.fromkeys(quad.triple for quad in quads if quad.graph_name not in hidden)

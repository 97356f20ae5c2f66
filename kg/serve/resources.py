"""The things of the graph at their IRIs: what the store says of one, as RDF."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.graph.iris import make_node
from kg.serve.desk import Desk, NotFoundError, require_offer
from kg.serve.entity import make_entity_page
from kg.serve.formats import GRAPHS
from kg.serve.graphs import write_triples
from kg.serve.messages import Reply, ResourceCall


def answer_resource(desk: Desk, call: ResourceCall) -> Reply:
    """The description of a thing; of an article or another graph all that stands in it. Raises NotFoundError."""
    node = make_node(desk.store.base + call.id)
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
    inner = desk.store.inner
    if inner.contains_named_graph(node):
        yield from (quad.triple for quad in desk.store.quads(node))
        return
    yield from dict.fromkeys(quad.triple for quad in inner.quads_for_pattern(node, None, None, None))
    yield from dict.fromkeys(quad.triple for quad in inner.quads_for_pattern(None, None, node, None))

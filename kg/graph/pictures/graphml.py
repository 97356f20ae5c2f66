"""A network as GraphML, for Gephi, yEd, Cytoscape and networkx.read_graphml."""

from __future__ import annotations

import io
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Edge, Network, Node
from kg.graph.payload import clean
from kg.graph.pictures.ties import Ties


def dump_events(network: Network) -> bytes:
    """Events and what they name: a directed graph, an edge a role."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((iri, list_values(data["record"])) for iri, data in network.nodes(data=True))
    for a, b, data in network.edges(data=True):
        graph.add_edge(a, b, **list_roles(data["record"]), weight=float(data.get("weight", 1.0)))
    return dump_graph(graph)


def dump_actors(ties: Ties) -> bytes:
    """Actors: an undirected graph, an edge says how many events of which types join two."""
    graph = nx.Graph()
    graph.add_nodes_from((iri, list_values(data["record"])) for iri, data in ties.nodes(data=True))
    for a, b, data in ties.edges(data=True):
        tie = data["tie"]
        kinds = ", ".join(f"{kind} {number}" for kind, number in tie.kinds)
        values = {"weight": float(tie.weight), "kinds": clean(kinds), "status": tie.status, "soft": tie.soft}
        graph.add_edge(a, b, **present(values))
    return dump_graph(graph)


def list_values(node: Node) -> dict[str, Any]:
    """What GraphML says of a node; what is not known is left out."""
    values = {
        "kind": node.kind,
        "type": node.type,
        "label": clean(node.label.ru),
        "label_en": clean(node.label.en),
        "aliases": "; ".join(map(clean, node.aliases)),
        "same_as": " ".join(map(clean, node.matches)),
        "iso2": clean(node.iso2 or ""),
        "date": clean(node.when.start) if node.when else None,
        "end": clean(node.when.end or "") if node.when else None,
        "earliest": clean(node.when.earliest or "") if node.when else None,
        "status": node.status,
        "rank": node.rank,
        "topics": " ".join(node.topics),
        "confidence": node.confidence,
        "evidence": clean(" … ".join(quote.text for quote in node.quotes)),
        "sources": " ".join(dict.fromkeys(clean(quote.source.iri) for quote in node.quotes)),
    }
    return present(values)


def list_roles(edge: Edge) -> dict[str, Any]:
    """What GraphML says of an edge."""
    title = edge.title or None
    values = {
        "role": edge.role,
        "title": clean(title.ru) if title else None,
        "title_en": clean(title.en) if title else None,
        "start": clean(edge.start or ""),
        "end": clean(edge.end or ""),
    }
    return present(values)


def present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}


def dump_graph(graph: Any) -> bytes:
    """The graph as bytes, in UTF-8; what XML cannot carry was cleaned from its texts."""
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out)
    return out.getvalue()

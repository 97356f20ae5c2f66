"""A network with plain attributes, as networkx' own algorithms and writers (GraphML, GEXF, node-link JSON) want it."""

from __future__ import annotations

from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Edge, Network, Node, links, records


def make_plain(network: Network) -> nx.MultiDiGraph:
    """The same nodes and edges; attributes are texts and numbers, and what is not known is left out."""
    plain = nx.MultiDiGraph()
    for node in records(network):
        plain.add_node(node.iri, **node_values(node))
    for source, target, edge in links(network):
        plain.add_edge(source, target, **edge_values(edge))
    return plain


def node_values(node: Node) -> dict[str, Any]:
    """The attributes of a node: kind, type, label_ru, label_en, iso2, date, end, earliest, status, rank, confidence."""
    when = node.when
    return known(
        kind=node.kind,
        type=node.type,
        label_ru=node.label.ru,
        label_en=node.label.en,
        iso2=node.iso2,
        date=when.start if when else None,
        end=when.end if when else None,
        earliest=when.earliest if when else None,
        status=node.status,
        rank=node.rank,
        topics=" ".join(node.topics),
        confidence=node.confidence,
    )


def edge_values(edge: Edge) -> dict[str, Any]:
    """The attributes of an edge: role; of a tenure also title, start and end."""
    return known(role=edge.role, title=edge.title.ru if edge.title else None, start=edge.start, end=edge.end)


def known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}

"""The two levels that a network is drawn at: events with what they name, or actors joined by their events.

Either is an undirected networkx.Graph. A node is an IRI with ``record``: Node; an edge has ``tie``: Tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.actors import Bond, make_actors
from kg.graph.network import Network, Node

Ties: TypeAlias = "nx.Graph[str]"
BEHALF = "country"  # the role that says on whose behalf somebody acts
OFFICE = "tenure"
AHEAD = frozenset({"planned", "prepared"})
OFF = "cancelled"


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins two nodes: ``weight`` events or links, of which ``kinds`` says how many are what.

    ``status`` is what all of them share: "planned" (ahead), "cancelled", or None. ``soft`` is a tie that says no more
    than on whose behalf somebody acts, or what office somebody holds.
    """

    weight: float
    kinds: tuple[tuple[str, int], ...] = ()
    status: str | None = None
    soft: bool = False


def make_ties(network: Network, level: str, most: int | None = None, chosen: tuple[str, ...] = ()) -> Ties:
    """The graph of a level, "actors" or "events"; of actors ``most`` at most, the chosen ones among them."""
    graph = LEVELS[level](network)
    if most is None or len(graph) <= most:
        return graph
    strength = {iri: sum(tie["tie"].weight for _, _, tie in graph.edges(iri, data=True)) for iri in graph}
    kept = sorted(graph, key=lambda iri: (iri not in chosen, -strength[iri], iri))[:most]
    part = nx.Graph()
    part.add_nodes_from((iri, data) for iri, data in graph.nodes(data=True) if iri in set(kept))
    part.add_edges_from((a, b, data) for a, b, data in graph.edges(data=True) if a in part and b in part)
    return part


def tie_events(network: Network) -> Ties:
    """Every node as it is; the roles between two nodes are one tie."""
    graph = nx.Graph()
    graph.add_nodes_from(network.nodes(data=True))
    roles: dict[frozenset[str], list[tuple[str, float, str | None]]] = {}
    for a, b, data in network.edges(data=True):
        roles.setdefault(frozenset((a, b)), []).append(describe_edge(network, a, data))
    for pair, found in roles.items():
        if len(pair) == 2:
            graph.add_edge(*sorted(pair), tie=make_tie(found))
    return graph


def describe_edge(network: Network, source: str, data: dict[str, Any]) -> tuple[str, float, str | None]:
    """Role, weight and status of one edge."""
    return data["record"].role, data.get("weight", 0.0), network.nodes[source]["record"].status


def tie_actors(network: Network) -> Ties:
    """Persons, organisations and countries, joined by the events that name both, by offices and by direct edges."""
    graph = nx.Graph()
    actors = make_actors(network)
    graph.add_nodes_from(actors.nodes(data=True))
    found = {frozenset((a, b)): list(describe_bond(network, bond)) for a, b, bond in actors.edges(data="record")}
    for a, b, data in network.edges(data=True):
        if a in graph and b in graph and a != b and data["record"].role != OFFICE:
            found.setdefault(frozenset((a, b)), []).append(describe_edge(network, a, data))
    for pair, kinds in found.items():
        graph.add_edge(*sorted(pair), tie=make_tie(kinds))
    graph.remove_nodes_from(list(nx.isolates(graph)) if graph.number_of_edges() else [])
    return graph


def describe_bond(network: Network, bond: Bond) -> Iterator[tuple[str, float, str | None]]:
    """Type and status of each event that joins two actors, each of weight one, and the office."""
    for event in bond.events:
        record: Node = network.nodes[event]["record"]
        yield record.type, 1.0, record.status
    if bond.office:
        yield OFFICE, 0.0, None


def make_tie(found: list[tuple[str, float, str | None]]) -> Tie:
    """One tie of several kinds, weights and statuses; offices count only where nothing else joins the two."""
    roles = [one for one in found if one[0] not in (OFFICE, BEHALF)]
    statuses = {"planned" if status in AHEAD else status for _, _, status in (roles or found)}
    kinds = Counter(kind for kind, _, _ in (roles or found))
    shared = statuses.pop() if len(statuses) == 1 else None
    weight = sum(weight for _, weight, _ in roles) or 1.0
    return Tie(weight, tuple(kinds.most_common()), shared if shared in ("planned", OFF) else None, not roles)


LEVELS = {"actors": tie_actors, "events": tie_events}

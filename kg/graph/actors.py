"""Who deals with whom: leaders, countries and organisations, joined by the events that they have in common.

The graph is a networkx.Graph. A node is an IRI of the network with ``record``: Node; an edge has ``record``: Bond.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Network, records

Actors: TypeAlias = "nx.Graph[str]"
KINDS = ("Person", "Country", "Organization")
ROLES = frozenset({"participant", "country", "host", "target"})
CROWD = 12  # with more at one event, who meets whom is not said: all are joined to the hosts alone
NEAR = 3.0  # how much nearer to a country those who act for it stand than those who met it once


@dataclass(frozen=True, slots=True)
class Bond:
    """What joins two actors: events, in the order of the network, and whether one holds an office of the other."""

    events: tuple[str, ...] = ()
    office: bool = False


def make_actors(network: Network) -> Actors:
    """The actors of a network, each pair joined once, with the number of events as ``weight``."""
    actors = nx.Graph()
    for record in records(network):
        if record.kind in KINDS:
            actors.add_node(record.iri, record=record, events=count_events(network, record.iri))
    for (one, other), bond in find_bonds(network).items():
        actors.add_edge(one, other, record=bond, weight=math.log2(1 + len(bond.events)) + NEAR * bond.office)
    return actors


def count_events(network: Network, iri: str) -> int:
    """How many events name an actor in a role of its own."""
    events = {source for source, _, key in network.in_edges(iri, keys=True) if key[0] in ROLES}
    return sum(network.nodes[event]["record"].kind == "Event" for event in events)


def find_bonds(network: Network) -> dict[tuple[str, str], Bond]:
    """The bonds of a network, by pair of IRIs in the order of their characters."""
    offices = find_offices(network)
    events: dict[tuple[str, str], list[str]] = {pair: [] for pair in sorted(offices)}
    for record in records(network):
        if record.kind == "Event":
            for pair in dict.fromkeys(join_event(network, record.iri, offices)):
                events.setdefault(pair, []).append(record.iri)
    return {pair: Bond(tuple(found), pair in offices) for pair, found in events.items()}


def find_offices(network: Network) -> set[tuple[str, str]]:
    """The pairs of a person and what the person holds or held an office of."""
    return {order(a, b) for a, b, key in network.edges(keys=True) if key[0] == "tenure"}


def join_event(network: Network, event: str, offices: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pairs that one event joins: actors with each other, countries with each other.

    An actor who has no partner among the actors is joined to the countries instead, those apart whose office it holds.
    """
    roles: dict[str, set[str]] = {}
    for _, target, key in network.out_edges(event, keys=True):
        if key[0] in ROLES and network.nodes[target]["record"].kind in KINDS:
            roles.setdefault(target, set()).add(key[0])
    countries = sorted(iri for iri in roles if network.nodes[iri]["record"].kind == "Country")
    people = sorted(iri for iri in roles if iri not in set(countries))
    hosts = {iri for iri, held in roles.items() if "host" in held}
    yield from join_group(countries, hosts)
    yield from join_group(people, hosts)
    if len(people) == 1:
        yield from (order(*pair) for pair in product(people, countries) if order(*pair) not in offices)


def join_group(group: list[str], hosts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All pairs of a group; of a crowd those with a host, or with the first where none is known to be one."""
    if len(group) <= CROWD:
        yield from combinations(group, 2)
        return
    centres = [iri for iri in group if iri in hosts] or group[:1]
    yield from (order(centre, other) for centre in centres for other in group if other != centre)


def order(one: str, other: str) -> tuple[str, str]:
    """A pair that is the same whichever comes first."""
    return (one, other) if one < other else (other, one)


def select_actors(actors: Actors, limit: int) -> list[str]:
    """At most ``limit`` actors to open on: those of the most events, as far as they hang together."""
    inside = find_largest(actors)
    ranked = sorted(inside, key=lambda iri: (-actors.nodes[iri]["events"], -actors.degree(iri), iri))
    joined = find_largest(actors.subgraph(ranked[:limit]))
    return [iri for iri in ranked[:limit] if iri in joined]


def find_largest(actors: Actors) -> set[str]:
    """The largest part of a graph that hangs together; of several the one with the first IRI."""
    parts = sorted(nx.connected_components(actors), key=lambda part: (-len(part), min(part)))
    return parts[0] if parts else set()

"""Who is joined to whom, and by which events."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.graph.actors import CROWD, Bond, make_actors, select_actors
from kg.graph.network import Edge, Network, Node
from kg.graph.terms import Label


def make_small(*events: str, offices: str = "") -> Network:
    """A network of events like "p:A p:B c:X h:Y": roles and names; capital X, Y, Z are countries, O an organisation."""
    network: Network = nx.MultiDiGraph(base="")
    roles = {"p": "participant", "c": "country", "h": "host", "t": "target", "l": "place"}
    lines = [(f"e{number}", line) for number, line in enumerate(events)]
    for pair in offices.split():
        add_edge(network, pair[0], pair[1], "tenure")
    for event, line in lines:
        network.add_node(event, record=Node(event, "Event", "Talks", Label(event, event)))
        for word in line.split():
            role, _, name = word.partition(":")
            add_edge(network, event, name, roles[role])
    return network


def add_edge(network: Network, source: str, target: str, role: str) -> None:
    for name in (source, target):
        if name not in network:
            kind = "Country" if name[0] in "XYZ" else "Organization" if name[0] == "O" else "Person"
            network.add_node(name, record=Node(name, kind, kind, Label(name, name)))
    network.add_edge(source, target, key=(role, None, None), record=Edge(role))


def bonds(network: Network) -> dict[str, Bond]:
    return {"".join(sorted((a, b))): bond for a, b, bond in make_actors(network).edges(data="record")}


@pytest.mark.parametrize(
    ("events", "offices", "expected"),
    [
        (["p:A p:B c:X c:Y"], "", {"AB": 1, "XY": 1}),
        (["p:A p:B", "p:B t:A"], "", {"AB": 2}),
        (["p:A c:X c:Y"], "AX", {"AX": 0, "AY": 1, "XY": 1}),
        (["p:A c:X"], "AX", {"AX": 0}),
        (["p:O c:X h:Y"], "", {"OX": 1, "OY": 1, "XY": 1}),
        (["p:A p:A h:X"], "", {"AX": 1}),
        (["p:A l:X"], "", {}),
        (["p:A"], "", {}),
    ],
)
def test_pairs(events: list[str], offices: str, expected: dict[str, int]) -> None:
    found = bonds(make_small(*events, offices=offices))
    assert {pair: len(bond.events) for pair, bond in found.items()} == expected


def test_a_crowd_is_joined_to_its_hosts_alone() -> None:
    guests = " ".join(f"c:X{number}" for number in range(CROWD + 3))
    found = bonds(make_small(f"{guests} h:Z0"))
    assert len(found) == CROWD + 3
    assert all("Z0" in pair for pair in found)


def test_events_are_those_of_own_roles() -> None:
    actors = make_actors(make_small("p:A p:B", "p:A l:X", "h:X p:B"))
    assert dict(actors.nodes("events")) == {"A": 2, "B": 2, "X": 1}


def test_bond_has_its_events_in_order_and_the_office() -> None:
    found = bonds(make_small("p:A p:B", "p:A p:B", offices="AX"))
    assert found["AB"] == Bond(("e0", "e1"))
    assert found["AX"] == Bond((), office=True)


def test_select_takes_the_busiest_that_hang_together() -> None:
    actors = make_actors(make_small("p:A p:B", "p:A p:B", "p:A", "p:C p:D", "p:O"))
    assert select_actors(actors, 2) == ["A", "B"]
    assert select_actors(actors, 10) == ["A", "B"]
    assert select_actors(make_actors(make_small("p:A")), 5) == ["A"]

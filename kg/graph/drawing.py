"""A network as pyvis' nodes, edges and options: the two levels that the page shows. pyvis' templates are not used.

Nodes, links and edges are named by their numbers in the order of the network.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.config import data_path
from kg.graph.actors import make_actors, select_actors
from kg.graph.layout import Point, Report, make_layout, select_core
from kg.graph.network import Network, links, records

Json: TypeAlias = dict[str, Any]
Numbers: TypeAlias = Mapping[str, int]
MOST_ACTORS = 50  # as many as have room for a name each on a screen
SPACIOUS = 2.8  # cells of an actor, for the edges between the countries are thick
GROWTH = 2.0  # pixels of size that a node gains when its degree doubles
LARGEST = 27.0  # pixels: what leaves a cell room for its label


@dataclass(frozen=True)
class Level:
    """A graph to draw: where its nodes stand, how much each counts, and the nodes to open on."""

    graph: nx.Graph
    places: Mapping[str, Point]
    weights: Mapping[str, int]
    core: tuple[str, ...]


def make_levels(network: Network, core_size: int, report: Report | None = None) -> dict[str, Level]:
    """Actors joined by what they do together, and events with all that they name."""
    actors = make_actors(network)
    chosen = tuple(select_actors(actors, min(core_size, MOST_ACTORS)))
    core = tuple(select_core(network, core_size))
    return {
        "actors": Level(actors, make_layout(actors, chosen, room=SPACIOUS), dict(actors.nodes("events")), chosen),
        "events": Level(network, make_layout(network, core, report=report), dict(network.degree()), core),
    }


def draw_level(network: Network, level: Level, numbers: Numbers, edges: list[Json]) -> Json:
    """A level as vis-network draws it."""
    import pyvis.edge  # type: ignore[import-untyped]  # here, because pyvis draws in IPython: a second for every command
    import pyvis.network  # type: ignore[import-untyped]
    import pyvis.node  # type: ignore[import-untyped]

    drawing = pyvis.network.Network(directed=True, cdn_resources="in_line")
    drawing.set_options(json.dumps(load_json("options")))
    kinds = load_json("kinds")
    for iri in level.graph:  # add_node and add_edge of pyvis look through all nodes each time
        look = draw_node(level, iri, kinds[network.nodes[iri]["record"].kind])
        drawing.nodes.append(pyvis.node.Node(numbers[iri], label=None, **look).options)
    drawing.edges.extend(pyvis.edge.Edge(edge.pop("from"), edge.pop("to"), **edge).options for edge in edges)
    nodes, drawn, _, _, _, options = drawing.get_network_data()
    for node in nodes:
        del node["label"]  # the page says it in the language of its reader
    core = sorted(numbers[iri] for iri in level.core)
    return {"nodes": nodes, "edges": drawn, "options": json.loads(options), "core": core}


def draw_node(level: Level, iri: str, kind: Json) -> Json:
    """How one node looks: shape by kind, size by weight."""
    x, y = level.places[iri]
    size = round(min(LARGEST, kind["size"] + GROWTH * math.log2(1 + level.weights[iri])), 1)
    return {"shape": kind["shape"], "size": size, "x": round(x), "y": round(y)}


def bundle_links(network: Network, numbers: Numbers) -> list[Json]:
    """One edge for each pair of nodes, with the numbers of the links that it stands for."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for number, (source, target, _) in enumerate(links(network)):
        pairs.setdefault((numbers[source], numbers[target]), []).append(number)
    return [{"from": source, "to": target, "links": found} for (source, target), found in pairs.items()]


def bundle_bonds(level: Level, numbers: Numbers) -> list[Json]:
    """One edge for each pair of actors, with the numbers of their events; "office" where one holds it of the other."""
    return [
        {"from": numbers[one], "to": numbers[other], "events": [numbers[event] for event in bond.events]}
        | ({"office": True} if bond.office else {})
        for one, other, bond in level.graph.edges(data="record")
    ]


def draw_levels(network: Network, levels: Mapping[str, Level]) -> Json:
    """Both levels as vis-network draws them, by name."""
    numbers = {record.iri: number for number, record in enumerate(records(network))}
    edges = {"actors": bundle_bonds(levels["actors"], numbers), "events": bundle_links(network, numbers)}
    return {name: draw_level(network, level, numbers, edges[name]) for name, level in levels.items()}


@cache
def load_json(name: str, folder: str = "view") -> Json:
    """A JSON file of data/view, or of another folder of data; it is read once, and not to be changed."""
    values: Json = json.loads(data_path(folder, f"{name}.json").read_text(encoding="utf-8"))
    return values

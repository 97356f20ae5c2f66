"""Where the nodes of a network stand: a readable core by force, the rest in free cells around what they belong to.

Positions are pixels at zoom 1. Every node has a cell of its own, as wide as a label, so no two labels overlap.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Network, records

Point: TypeAlias = tuple[float, float]
Cell: TypeAlias = tuple[int, int]
CELL_WIDTH, CELL_HEIGHT = 160.0, 84.0
FORCE_LIMIT = 499  # networkx lays out larger graphs through scipy, which the package does not need otherwise
WIDE = 1.3  # how far from round the core is, as screens are
COMMON = 1.5  # the logarithm of the degree from which a node ties the picture together rather than frays it


@dataclass
class Grid:
    """Cells, each for one node; ``searched`` is how far around a cell all others are known to be taken."""

    taken: set[Cell] = field(default_factory=set)
    searched: dict[Cell, int] = field(default_factory=dict)

    def settle(self, near: Point) -> Point:
        """The centre of the free cell nearest to a point, which is taken from now on."""
        centre = (round(near[0] / CELL_WIDTH), round(near[1] / CELL_HEIGHT))
        radius = self.searched.get(centre, 0)
        while not (free := [cell for cell in ring(centre, radius) if cell not in self.taken]):
            radius += 1
        self.searched[centre] = radius
        cell = min(free, key=lambda c: (math.dist(position(c), near), c))
        self.taken.add(cell)
        return position(cell)


def position(cell: Cell) -> Point:
    """The middle of a cell; every other row is shifted by half a cell, so that labels and edges cross less."""
    return ((cell[0] + 0.5 * (cell[1] % 2)) * CELL_WIDTH, cell[1] * CELL_HEIGHT)


def ring(centre: Cell, radius: int) -> Iterator[Cell]:
    """The cells at one distance; as cells are about twice as wide as high, rows count half."""
    x, y, high = centre[0], centre[1], 2 * radius
    if radius == 0:
        yield centre
        return
    for row in range(y - high, y + high + 1):
        columns = range(x - radius, x + radius + 1) if abs(row - y) > high - 2 else (x - radius, x + radius)
        yield from ((column, row) for column in columns)


def select_core(network: Network, limit: int) -> list[str]:
    """At most ``limit`` nodes to open on: the events that join the most connected actors, with all they name."""
    if network.number_of_nodes() <= limit:
        return list(network)
    chosen: dict[str, None] = {}
    for statement in rank_statements(network):
        new = [iri for iri in (statement, *network.successors(statement)) if iri not in chosen]
        if len(chosen) + len(new) <= limit:
            chosen.update(dict.fromkeys(new))
    return list(chosen) or sorted(network, key=lambda iri: (-network.degree(iri), iri))[:limit]


def rank_statements(network: Network) -> list[str]:
    """Events, then documents, those that join most first: each draws in what it names."""
    found = [record for record in records(network) if record.kind in ("Event", "Document")]
    found.sort(key=lambda record: (record.kind != "Event", -weight(network, record.iri), record.iri))
    return [record.iri for record in found]


def weight(network: Network, statement: str) -> float:
    """How much it joins: what many name counts for it, what hardly anything else names counts against it."""
    return sum(math.log2(network.degree(iri)) - COMMON for iri in network.successors(statement))


def make_layout(network: Network, core: Iterable[str], seed: int = 1) -> dict[str, Point]:
    """A place for every node of the network, the same for the same network."""
    plain = nx.Graph(network)
    grid = Grid()
    places = {iri: grid.settle(point) for iri, point in force(part(plain, list(core)[:FORCE_LIMIT]), seed).items()}
    apart: Point | None = None
    for iri in outwards(plain, places):
        near = [places[other] for other in plain[iri] if other in places]
        apart = apart or (None if near else below(grid))
        places[iri] = grid.settle(middle(near) if near else apart or (0.0, 0.0))
    return places


def part(plain: nx.Graph, chosen: list[str]) -> nx.Graph:
    """The graph of the chosen nodes, in their order: networkx' own subgraph iterates in the order of hashing."""
    graph = nx.Graph()
    graph.add_nodes_from(chosen)
    graph.add_edges_from((a, b) for a in chosen for b in plain[a] if b in graph)
    return graph


def force(plain: nx.Graph, seed: int) -> dict[str, Point]:
    """Spring layout, scaled so that on average a node has about two cells; the best connected settle first."""
    if not plain:
        return {}
    side = math.sqrt(2.2 * len(plain) * CELL_WIDTH * CELL_HEIGHT) / 2
    points = nx.spring_layout(plain, k=2.4 / math.sqrt(len(plain)), iterations=150, seed=seed)
    order = sorted(plain, key=lambda iri: (-plain.degree(iri), iri))
    return {iri: (float(points[iri][0]) * side * WIDE, float(points[iri][1]) * side / WIDE) for iri in order}


def outwards(plain: nx.Graph, placed: Iterable[str]) -> Iterator[str]:
    """The nodes that have no place yet, breadth first from those that have, then the unconnected rest."""
    seen = set(placed)
    queue = deque(iri for iri in plain if iri in seen)
    rest = deque(sorted(set(plain) - seen, key=lambda iri: (-plain.degree(iri), iri)))
    while queue or rest:
        iri = queue.popleft() if queue else rest.popleft()
        if iri not in seen:
            seen.add(iri)
            yield iri
        new = [other for other in plain[iri] if other not in seen]
        seen.update(new)
        for other in new:
            yield other
            queue.append(other)


def middle(points: list[Point]) -> Point:
    """The centre of some points."""
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def below(grid: Grid) -> Point:
    """Under everything that has a place, where the parts without a connection gather."""
    return (0.0, (max((row for _, row in grid.taken), default=0) + 4) * CELL_HEIGHT)

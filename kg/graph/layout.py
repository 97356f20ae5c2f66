"""Where the nodes of a network stand: a readable core by force, the rest in free cells around what they belong to.

Positions are pixels at zoom 1. Every node has a cell of its own, as wide as a label, so no two labels overlap.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Network, records

Report: TypeAlias = Callable[[int, int], object]
Point: TypeAlias = tuple[float, float]
Cell: TypeAlias = tuple[int, int]
CELL_WIDTH, CELL_HEIGHT = 160.0, 92.0
FORCE_LIMIT = 499  # networkx lays out larger graphs through scipy, which the package does not need otherwise
WIDE = 1.3  # how far from round the core is, as screens are
ROOM = 2.2
EVEN = 0.75  # of the way to a disc that is filled evenly
BLOCK = 4  # cells, across
COMMON = 1.5  # the logarithm of the degree from which a node ties the picture together rather than frays it


@dataclass
class Grid:
    """Cells, each for one node; ``searched`` tells of each block how far around one cell all others are taken."""

    taken: set[Cell] = field(default_factory=set)
    searched: dict[Cell, tuple[Cell, int]] = field(default_factory=dict)

    def settle(self, near: Point) -> Point:
        """The centre of the free cell nearest to a point, which is taken from now on."""
        centre = (round(near[0] / CELL_WIDTH), round(near[1] / CELL_HEIGHT))
        block = (centre[0] // BLOCK, centre[1] // (2 * BLOCK))
        known, full = self.searched.get(block, (centre, 0))
        radius = max(0, full - max(abs(known[0] - centre[0]), math.ceil(abs(known[1] - centre[1]) / 2)))
        while not (free := [cell for cell in ring(centre, radius) if cell not in self.taken]):
            radius += 1
        if radius > full:
            self.searched[block] = (centre, radius)
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
    degrees = dict(network.degree())
    for statement in rank_statements(network, degrees):
        new = [iri for iri in (statement, *network.successors(statement)) if iri not in chosen]
        if len(chosen) + len(new) <= limit:
            chosen.update(dict.fromkeys(new))
    return list(chosen) or sorted(network, key=lambda iri: (-degrees[iri], iri))[:limit]


def rank_statements(network: Network, degrees: Mapping[str, int]) -> list[str]:
    """Events, then documents, those that join most first: each draws in what it names."""
    found = [record for record in records(network) if record.kind in ("Event", "Document")]
    found.sort(key=lambda record: (record.kind != "Event", -weight(network, record.iri, degrees), record.iri))
    return [record.iri for record in found]


def weight(network: Network, statement: str, degrees: Mapping[str, int]) -> float:
    """How much it joins: what many name counts for it, what hardly anything else names counts against it."""
    return sum(math.log2(degrees[iri]) - COMMON for iri in network.successors(statement))


def make_layout(
    network: nx.Graph, core: Iterable[str], seed: int = 1, *, room: float = ROOM, report: Report | None = None
) -> dict[str, Point]:
    """A place for every node of a graph, the same for the same graph.

    ``room`` is how many cells a node of the core has on average; ``report`` is told (done, of how many nodes).
    """
    plain, grid, report = nx.Graph(network), Grid(), report or (lambda done, total: None)
    near_first = force(part(plain, list(core)[:FORCE_LIMIT]), seed, room)
    places = {iri: grid.settle(point) for iri, point in near_first.items()}
    apart: Point | None = None
    for iri in outwards(plain, places):
        near = [places[other] for other in plain[iri] if other in places]
        apart = apart or (None if near else below(grid))
        places[iri] = grid.settle(middle(near) if near else apart or (0.0, 0.0))
        report(len(places), len(plain))
    return places


def part(plain: nx.Graph, chosen: list[str]) -> nx.Graph:
    """The graph of the chosen nodes, in their order: networkx' own subgraph iterates in the order of hashing."""
    graph = nx.Graph()
    graph.add_nodes_from(chosen)
    pairs = ((a, b) for a in chosen for b in plain[a] if b in graph)
    graph.add_edges_from((a, b, {"weight": plain.edges[a, b].get("weight", 1)}) for a, b in pairs)
    return graph


def force(plain: nx.Graph, seed: int, room: float = ROOM) -> dict[str, Point]:
    """Spring layout, scaled so that a node has ``room`` cells on average; the best connected settle first."""
    if not plain:
        return {}
    side = math.sqrt(room * len(plain) * CELL_WIDTH * CELL_HEIGHT) / 2
    points = spread(nx.spring_layout(plain, k=2.4 / math.sqrt(len(plain)), iterations=150, seed=seed))
    order = sorted(plain, key=lambda iri: (-plain.degree(iri), iri))
    return {iri: (points[iri][0] * side * WIDE, points[iri][1] * side / WIDE) for iri in order}


def spread(points: Mapping[str, Sequence[float]]) -> dict[str, Point]:
    """Points drawn towards where they would fill a disc evenly, so that a few outliers do not take all room."""
    far = {iri: math.hypot(x, y) for iri, (x, y) in points.items()}
    ranked = sorted(far, key=lambda iri: (far[iri], iri))
    even = {iri: math.sqrt((rank + 1) / len(far)) for rank, iri in enumerate(ranked)}
    scale = {iri: ((1 - EVEN) * far[iri] + EVEN * even[iri]) / (far[iri] or 1.0) for iri in far}
    return {iri: (float(x) * scale[iri], float(y) * scale[iri]) for iri, (x, y) in points.items()}


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

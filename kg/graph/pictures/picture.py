"""A graph of ties as marks and lines on a sheet, in pixels from its upper left corner."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.graph.drawing import Json, load_json
from kg.graph.layout import Point, Report, make_layout
from kg.graph.network import Node
from kg.graph.payload import clean, shorten
from kg.graph.pictures.ties import OFF, Tie, Ties
from kg.graph.terms import Label, Terms

MARGIN, HEAD, FOOT = 100.0, 64.0, 44.0
WRAP, LONGEST = 22, 62  # letters of a line, and of a label
LINE = "#7a8794"
LETTER, GAP, ROW = 7.5, 34.0, 20.0  # pixels of the legend: a letter of it, what lies between two keys, a row
EDGE = 28.0  # left of title and legend
CAPITAL = 12.0  # pixels that a letter of the title may take
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66)  # where on a line its number may stand
ROOM, BELOW = 30.0, 26.0  # pixels around it, and from a mark down to its name


@dataclass(frozen=True, slots=True)
class Mark:
    """A node: ``shape`` is one of pyvis' names, ``lines`` its label; ``dashed`` is ahead, ``struck`` called off."""

    x: float
    y: float
    radius: float
    shape: str
    colour: str
    lines: tuple[str, ...]
    dashed: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An edge from point to point; ``label`` is a number worth telling, which stands at ``spot``."""

    start: Point
    end: Point
    width: float
    dashed: bool = False
    struck: bool = False
    soft: bool = False
    label: str = ""
    spot: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend, whose mark stands at ``x`` and ``y``."""

    shape: str
    colour: str
    text: str
    x: float = 0.0
    y: float = 0.0

    @property
    def width(self) -> float:
        """The room that it takes."""
        return GAP + LETTER * len(self.text)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn."""

    title: str
    width: float
    height: float
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    keys: tuple[Key, ...]


def make_picture(ties: Ties, terms: Terms, title: str, language: str, report: Report | None = None) -> Picture:
    """The picture of a graph; labels in Russian ("ru") or English ("en").

    ``report`` is told of the layout as (nodes placed, nodes in all).
    """
    places = make_layout(ties, list(ties), report=report)
    left, top = (min((place[axis] for place in places.values()), default=0.0) for axis in (0, 1))
    right, low = (max((place[axis] for place in places.values()), default=0.0) for axis in (0, 1))
    points = {iri: (x - left + MARGIN, y - top + MARGIN + HEAD) for iri, (x, y) in places.items()}
    width, foot = max(right - left + 2 * MARGIN, 640.0), low - top + 2 * MARGIN + HEAD
    keys = tuple(place_keys(make_keys(ties, terms, language), width, foot + FOOT / 2))
    return Picture(
        title=shorten(clean(title), int((width - 2 * EDGE) / CAPITAL)),
        width=width,
        height=max((key.y for key in keys), default=foot) + FOOT / 2,
        lines=tuple(make_lines(ties, points)),
        marks=tuple(make_mark(ties, iri, points[iri], terms, language) for iri in ties),
        keys=keys,
    )


def make_mark(ties: Ties, iri: str, point: Point, terms: Terms, language: str) -> Mark:
    """One node: the more it is tied, the larger."""
    node: Node = ties.nodes[iri]["record"]
    kind = load_json("kinds")[node.kind]
    strength = sum(data["tie"].weight for _, _, data in ties.edges(iri, data=True))
    return Mark(
        x=round(point[0], 1),
        y=round(point[1], 1),
        radius=round(kind["size"] * 0.7 + 2 * math.log2(1 + strength), 1),
        shape=kind["shape"],
        colour=find_region(node.iso2)["color"] if node.kind == "Country" else kind["light"],
        lines=wrap(name_node(node, terms, language)),
        dashed=node.status in ("planned", "prepared"),
        struck=node.status == OFF,
    )


def name_node(node: Node, terms: Terms, language: str) -> str:
    """What stands beside a node: a name, with the code of a country, or the type and date of an event."""
    if node.kind == "Event":
        kind = speak(terms.label(node.type), language)
        return clean(f"{kind} {node.when.start}" if node.when else kind)
    name = clean(speak(node.label, language)) or clean(node.iri)
    return f"{name} {clean(node.iso2)}" if node.iso2 else name


def wrap(text: str) -> tuple[str, ...]:
    """A label on at most three lines."""
    return tuple(textwrap.wrap(shorten(text, LONGEST), WRAP, max_lines=3, placeholder="…")) or ("",)


def make_lines(ties: Ties, points: dict[str, Point]) -> Iterator[Line]:
    """The edges, those that stand for most on top."""
    taken = [*points.values(), *((x, y + BELOW) for x, y in points.values())]  # marks and the names below them
    for a, b, data in sorted(ties.edges(data=True), key=lambda edge: edge[2]["tie"].weight):
        yield make_line(points[a], points[b], data["tie"], taken)


def make_line(start: Point, end: Point, tie: Tie, taken: list[Point]) -> Line:
    """One edge: the more it stands for, the wider; its number stands where no mark and no other number does."""
    spot = find_spot(start, end, taken) if tie.weight > 1 else None
    if spot is not None:
        taken.append(spot)
    return Line(
        start=start,
        end=end,
        width=0.7 if tie.soft else round(1.0 + 1.1 * math.log2(max(tie.weight, 1.0)), 2),
        dashed=tie.status == "planned",
        struck=tie.status == OFF,
        soft=tie.soft,
        label=f"{tie.weight:g}" if spot else "",
        spot=spot or (0.0, 0.0),
    )


def find_spot(start: Point, end: Point, taken: list[Point]) -> Point | None:
    """A place on a line where nothing else stands."""
    for share in SPOTS:
        spot = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        if all(math.dist(spot, other) > ROOM for other in taken):
            return spot
    return None


def find_region(iso2: str | None) -> Json:
    """The region of a country, for its colour; a plain one for a code that stands in none."""
    regions = load_json("regions").values()
    return next((region for region in regions if iso2 in region["codes"].split()), load_json("nowhere", "pictures"))


def make_keys(ties: Ties, terms: Terms, language: str) -> Iterator[Key]:
    """The legend: the kinds that are drawn, and the regions of the countries."""
    drawn = {data["record"].kind for _, data in ties.nodes(data=True)}
    kinds = load_json("kinds")
    for name in kinds:
        if name in drawn and name != "Country":
            yield Key(kinds[name]["shape"], kinds[name]["light"], speak(terms.label(name), language))
    codes = [data["record"].iso2 for _, data in ties.nodes(data=True) if data["record"].kind == "Country"]
    for region in {region["color"]: region for region in map(find_region, codes)}.values():
        yield Key(kinds["Country"]["shape"], region["color"], speak(Label(*region["name"]), language))


def place_keys(keys: Iterable[Key], width: float, top: float) -> Iterator[Key]:
    """The legend with its places, in as many rows from ``top`` on as a sheet of that width needs."""
    x, y = EDGE, top
    for key in keys:
        if x > EDGE and x + key.width > width:
            x, y = EDGE, y + ROW
        yield replace(key, x=x, y=y)
        x += key.width


def speak(label: Label, language: str) -> str:
    """A label in one of the two languages."""
    return label.en if language == "en" else label.ru

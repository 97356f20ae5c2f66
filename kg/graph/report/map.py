"""The places of a report on a map: a graticule, the outline of the land, and a mark for each place, as SVG.

Degrees are drawn alike in both directions at the middle of the map. There are no borders of states.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from kg.config import data_path
from kg.graph.report.briefing import Point, Spot
from kg.graph.report.pen import Pen, escape

Box: TypeAlias = tuple[float, float, float, float]
Ring: TypeAlias = tuple[Point, ...]
WIDTH, LEAST, ROOM = 720.0, 12.0, 0.18  # pixels; degrees that a map shows at least; the margin around all places
STEPS = (2, 5, 10, 20, 30)  # degrees between two lines
LINES = 9
POLE, EDGE = 84.0, 85.0  # degrees of latitude: beyond the first none is drawn, beyond the second no map reaches
SEA, LAND, RULE, INK, DOT = "#dfe9f1", "#f6f3ea", "#bcc7d0", "#1c2126", "#b3421b"
LETTER, HIGH = 6.4, 14.0  # pixels of a label
LABELS = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows, in degrees, and how large a degree is drawn."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Pixels of a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is, in the middle of the map."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale * self.stretch

    def place(self, point: Point) -> Point:
        """Where a point lies on the sheet; the poles lie at its edge."""
        x = (point[0] - self.west) * self.scale
        return x, (self.north - bound(point[1], POLE)) * self.scale * self.stretch


def draw_map(spots: Iterable[Spot], pen: Pen) -> str:
    """The map of the places that it is known where they lie; empty where there is none."""
    known = [(spot, spot.point) for spot in spots if spot.point is not None]
    if not known:
        return ""
    frame = make_frame([point for _, point in known])
    high = frame.height
    view = f'viewBox="0 0 {WIDTH:.0f} {high:.0f}" role="img" aria-label="{pen.word("map_title")}"'
    ground = f'<rect width="{WIDTH:.0f}" height="{high:.0f}" fill="{SEA}"/>'
    land = f'<path d="{draw_land(frame)}" fill="{LAND}" stroke="{RULE}" stroke-width="0.7"/>'
    lines = f'<g stroke="{RULE}" stroke-width="0.6" fill="{INK}">{"".join(draw_lines(frame))}</g>'
    marks = "".join(draw_spots(known, frame, pen))
    return f'<figure class="map"><svg {view}>{ground}{land}{lines}{marks}</svg></figure>'


def make_frame(points: Sequence[Point]) -> Frame:
    """What shows all points with some room, no less than LEAST degrees and no higher than wide."""
    west, east = widen(min(x for x, _ in points), max(x for x, _ in points), LEAST)
    latitudes = [bound(y, POLE) for _, y in points]
    south, north = widen(min(latitudes), max(latitudes), LEAST / 2)
    south, north = bound(south, EDGE), bound(north, EDGE)
    wide, high = east - west, (north - south) / math.cos(math.radians((south + north) / 2))
    if high > wide * 0.8:
        west, east = widen(west, east, high / 0.8, 0)
    if high < wide * 0.35:
        more = (wide * 0.35 - high) * math.cos(math.radians((south + north) / 2)) / 2
        south, north = bound(south - more, EDGE), bound(north + more, EDGE)
    return Frame(west, south, east, north)


def bound(latitude: float, most: float) -> float:
    """The latitude, no further from the equator than is drawn."""
    return max(-most, min(most, latitude))


def widen(low: float, high: float, least: float, room: float = ROOM) -> tuple[float, float]:
    """The stretch with room on both sides, around the same middle."""
    half = max((high - low) * (1 + 2 * room), least) / 2
    return (low + high) / 2 - half, (low + high) / 2 + half


@cache
def load_land() -> tuple[tuple[Box, Ring], ...]:
    """The rings of data/report/land.txt with their bounds."""
    lines = data_path("report", "land.txt").read_text(encoding="ascii").splitlines()
    rings = [tuple(parse_point(pair) for pair in line.split()) for line in lines]
    return tuple((find_box(ring), ring) for ring in rings)


def parse_point(pair: str) -> Point:
    x, y = pair.split(",")
    return float(x), float(y)


def find_box(ring: Ring) -> Box:
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def draw_land(frame: Frame) -> str:
    """The land that the frame touches; what lies east of 180° or west of -180° is drawn as well."""
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        for (west, south, east, north), ring in load_land():
            if overlap((west + turn, south, east + turn, north), (frame.west, frame.south, frame.east, frame.north)):
                parts.append(draw_ring(clip([(x + turn, y) for x, y in ring], frame), frame))
    return "".join(parts)


def clip(ring: list[Point], frame: Frame) -> list[Point]:
    """The part of a ring that lies in the frame, side after side (Sutherland and Hodgman)."""
    sides = ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1))
    for axis, bound, sign in sides:
        ring = list(cut_side(ring, axis, bound, sign))
    return ring


def cut_side(ring: list[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was, is_in = (sign * (p[axis] - bound) >= 0 for p in (before, point))
        if was != is_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            yield before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])
        if is_in:
            yield point


def draw_ring(ring: list[Point], frame: Frame) -> str:
    """A closed path; corners that fall on one pixel are drawn once."""
    corners = dict.fromkeys(f"{x:.0f} {y:.0f}" for x, y in map(frame.place, ring))
    return "M" + "L".join(corners) + "Z" if len(corners) > 2 else ""


def draw_lines(frame: Frame) -> Iterator[str]:
    """Meridians and parallels with their degrees, less than LINES each way."""
    wide = frame.east - frame.west
    step = next((step for step in STEPS if wide / step < LINES), 60)
    for degree in range(math.ceil(frame.west / step) * step, math.floor(frame.east) + 1, step):
        x, _ = frame.place((degree, 0))
        yield f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{frame.height:.1f}"/>'
        yield write(x + 2, frame.height - 3, name_degree((degree + 180) % 360 - 180, "W", "E"), 9, INK)
    for degree in range(math.ceil(frame.south / step) * step, math.floor(frame.north) + 1, step):
        _, y = frame.place((0, degree))
        yield f'<line x1="0" y1="{y:.1f}" x2="{WIDTH:.0f}" y2="{y:.1f}"/>'
        yield write(2, y - 2, name_degree(degree, "S", "N"), 9, INK)


def name_degree(degree: int, minus: str, plus: str) -> str:
    return f"{abs(degree)}°{minus if degree < 0 else plus if degree > 0 else ''}"


def draw_spots(known: list[tuple[Spot, Point]], frame: Frame, pen: Pen) -> Iterator[str]:
    """The marks, as large as there are events, then the names for which there is room."""
    marks = [(spot, *frame.place(point), 3 + 1.6 * math.sqrt(spot.events)) for spot, point in known]
    for _, x, y, radius in reversed(marks):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{DOT}" fill-opacity="0.75" stroke="#fff"/>'
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, x, y, r in marks]
    for spot, x, y, radius in marks[:LABELS]:
        text = pen.speak(spot.place.label)[:40]
        for box in list_boxes(x, y, radius, LETTER * len(text), frame):
            if not any(overlap(box, other) for other in taken):
                taken.append(box)
                yield write(box[0] + 2, box[3] - 3.5, text, 11.5, INK, halo=True)
                break


def list_boxes(x: float, y: float, radius: float, wide: float, frame: Frame) -> Iterator[Box]:
    """Where a name may stand: right, left, above or below its mark, as long as that is on the map."""
    corners = (
        (x + radius + 1, y - HIGH / 2),
        (x - radius - wide - 5, y - HIGH / 2),
        (x - wide / 2, y - radius - HIGH),
        (x - wide / 2, y + radius),
    )
    for left, top in corners:
        if left >= 0 and left + wide + 4 <= WIDTH and top >= 0 and top + HIGH <= frame.height:
            yield left, top, left + wide + 4, top + HIGH


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def write(x: float, y: float, text: str, size: float, colour: str, halo: bool = False) -> str:
    edge = ' stroke="#fff" stroke-width="2.5" paint-order="stroke"' if halo else ' stroke="none"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{edge}>{escape(text, 60)}</text>'

"""The map: everything known is on it, in its place; names do not cover each other."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.network import Node
from kg.graph.report.briefing import Point, Spot
from kg.graph.report.map import WIDTH, draw_map, load_land, make_frame
from kg.graph.report.pen import Pen, load_words
from kg.graph.terms import Label, load_terms

PEN = Pen("ru", load_terms(), load_words("ru"), {})
CITIES = {"Бишкек": (74.59, 42.87), "Лондон": (-0.13, 51.51), "Веллингтон": (174.78, -41.29), "Анадырь": (177.5, 64.7)}
POINTS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def make_spot(name: str, point: Point | None, events: int = 1) -> Spot:
    return Spot(Node(f"id:city/{name}", "City", "City", Label(name, name)), point, events, ())


@pytest.mark.parametrize("names", [["Бишкек"], ["Бишкек", "Лондон"], list(CITIES)])
def test_marks_and_names(names: list[str]) -> None:
    drawn = draw_map([make_spot(name, CITIES[name]) for name in names], PEN)
    root = ElementTree.fromstring(drawn)
    assert len(list(root.iter("circle"))) == len(names)
    assert set(names) <= {text.text for text in root.iter("text")}
    high = float(root.find("svg").attrib["viewBox"].split()[3])  # type: ignore[union-attr]
    for circle in root.iter("circle"):
        assert 0 < float(circle.attrib["cx"]) < WIDTH
        assert 0 < float(circle.attrib["cy"]) < high


def test_without_places_there_is_no_map() -> None:
    assert draw_map([], PEN) == ""
    assert draw_map([make_spot("нигде", None)], PEN) == ""


def test_land_is_there() -> None:
    assert len(load_land()) > 100
    path = re.search(r'<path d="([^"]+)"', draw_map([make_spot("Бишкек", CITIES["Бишкек"])], PEN))
    assert path is not None
    assert path[1].startswith("M")


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_any_points_are_within_their_map(points: list[Point]) -> None:
    frame = make_frame(points)
    assert 0 < frame.height <= WIDTH
    for x, y in map(frame.place, points):
        assert -1 <= x <= WIDTH + 1
        assert -1 <= y <= frame.height + 1


def test_names_of_neighbours_do_not_overlap() -> None:
    spots = [make_spot(f"Город {number}", (70 + number / 50, 40.0)) for number in range(30)]
    root = ElementTree.fromstring(draw_map(spots, PEN))
    named = [text for text in root.iter("text") if (text.text or "").startswith("Город")]
    assert 1 <= len(named) < 30

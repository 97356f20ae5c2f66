"""The two levels as the page draws them."""

from __future__ import annotations

import itertools
import math

import pytest

from kg.config import data_path
from kg.graph.drawing import LARGEST, MOST_ACTORS, draw_levels, load_json, make_levels
from kg.graph.layout import CELL_HEIGHT, CELL_WIDTH, make_layout, select_core, spread
from kg.graph.network import records
from kg.graph.trial import make_trial
from kg.knowledge.tables import load_tables


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, object]]:
    network = make_trial(600)
    return draw_levels(network, make_levels(network, 120))


def test_levels_have_all_their_nodes_and_open_on_a_part(drawn: dict[str, dict[str, list[dict[str, float]]]]) -> None:
    network = make_trial(600)
    kinds = [record.kind for record in records(network)]
    assert len(drawn["events"]["nodes"]) == len(network)
    assert {kinds[int(node["id"])] for node in drawn["actors"]["nodes"]} == {"Person", "Country"}
    assert 0 < len(drawn["events"]["core"]) <= 120
    assert 0 < len(drawn["actors"]["core"]) <= MOST_ACTORS
    assert all(node["size"] <= LARGEST for level in drawn.values() for node in level["nodes"])


def test_each_pair_has_one_edge(drawn: dict[str, dict[str, list[dict[str, int]]]]) -> None:
    for level in drawn.values():
        pairs = [(edge["from"], edge["to"]) for edge in level["edges"]]
        assert len(set(pairs)) == len(pairs)


def test_no_two_nodes_share_a_cell() -> None:
    network = make_trial(400)
    places = make_layout(network, select_core(network, 100))
    assert set(places) == set(network)
    for (ax, ay), (bx, by) in itertools.combinations(places.values(), 2):
        assert abs(ax - bx) >= CELL_WIDTH / 2 or abs(ay - by) >= CELL_HEIGHT
        assert abs(ay - by) >= CELL_HEIGHT or abs(ax - bx) >= CELL_WIDTH


def test_same_network_same_places() -> None:
    network = make_trial(300)
    assert make_layout(network, select_core(network, 50)) == make_layout(network, select_core(network, 50))


def test_spread_keeps_the_directions_and_uses_the_room() -> None:
    points = {"a": (0.01, 0.0), "b": (0.0, 0.02), "c": (1.0, 0.0), "d": (0.0, 0.0)}
    found = spread(points)
    assert found["a"][1] == 0.0
    assert found["b"][0] == 0.0
    assert math.hypot(*found["b"]) > 0.3
    assert found["c"] == (1.0, 0.0)


def test_every_country_has_one_region() -> None:
    codes = [code for region in load_json("regions").values() for code in region["codes"].split()]
    assert len(set(codes)) == len(codes)
    assert {row.iso2 for row in load_tables().countries} <= set(codes)


def test_tones_are_of_known_types() -> None:
    known = {path.stem for path in data_path("events").glob("*.toml")}
    assert {name.lower() for tone in load_json("tones").values() for name in tone["types"]} <= known


def test_the_page_speaks_both_languages_of_the_same_things() -> None:
    strings = load_json("strings")
    assert set(strings["ru"]) == set(strings["en"])

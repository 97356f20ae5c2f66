"""Pictures and files of the network: read back by others, legible, the same for the same network."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.graph.mapping import extraction_quads
from kg.graph.network import Network, make_network
from kg.graph.pictures.graphml import dump_actors, dump_events
from kg.graph.pictures.picture import Key, Picture, find_region, make_picture, place_keys
from kg.graph.pictures.png import dump_png
from kg.graph.pictures.shapes import SHAPES, find_corners
from kg.graph.pictures.svg import dump_svg
from kg.graph.pictures.ties import Ties, make_ties
from kg.graph.store import Store, open_store
from kg.graph.terms import load_terms
from tests.graph.view.test_view_safety import PAYLOADS, hostile_extraction

SVG = "{http://www.w3.org/2000/svg}"
SHAPED = ("svg", "title", "rect", "text", "tspan", "g", "line", "circle", "polygon", "path")


@pytest.fixture(scope="module")
def network(full: Store) -> Network:
    return make_network(full)


@pytest.fixture(scope="module", params=["actors", "events"])
def ties(request: pytest.FixtureRequest, network: Network) -> Ties:
    return make_ties(network, request.param)


@pytest.fixture(scope="module")
def picture(ties: Ties) -> Picture:
    return make_picture(ties, load_terms(), "Сеть <1>", "ru")


def test_svg_parses_and_names_all(picture: Picture) -> None:
    root = ElementTree.fromstring(dump_svg(picture))
    texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for name in ("Сеть <1>", "Садыр Жапаров", "Киргизия KG", "человек", "Восточная Европа"):
        assert name in texts
    assert len(list(root.iter(f"{SVG}line"))) == len(picture.lines)


def test_svg_loads_and_runs_nothing(picture: Picture) -> None:
    page = dump_svg(picture).decode()
    assert not re.search(r"<(?:script|image|foreignObject|use|style|a)\b|href|\son\w+=|url\(", page)


def test_labels_stand_apart(picture: Picture) -> None:
    for number, a in enumerate(picture.marks):
        for b in picture.marks[number + 1 :]:
            assert abs(a.x - b.x) >= 150 or abs(a.y - b.y) >= 80
        assert 0 < a.x < picture.width
        assert 0 < a.y < picture.height


def test_legend_and_title_stay_on_a_small_sheet(network: Network) -> None:
    small = network.subgraph(list(network)[:2])
    drawn = make_picture(make_ties(small, "events"), load_terms(), "Ж" * 200, "ru")
    assert len(drawn.title) * 11 < drawn.width
    keys = [Key("circle", "#000000", "Центральная Азия и Закавказье")] * 9
    placed = list(place_keys(keys, drawn.width, 100.0))
    assert all(key.x + key.width <= drawn.width for key in placed)
    assert len({(key.x, key.y) for key in placed}) == 9
    assert max(key.y for key in drawn.keys) < drawn.height


def test_countries_of_no_region_have_a_colour_and_a_name() -> None:
    assert find_region("ZZ")["name"] == ["Другие страны", "Other countries"]


def test_png_has_a_size_and_ink(picture: Picture) -> None:
    image = pytest.importorskip("matplotlib.image", reason="needs matplotlib: pip install 'diplomatic-kg[draw]'")
    written = dump_png(picture)
    assert written.startswith(b"\x89PNG\r\n")
    pixels = image.imread(io.BytesIO(written))
    assert pixels.shape[:2] == (round(picture.height), round(picture.width))
    dark = (pixels[..., :3].min(axis=2) < 0.5).mean()
    assert 0.002 < dark < 0.3
    assert dump_png(picture) == written


def test_without_matplotlib_the_error_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "matplotlib.py").write_text("raise ImportError('not here')")
    code = (
        "from kg.graph.pictures.picture import Picture\nfrom kg.graph.pictures.png import dump_png\n"
        "from kg.errors import KgError\n"
        "try:\n    dump_png(Picture('x', 10, 10, (), (), ()))\nexcept KgError as error:\n    print(error)"
    )
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"]
    assert "pip install 'diplomatic-kg[draw]'" in subprocess.run(command, capture_output=True, text=True).stdout


def test_graphml_reads_back(network: Network) -> None:
    graph = nx.read_graphml(io.BytesIO(dump_events(network)), force_multigraph=True)
    assert (len(graph), graph.number_of_edges()) == (len(network), network.number_of_edges())
    node = next(data for _, data in graph.nodes(data=True) if data["label"] == "визит Владимира Путина в Киргизию")
    assert (node["type"], node["status"], node["date"], node["rank"]) == ("Visit", "occurred", "2025-11-25", "state")
    assert node["evidence"] == "Гость прилетел в Бишкек накануне с государственным визитом."
    actors = nx.read_graphml(io.BytesIO(dump_actors(make_ties(network, "actors"))))
    edge = actors.edges[f"{network.graph['base']}person/sadyr-japarov", f"{network.graph['base']}person/vladimir-putin"]
    assert (edge["weight"], edge["kinds"]) == (2.0, "Talks 1, Invitation 1")


def test_planned_ties_are_dashed_and_weights_widen(network: Network) -> None:
    drawn = make_picture(make_ties(network, "actors"), load_terms(), "", "en")
    assert any(line.dashed for line in drawn.lines)
    widths = {line.width for line in drawn.lines}
    assert len(widths) > 1


def test_most_actors_keeps_the_chosen(network: Network) -> None:
    chosen = f"{network.graph['base']}organization/cis"
    few = make_ties(network, "actors", 3, (chosen,))
    assert len(few) == 3
    assert chosen in few


@pytest.mark.parametrize("shape", SHAPES)
def test_corners_lie_around_the_middle(shape: str) -> None:
    corners = find_corners(shape, 50, 50, 10)
    assert len(corners) >= 3
    assert all(abs(x - 50) <= 10.1 and abs(y - 50) <= 10.1 for x, y in corners)


def test_hostile_names_are_text(base: str) -> None:
    with open_store(None) as store:
        for number, payload in enumerate([*PAYLOADS, "Ж" * 10_000, "А\ufffe\uffffБ"]):
            made = hostile_extraction(number, payload)
            store.replace_article(made.article.id, extraction_quads(made, base))
        network = make_network(store)
    for level in ("actors", "events"):
        ties = make_ties(network, level)
        root = ElementTree.fromstring(dump_svg(make_picture(ties, load_terms(), PAYLOADS[0], "ru")))
        allowed = {f"{SVG}{name}" for name in SHAPED}
        assert {element.tag for element in root.iter()} <= allowed
        assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
    assert len(nx.read_graphml(io.BytesIO(dump_events(network)), force_multigraph=True)) == len(network)

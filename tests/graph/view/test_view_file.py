"""The page as a file: whole, small, the same for the same network."""

from __future__ import annotations

import io
import re
from pathlib import Path

import networkx as nx

from kg.graph.network import Network, make_network
from kg.graph.store import open_store
from kg.graph.trial import make_trial
from kg.graph.view import dump_view, make_page, unpack
from tests.graph.view.conftest import OpenPage


def test_page_is_whole_and_asks_for_nothing(network: Network) -> None:
    page = make_page(network, title="<b>%%data%%</b>")
    assert "<title>&lt;b&gt;%%data%%&lt;/b&gt;</title>" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page.split("</head>")[0]
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=", page)
    assert unpack(page)["title"] == "<b>%%data%%</b>"


def test_same_network_same_bytes(network: Network) -> None:
    first, second = io.StringIO(), io.StringIO()
    dump_view(network, first)
    dump_view(network, second)
    assert first.getvalue() == second.getvalue()


def test_file_is_utf8_with_unix_line_ends(path: Path) -> None:
    assert b"\r" not in path.read_bytes().split(b"<script>")[0]
    assert "<title>Сеть</title>" in path.read_text("utf-8")
    assert "Садыр Жапаров" in [node["name"][0] for node in unpack(path.read_text("utf-8"))["nodes"]]


def test_size() -> None:
    """The libraries, and little for each node."""
    empty = len(make_page(nx.MultiDiGraph(base="")).encode())
    assert empty < 1_400_000
    trial = make_trial(2000)
    assert len(make_page(trial).encode()) < 1_600_000 + 300 * len(trial)


def test_level_and_language_are_chosen_beforehand(open_page: OpenPage, network: Network, tmp_path: Path) -> None:
    dump_view(network, tmp_path / "page.html", language="en", level="events")
    page = open_page(tmp_path / "page.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("button", name="Events", exact=True).get_attribute("aria-pressed") == "true"


def test_report_of_the_layout(network: Network) -> None:
    told: list[tuple[int, int]] = []
    make_page(network, core_size=5, report=lambda done, total: told.append((done, total)))
    assert told[-1] == (18, 18)
    assert told == sorted(told)


def test_empty_network_opens(open_page: OpenPage, tmp_path: Path) -> None:
    target = tmp_path / "empty.html"
    with open_store(None) as store:
        dump_view(make_network(store), target)
    page = open_page(target)
    assert page.locator("#count").inner_text() == "узлов показано: 0 из 0"
    assert page.locator("#empty").inner_text() == "Здесь пока нет ни событий, ни документов."
    assert not page.locator("#time").is_visible()

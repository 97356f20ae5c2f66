"""The page as a file: whole, small, the same for the same network."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import networkx as nx

from kg.graph.network import Network, make_network
from kg.graph.store import open_store
from kg.graph.view import dump_view, make_page
from tests.graph.view.conftest import OpenPage


def read_data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_page_is_whole_and_asks_for_nothing(network: Network) -> None:
    page = make_page(network, title="<b>%%data%%</b>")
    assert "<title>&lt;b&gt;%%data%%&lt;/b&gt;</title>" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page.split("</head>")[0]
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=", page)
    assert read_data(page)["title"] == "<b>%%data%%</b>"


def test_same_network_same_bytes(network: Network) -> None:
    first, second = io.StringIO(), io.StringIO()
    dump_view(network, first)
    dump_view(network, second)
    assert first.getvalue() == second.getvalue()


def test_file_is_utf8_with_unix_line_ends(path: Path) -> None:
    assert b"\r" not in path.read_bytes().split(b"<script>")[0]
    assert "Садыр" in path.read_text("utf-8")


def test_size(network: Network) -> None:
    """The library, and little for each node."""
    empty = len(make_page(nx.MultiDiGraph(base="")).encode())
    assert empty < 760_000
    assert len(make_page(network).encode()) - empty < 18 * 1500


def test_empty_network_opens(open_page: OpenPage, tmp_path: Path) -> None:
    target = tmp_path / "empty.html"
    with open_store(None) as store:
        dump_view(make_network(store), target)
    page = open_page(target)
    assert page.locator("#count").inner_text() == "узлов показано: 0 из 0"

"""A page that a server gives takes in more of the store; one that stands alone does not."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph.drawing import make_levels
from kg.graph.network import Network, records
from kg.graph.payload import Setting, make_payload
from kg.graph.terms import load_terms
from kg.graph.view import make_page
from tests.graph.view.conftest import OpenPage
from tests.graph.view.hands import panel, search, shown, wait_true

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, whatever the query, and keeps silent."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address(network: Network, tmp_path: Path) -> Iterator[str]:
    """A server with the page of the talks alone and the data of all."""
    talks = next(record.iri for record in records(network) if record.type == "Talks")
    part = network.subgraph([talks, *network.successors(talks)]).copy()
    (tmp_path / "view.html").write_text(make_page(part, level="events", source="data.json"), encoding="utf-8")
    payload = make_payload(network, make_levels(network, 120), load_terms(), Setting(""))
    (tmp_path / "data.json").write_text(json.dumps(payload), encoding="utf-8")
    handler = functools.partial(QuietHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{address}/view.html")
    page.locator("html[data-ready]").wait_for(state="attached")
    yield page
    page.close()


def test_takes_in_what_lies_around_a_node(page: Page) -> None:
    assert page.evaluate("data.nodes.length") < 12
    links, quotes = page.evaluate("data.links.length"), page.evaluate("data.quotes.length")
    search(page, "жапаров")
    page.get_by_role("button", name="Загрузить из хранилища").click()
    wait_true(page, "data.nodes.length === 18")
    assert {"встреча СНГ", "приглашение Садыра Жапарова"} <= shown(page)
    assert page.evaluate("data.links.length") > links
    assert page.evaluate("data.quotes.length") > quotes
    assert "Приглашение" in panel(page)


def test_what_is_taken_in_twice_is_there_once(page: Page) -> None:
    search(page, "жапаров")
    for _ in range(2):
        page.get_by_role("button", name="Загрузить из хранилища").click()
        page.locator("#message", has_text="Загружено узлов").wait_for()
        page.evaluate("announce('')")
    for things in ("data.nodes.map((n) => n.id)", "data.links.map((l) => l.slice(0, 5).join())"):
        assert page.evaluate(f"new Set({things}).size === ({things}).length")
    pairs = "data.levels.actors.edges.map((e) => `${e.from} ${e.to}`)"
    assert page.evaluate(f"new Set({pairs}).size === ({pairs}).length")


def test_a_name_that_the_page_does_not_know_is_asked_of_the_store(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("встреча снг")
    page.keyboard.press("Enter")
    wait_true(page, "data.nodes.length === 18")
    page.locator("#panel h2").wait_for()
    assert page.locator("#panel h2").inner_text() == "встреча СНГ"


def test_filters_count_what_was_taken_in(page: Page) -> None:
    assert page.evaluate("statements.length") == 2
    page.evaluate("loadMore('x')")
    wait_true(page, "data.nodes.length === 18")
    assert page.evaluate("counts.type.get('Visit')") == 2


def test_a_silent_server_is_said(page: Page) -> None:
    page.route("**/data.json*", lambda route: route.abort())
    page.evaluate("loadMore('x')")
    page.locator("#message", has_text="не нашлось").wait_for()


def test_a_page_that_stands_alone_asks_nobody(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events")
    search(page, "жапаров")
    assert not page.get_by_role("button", name="Загрузить из хранилища").is_visible()

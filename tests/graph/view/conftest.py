"""A page that is watched, and the networks that the pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from kg.graph.mapping import extraction_quads
from kg.graph.network import Network, make_network
from kg.graph.reference import reference_quads
from kg.graph.store import open_store
from kg.graph.view import dump_view
from kg.knowledge.tables import load_tables
from kg.records import Extraction

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'diplomatic-kg[test]'")

DESK = (1400, 900)
OpenPage: TypeAlias = "Callable[..., playwright.Page]"


@pytest.fixture
def open_page(browser: playwright.Browser) -> Iterator[OpenPage]:
    """Opens a file without a network; whatever the test does, no request leaves the page and its console is silent."""
    contexts, requests, complaints, expected = [], [], [], []

    def open_file(
        path: Path, fragment: str = "", size: tuple[int, int] = DESK, scheme: str = "light"
    ) -> playwright.Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="ru-RU", color_scheme=scheme, offline=True
        )
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri() + fragment)
        page.locator("html[data-ready]").wait_for(state="attached")
        contexts.append(context)
        expected.append(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert [url.split("#")[0] for url in requests if not url.startswith("blob:")] == expected
    assert complaints == []


@pytest.fixture(scope="session")
def network(extraction: Extraction, base: str) -> Network:
    """The hand-made article and the curated facts: 18 nodes."""
    with open_store(None) as store:
        store.load_reference(reference_quads(load_tables(), base), "1")
        store.replace_article(extraction.article.id, extraction_quads(extraction, base))
        return make_network(store)


@pytest.fixture(scope="session")
def path(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of that network."""
    path = tmp_path_factory.mktemp("view") / "сеть.html"
    dump_view(network, path, title="Сеть")
    return path

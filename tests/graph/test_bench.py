"""The benchmark's own parts: a bare page to compare with, and when a page counts as ready."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.bench import PATIENCE, dump_bare, open_page, time_page
from kg.graph.trial import make_trial
from kg.graph.view import dump_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_both_pages_of_a_small_network_are_ready(browser: Browser, tmp_path: Path) -> None:
    network = make_trial(40)
    dump_view(network, tmp_path / "ours.html")
    dump_bare(network, tmp_path / "bare.html")
    for path in sorted(tmp_path.iterdir()):
        assert 0 < time_page(browser, path) < PATIENCE


def test_the_bare_page_has_the_same_nodes(browser: Browser, tmp_path: Path) -> None:
    network = make_trial(40)
    dump_bare(network, tmp_path / "bare.html")
    with open_page(browser) as page:
        page.goto((tmp_path / "bare.html").as_uri())
        page.wait_for_function("() => typeof nodes !== 'undefined'")
        assert page.evaluate("nodes.length") == len(network)

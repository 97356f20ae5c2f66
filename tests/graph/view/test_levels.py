"""The two levels: actors joined by their events, and events with what they name; a switch between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.graph.view.conftest import OpenPage
from tests.graph.view.hands import click_edge, panel, search, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

PUTIN, JAPAROV = "Vladimir Putin", "Sadyr Japarov"


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    """The page as it opens: on the level of actors."""
    return open_page(path)


def test_opens_on_actors(page: Page) -> None:
    assert shown(page) == {PUTIN, JAPAROV, "Russia", "Kyrgyzstan", "Иван Придуманный", "CIS"}
    assert page.get_by_role("button", name="Участники").get_attribute("aria-pressed") == "true"


def test_one_edge_a_pair_with_the_number_of_events(page: Page) -> None:
    pairs = page.evaluate(
        "edges.get().map((e) => [data.nodes[e.from].name[1], data.nodes[e.to].name[1], e.label ?? ''])"
    )
    assert len({frozenset(pair[:2]) for pair in pairs}) == len(pairs)
    assert ["Kyrgyzstan", "Russia", "4"] in pairs
    assert [JAPAROV, PUTIN, "2"] in pairs


def test_an_edge_tells_its_events_by_kind(page: Page) -> None:
    click_edge(page, "Kyrgyzstan", "Russia")
    text = panel(page)
    for part in ("Что связывает", "Россия", "Киргизия", "Визит 1, переговоры 1", "Переговоры · 26 нояб. 2025"):
        assert part in text
    assert "26 ноября идут переговоры" in text


def test_events_that_are_only_planned_are_dashed(page: Page) -> None:
    dashed = page.evaluate(
        "edges.get().filter((e) => e.dashes?.[0] === 7).map((e) => [e.from, e.to].map((n) => data.nodes[n].name[0]))"
    )
    assert [set(pair) for pair in dashed] == [{"СНГ", "Садыр Жапаров"}]


def test_switch_without_reload(page: Page) -> None:
    page.evaluate("window.kept = 1")
    page.get_by_role("button", name="События", exact=True).click()
    assert page.evaluate("picture.nodes.length") == 18
    assert "level=events" in page.url
    page.get_by_role("button", name="Участники", exact=True).click()
    assert page.evaluate("picture.nodes.length") == 6
    assert page.evaluate("window.kept") == 1


def test_an_event_that_is_found_leads_to_its_level(page: Page) -> None:
    search(page, "приглашение")
    assert "позвал коллегу" in panel(page)
    page.get_by_role("button", name="Показать на уровне событий").click()
    assert page.evaluate("state.level") == "events"
    assert "приглашение Садыра Жапарова" in shown(page)
    assert "приглашение Садыра Жапарова" in panel(page)


def test_counterparts_lead_to_the_edge(page: Page) -> None:
    search(page, "жапаров")
    page.locator("#panel section", has_text="С кем чаще всего").get_by_role("button", name="Владимир Путин").click()
    assert "Что связывает" in panel(page)

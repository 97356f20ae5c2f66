"""Filters that compose, with counts that follow, the timeline, and the state in the address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.graph.view.conftest import OpenPage
from tests.graph.view.hands import count_of, search, shown, wait_true

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    return open_page(path, "#level=events")


def check(page: Page, facet: str, text: str) -> None:
    part = page.locator(f"details[data-facet={facet}]")
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.get_by_label(text).check()


def events(page: Page) -> set[str]:
    nodes = page.evaluate("picture.nodes.map((number) => data.nodes[number])")
    return {node["type"] for node in nodes if node["kind"] == "Event"}


def test_types(page: Page) -> None:
    check(page, "type", "Саммит")
    assert events(page) == {"Summit"}
    check(page, "type", "Визит")
    assert events(page) == {"Summit", "Visit"}
    assert page.locator("#matched").inner_text() == "подходит: 3 из 7 событий и документов"
    page.get_by_role("button", name="Снять фильтры").click()
    assert page.evaluate("picture.nodes.length") == 18


def test_filters_compose_and_counts_follow(page: Page) -> None:
    assert count_of(page, "Визит") == 2
    check(page, "status", "Запланировано")
    assert count_of(page, "Визит") == 1
    assert count_of(page, "Состоялось") == 3  # what another choice in this list would bring
    check(page, "type", "Визит")
    assert page.evaluate("[...matched].map((n) => data.nodes[n].name[0])") == ["поездка на озеро"]
    assert count_of(page, "Запланировано") == 1
    assert count_of(page, "Состоялось") == 1


@pytest.mark.parametrize(
    ("facet", "text", "expected"),
    [
        ("country", "Киргизия", {"Talks", "Visit", "Invitation", "Summit"}),
        ("person", "Иван Придуманный", {"Statement", "Visit"}),
        ("organization", "СНГ", {"Summit"}),
        ("topic", "Торговля", {"Talks"}),
        ("source", "Выдуманный вестник", {"Talks", "Visit", "Invitation", "Summit", "Statement"}),
    ],
)
def test_facets(page: Page, facet: str, text: str, expected: set[str]) -> None:
    check(page, facet, text)
    assert events(page) == expected


def test_confidence(page: Page) -> None:
    page.locator("#least").fill("95")
    assert "Talks" not in events(page)
    assert page.locator("#least-value").inner_text() == "≥ 95 %"


def test_dates(page: Page) -> None:
    page.locator("#from").fill("2025-11-26")
    page.locator("#from").press("Tab")
    assert events(page) == {"Talks", "Summit", "Visit"}
    page.locator("#until").fill("2025-11-27")
    page.locator("#until").press("Tab")
    assert events(page) == {"Talks", "Visit"}
    assert "from=2025-11-26&until=2025-11-27" in page.url


def test_range_is_dragged(page: Page) -> None:
    handle = page.locator("#timeline .vis-custom-time.until > div, #timeline .vis-custom-time.until").last
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] - 300, box["y"] + 30, steps=5)
    page.mouse.up()
    wait_true(page, "state.until !== ''")
    assert page.locator("#until").input_value() == page.evaluate("state.until")
    assert page.evaluate("matched.size") < 7


def test_play_moves_through_time(page: Page) -> None:
    page.get_by_role("button", name="Показать по порядку").click()
    wait_true(page, "state.from !== ''")
    first = page.evaluate("state.from")
    page.wait_for_function("first => state.from > first || !playing", arg=first)
    if page.evaluate("playing !== null"):
        page.get_by_role("button", name="Остановить").click()
    assert page.evaluate("playing") is None


def test_actors_count_only_what_the_filters_leave(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    check(page, "type", "Переговоры")
    assert shown(page) == {"Vladimir Putin", "Sadyr Japarov", "Russia", "Kyrgyzstan"}
    assert page.evaluate("picture.edges.every((edge) => edge.open.length === 1)")


def test_nothing_fits(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events&type=Talks&status=planned")
    assert page.locator("#empty").inner_text() == "Ничего не подходит под фильтры."


def test_a_link_reproduces_the_view(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events")
    check(page, "status", "Состоялось")
    check(page, "country", "Киргизия")
    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("button", name="Light or dark theme").click()
    search(page, "japarov")
    again = open_page(path, "#" + page.url.partition("#")[2])
    for what in ("language", "state.level", "[...matched].sort()", "state.selected", "isDark()"):
        assert again.evaluate(what) == page.evaluate(what)
    assert shown(again) == shown(page)
    assert again.get_by_label("Kyrgyzstan").first.is_checked()


@pytest.mark.parametrize(
    "fragment",
    ["#node=none&steps=9&path=a&path=b&least=x&from=soon&level=up&theme=<b>", "#type=%3Cb%3E&edge=a&edge=b", "#%%%"],
)
def test_a_broken_address_opens(open_page: OpenPage, path: Path, fragment: str) -> None:
    page = open_page(path, fragment)
    assert page.locator("#network canvas").is_visible()


def test_an_address_that_changes_is_followed(page: Page) -> None:
    page.evaluate("location.hash = '#lang=en&level=actors&type=Talks&node=country%2FKG'")
    page.locator("#panel h2", has_text="Kyrgyzstan").wait_for()
    assert shown(page) == {"Vladimir Putin", "Sadyr Japarov", "Russia", "Kyrgyzstan"}
    page.evaluate("location.hash = '#lang=ru&level=events'")
    wait_true(page, "picture.nodes.length === 18")
    assert not page.locator("#panel").is_visible()


def test_language_switch_and_state_in_the_address(page: Page) -> None:
    search(page, "жапаров")
    page.get_by_role("button", name="Switch to English").click()
    assert "Sadyr Japarov" in page.locator("#panel h2").inner_text()
    assert "Events" in page.locator("#panel").inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "lang=en" in page.url
    assert "sadyr-japarov" in page.url
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


def test_address_reopens_the_node(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#lang=en&node=person%2Fsadyr-japarov")
    assert page.locator("#panel h2").inner_text() == "Sadyr Japarov"

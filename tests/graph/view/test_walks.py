"""From a node to its neighbours, the network around it, and the way to another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.graph.view.conftest import OpenPage
from tests.graph.view.hands import panel, search, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    return open_page(path, "#level=events")


def test_around_a_node(page: Page) -> None:
    search(page, "озеро")
    page.get_by_role("button", name="Только окружение, шагов: 1").click()
    assert shown(page) == {"озеро", "поездка на озеро", "Kyrgyzstan"}
    assert "steps=1" in page.url
    page.get_by_role("button", name="Только окружение, шагов: 2").click()
    assert {"Иван Придуманный", "Bishkek"} <= shown(page)
    page.get_by_role("button", name="Вернуть всю сеть").click()
    assert len(shown(page)) == 18


def test_path_between_two(page: Page) -> None:
    search(page, "озеро")
    page.get_by_role("button", name="Путь до другого узла").click()
    assert page.locator("#message").inner_text().startswith("Выберите второй узел")
    search(page, "жапаров")
    assert page.evaluate("picture.nodes.map((n) => data.nodes[n].name[1])") == ["озеро", "Kyrgyzstan", "Sadyr Japarov"]
    assert page.locator("#message").inner_text().startswith("Шагов на пути:")
    assert page.url.count("path=") == 2
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert len(shown(page)) == 18


def test_path_among_actors(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    search(page, "снг")
    page.get_by_role("button", name="Путь до другого узла").click()
    search(page, "путин")
    found = page.evaluate("picture.nodes.map((n) => data.nodes[n].name[1])")
    assert len(found) == 3
    assert found[1:] == ["Sadyr Japarov", "Vladimir Putin"]


def test_path_avoids_what_was_called_off(open_page: OpenPage, path: Path) -> None:
    """Kyrgyzstan and Russia have four events in common; called off, the way is that over their presidents."""
    page = open_page(path)
    numbers = page.evaluate("['KG', 'RU'].map((iso) => data.nodes.findIndex((node) => node.iso === iso))")
    walk = "([start, end]) => shortestPath(start, end).map((number) => data.nodes[number].name[1])"
    assert page.evaluate(walk, numbers) == ["Kyrgyzstan", "Russia"]
    call_off = "types => data.nodes.forEach((node) => { if (types.includes(node.type)) node.status = 'cancelled'; })"
    page.evaluate(call_off, ["Talks", "Visit", "Summit", "Invitation"])
    assert page.evaluate(walk, numbers) == ["Kyrgyzstan", "Russia"]  # there is no other way
    page.evaluate("data.nodes.forEach((node) => { if (node.type === 'Invitation') node.status = 'occurred'; })")
    page.evaluate(
        """() => {
            const edge = data.levels.actors.edges.find(({ events }) => events.length === 4);
            edge.events = edge.events.filter((event) => data.nodes[event].type !== "Invitation");
        }"""
    )
    assert page.evaluate(walk, numbers) == ["Kyrgyzstan", "Sadyr Japarov", "Vladimir Putin", "Russia"]


def test_no_path_is_said(page: Page) -> None:
    page.evaluate("data.levels.events.edges.forEach((edge, id) => { adjacency.events = new Map(); })")
    search(page, "озеро")
    page.get_by_role("button", name="Путь до другого узла").click()
    search(page, "путин")
    assert page.locator("#message").inner_text() == "Пути нет."


def test_escape_gives_the_path_up(page: Page) -> None:
    search(page, "озеро")
    page.get_by_role("button", name="Путь до другого узла").click()
    page.keyboard.press("Escape")
    search(page, "путин")
    assert len(shown(page)) == 18
    assert "Путин" in panel(page)


def test_a_walk_follows_the_filters(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events&type=Talks&node=person%2Fsadyr-japarov&steps=1")
    kinds = page.evaluate("picture.nodes.filter((n) => data.nodes[n].kind === 'Event').map((n) => data.nodes[n].type)")
    assert kinds == ["Talks"]


def test_expand_by_double_click_or_button(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events&type=Summit")
    page.get_by_role("button", name="Снять фильтры").is_visible()
    search(page, "встреча снг")
    before = shown(page)
    page.evaluate("clearFilters(); applyFilters(); expand(data.nodes.findIndex((n) => n.iso === 'KG'))")
    assert before < shown(page)

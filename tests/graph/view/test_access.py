"""Whoever uses a keyboard, a screen reader, a phone or a dark screen can use the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph.drawing import LARGEST
from kg.graph.network import Network
from kg.graph.terms import Label
from kg.graph.view import dump_view
from tests.graph.view.conftest import DESK, OpenPage
from tests.graph.view.hands import PHONE, panel, search

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SERIOUS = ("serious", "critical")


def find_faults(page: Page) -> list[str]:
    """What axe-core finds serious: rule, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{found['id']}: {[node['target'] for node in found['nodes']]}"
        for found in violations
        if found["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("level", ["actors", "events"])
def test_no_serious_fault(open_page: OpenPage, path: Path, level: str, scheme: str, size: tuple[int, int]) -> None:
    page = open_page(path, f"#level={level}", size=size, scheme=scheme)
    assert page.locator("html").get_attribute("data-theme") == scheme
    assert find_faults(page) == []
    search(page, "жапаров")
    assert find_faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_in_what_opens(open_page: OpenPage, path: Path, scheme: str) -> None:
    page = open_page(path, "#type=Talks&lang=en", scheme=scheme)
    page.evaluate("for (const made of document.querySelectorAll('details')) made.open = true")
    page.locator("#search").fill("р")
    page.get_by_role("button", name="Export", exact=True).click()
    page.locator("#sparql-button").click()
    page.locator("#search").fill("п")
    assert find_faults(page) == []
    page.locator("#search").fill("такого нет")
    assert find_faults(page) == []


@pytest.mark.parametrize("size", [DESK, (1024, 768), (820, 1180), PHONE, (320, 640)])
@pytest.mark.parametrize("state", ["", "&node=person%2Fsadyr-japarov", "&lang=en&type=Talks"])
def test_controls_do_not_overlap_or_leave_the_screen(
    open_page: OpenPage, path: Path, size: tuple[int, int], state: str
) -> None:
    page = open_page(path, f"#level=events{state}", size=size)
    controls = "header h1, #search, header > div:not(#export) > button, #tools > :not([hidden]), #range > *"
    boxes = [box for control in page.locator(controls).all() if (box := control.bounding_box())]
    assert len(boxes) >= 6
    for number, a in enumerate(boxes):
        assert a["x"] >= 0
        assert a["x"] + a["width"] <= size[0]
        assert a["y"] + a["height"] <= size[1]
        for b in boxes[number + 1 :]:
            apart = (
                a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
                or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            )  # fmt: skip
            assert apart, (a, b)


TOUCHING = """largest => picture.nodes.flatMap((a) => {
    const { labelModule: label, options } = network.body.nodes[a];
    const top = places.get(a).y + largest + 4; // as vis-network has it
    const [low, half] = [top + label.lineCount * options.font.size, label.size.width / 2];
    const meets = (b) => Math.abs(places.get(b).x - places.get(a).x) < half + largest
        && places.get(b).y - largest < low && places.get(b).y + largest > top;
    return picture.nodes.filter((b) => a !== b && meets(b)).map((b) => [drawnLabel(a), drawnLabel(b)]);
})"""
LONG_NAMES = (
    "Совместное заявление об углублении союзничества и стратегического партнёрства",
    "межправительственноесоглашениеосотрудничествеимногомдругом без пробелов",
    "Протокол",
)


@pytest.fixture
def long_path(network: Network, tmp_path: Path) -> Path:
    """The page of the network with names that are too long to be drawn."""
    named = network.copy()
    for number, data in enumerate(data for _, data in named.nodes(data=True)):
        name = LONG_NAMES[number % len(LONG_NAMES)]
        data["record"] = replace(data["record"], label=Label(name, name))
    dump_view(named, tmp_path / "long.html")
    return tmp_path / "long.html"


@pytest.mark.parametrize("level", ["actors", "events"])
def test_labels_touch_no_node(open_page: OpenPage, long_path: Path, level: str) -> None:
    page = open_page(long_path, f"#level={level}")
    assert page.evaluate(TOUCHING, LARGEST) == []
    names = page.evaluate("picture.nodes.filter((n) => data.nodes[n].kind !== 'Event').map(drawnLabel)")
    assert "Протокол" in names
    assert any("…" in name for name in names)


@pytest.mark.parametrize("level", ["actors", "events"])
def test_nodes_do_not_overlap(open_page: OpenPage, path: Path, level: str) -> None:
    page = open_page(path, f"#level={level}")
    assert page.evaluate("new Set([...places.values()].map(cellKey)).size === places.size")


def test_arrows_walk_over_the_network(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#level=events")
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("cursor")
    assert page.locator("#tooltip").inner_text() == page.evaluate("nodeHint(cursor)")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("cursor") != first
    page.keyboard.press("Enter")
    assert page.evaluate("data.nodes[cursor].name[0]") in panel(page)
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


def test_focus_goes_through_the_page_in_order_and_is_seen(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    buttons = [f"{name}-button" for name in ("actors", "events", "filters", "time", "export", "theme", "language")]
    assert seen[:8] == ["search", *buttons]


def test_escape_closes_what_is_open_and_gives_the_focus_back(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.keyboard.press("Escape")
    assert not page.locator("#export").is_visible()
    assert page.evaluate("document.activeElement.id") == "export-button"


def test_phone_opens_one_thing_at_a_time(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, size=PHONE)
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#time-body").is_visible()
    page.get_by_role("button", name="Фильтры", exact=True).click()
    page.get_by_label("Саммит").check()
    page.get_by_role("button", name="Время", exact=True).click()
    assert not page.locator("#filters").is_visible()
    assert page.locator("#time-body").is_visible()
    assert page.evaluate("matched.size") == 1


def test_theme_follows_the_screen_until_it_is_chosen(open_page: OpenPage, path: Path) -> None:
    page = open_page(path)
    page.emulate_media(color_scheme="dark")
    while not page.evaluate("isDark()"):  # polled from here: the page's policy forbids code made of strings
        page.wait_for_timeout(20)
    page.get_by_role("button", name="Светлая или тёмная тема").click()
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert "theme=light" in page.url

"""What a reader does with the page: opens it from disk, searches, filters, clicks, reads the evidence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph.network import Network
from kg.graph.view import dump_view
from tests.graph.view.conftest import OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALKS = "переговоры Владимира Путина и Садыра Жапарова"
VISIT = "визит Владимира Путина в Киргизию"
PHONE = (390, 844)


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    """The page on a desk."""
    return open_page(path)


def search(page: Page, text: str) -> None:
    """Find by keyboard and open the first match."""
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.locator("#matches [aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.locator("#panel h2").wait_for()


def click_node(page: Page, name: str) -> None:
    """Click on the canvas where a node with this Russian name is drawn."""
    point = page.evaluate(
        """name => {
            const number = data.nodes.findIndex((node) => node.name[0] === name);
            network.moveTo({ position: network.getPosition(number), scale: 1, animation: false });
            return network.canvasToDOM(network.getPosition(number));
        }""",
        name,
    )
    page.locator("#network").click(position=point)


def panel(page: Page) -> str:
    return page.locator("#panel").inner_text()


def test_opens_from_disk(page: Page) -> None:
    assert page.title() == "Сеть"
    assert page.locator("#count").inner_text() == "узлов показано: 18 из 18"
    assert page.evaluate("document.querySelector('#network canvas').width") > 0
    assert page.evaluate("network.physics.physicsEnabled") is False


def test_click_shows_event_and_evidence(page: Page) -> None:
    click_node(page, TALKS)
    text = panel(page)
    for part in (
        TALKS,
        "26 ноября 2025",
        "Идёт",
        "Ынтымак Ордо",
        "совместное заявление о союзничестве",
        "93 %",
        "Визит · 25 нояб. 2025",
    ):
        assert part in text
    quote = page.locator("#panel blockquote").inner_text()
    assert quote == "В резиденции «Ынтымак Ордо» 26 ноября идут переговоры Владимира Путина и Садыра Жапарова."
    link = page.locator("#panel figcaption a")
    assert link.get_attribute("href") == "https://news.example/ru/1"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.inner_text() == "Главы двух стран сели за стол в Бишкеке"
    assert "Выдуманный вестник, 26 ноября 2025" in text


def test_actor_has_events_in_time_order_each_opens(page: Page) -> None:
    search(page, "путин")
    events = page.locator("#panel section", has_text="События").locator("button.node")
    assert [text.split(" · ")[0] for text in events.all_inner_texts()] == ["Визит", "Переговоры", "Приглашение"]
    events.first.click()
    assert VISIT in panel(page)
    assert "Государственный" in panel(page)


def test_document_shows_parties_and_status(page: Page) -> None:
    search(page, "договор о дружбе")
    for part in ("Договор", "Действует", "Россия", "Киргизия", "договоре о дружбе"):
        assert part in panel(page)


def test_tenure_shows_its_sentence(page: Page) -> None:
    search(page, "придуманный")
    assert "помощник президента" in panel(page)
    assert "Иван Придуманный, помощник президента" in panel(page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("жапаров", "Жапаров"),
        ("Japar", "Жапаров"),
        ("sad jap", "Жапаров"),
        ("киргиз", "Киргизия"),
        ("Kyrgyz", "Киргизия"),
        ("ордо", "Ынтымак Ордо"),
        ("ынтымак", "Ынтымак Ордо"),
        ("commonwealth", "СНГ"),
    ],
)
def test_search_by_prefix_in_either_language(page: Page, query: str, expected: str) -> None:
    search(page, query)
    assert expected in page.locator("#panel h2").inner_text()


def test_search_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("р")
    options = page.locator("#matches [role=option]")
    assert options.count() > 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert not page.locator("#matches").is_visible()
    page.locator("#search").fill("такого нет")
    assert "Ничего не найдено" in page.locator("#matches").inner_text()


def test_legend_filters(page: Page) -> None:
    page.get_by_label("Люди").uncheck()
    assert page.locator("#count").inner_text() == "узлов показано: 15 из 18"
    page.get_by_label("Запланировано").uncheck()
    assert page.locator("#count").inner_text() == "узлов показано: 13 из 18"
    search(page, "путин")
    assert page.get_by_label("Люди").is_checked()


def test_planned_is_dashed(page: Page) -> None:
    dashes = page.evaluate(
        """() => data.nodes.flatMap((node, n) =>
            network.body.nodes[n]?.options.shapeProperties.borderDashes ? [node.status] : [])"""
    )
    assert sorted(dashes) == ["planned", "planned", "prepared"]
    assert page.evaluate("data.network.edges.filter((edge) => edge.dashes).length") > 0


@pytest.mark.parametrize(
    ("start", "end", "ru", "en"),
    [
        ("2025-11-26", None, "26 ноября 2025", "26 November 2025"),
        ("2016-08-09", None, "9 августа 2016", "9 August 2016"),
        ("2025-12", None, "декабрь 2025", "December 2025"),
        ("2025", None, "2025", "2025"),
        ("--12-03", None, "3 декабря", "3 December"),
        ("--12", None, "декабрь", "December"),
        ("2025-11-25", "2025-11-27", "25–27 ноября 2025", "25–27 November 2025"),
        ("2025-11", "2026-01", "ноябрь 2025 – январь 2026", "November 2025 – January 2026"),
        ("when?", None, "when?", "when?"),
    ],
)
def test_dates_in_words(page: Page, start: str, end: str | None, ru: str, en: str) -> None:
    format_both = """([start, end]) => ["ru", "en"].map((spoken) => {
        language = spoken;
        return formatPeriod(start, end);
    })"""
    spoken = page.evaluate(format_both, [start, end])
    tight = re.compile(r"\s*–\s*")  # browsers differ in the space around the dash
    assert [tight.sub("–", text) for text in spoken] == [tight.sub("–", text) for text in (ru, en)]


def test_short_month_keeps_its_letters(page: Page) -> None:
    assert page.evaluate("formatDate('2016-08-09', 'short')") == "9 авг. 2016"


def test_hover_names_the_role(page: Page) -> None:
    point = page.evaluate(
        """() => {
            const edge = data.network.edges.findIndex((e) => data.nodes[e.from].kind === "Document");
            const { from, to } = data.network.edges[edge];
            network.setOptions({ edges: { smooth: false } });
            const [a, b] = [from, to].map((n) => network.getPosition(n));
            network.moveTo({ position: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, scale: 1.5, animation: false });
            return network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
        }"""
    )
    page.locator("#network").hover(position=point)
    page.locator("#tooltip").wait_for()
    assert ": " in page.locator("#tooltip").inner_text()


def test_language_switch_and_state_in_the_address(page: Page) -> None:
    search(page, "жапаров")
    page.get_by_role("button", name="Switch to English").click()
    assert "Sadyr Japarov" in page.locator("#panel h2").inner_text()
    assert "Events" in panel(page)
    assert "lang=en" in page.url
    assert "sadyr-japarov" in page.url
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


def test_address_reopens_the_node(open_page: OpenPage, path: Path) -> None:
    page = open_page(path, "#lang=en&node=person%2Fsadyr-japarov")
    assert page.locator("#panel h2").inner_text() == "Sadyr Japarov"


def test_opens_on_the_core_and_expands(open_page: OpenPage, network: Network, tmp_path: Path) -> None:
    target = tmp_path / "small.html"
    dump_view(network, target, core_size=9)
    page = open_page(target, size=PHONE)
    assert page.evaluate("nodeView.length") <= 9
    hidden = page.evaluate("data.nodes.find((node, n) => !shown.has(n) && node.kind === 'Event').name[0]")
    search(page, hidden)
    assert page.locator("#panel h2").inner_text() == hidden
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Показать всё").click()
    assert page.evaluate("nodeView.length") == 18


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_controls_do_not_overlap_or_leave_the_screen(open_page: OpenPage, path: Path, width: int, height: int) -> None:
    page = open_page(path, size=(width, height))
    boxes = [
        b
        for c in page.locator("header h1, #search, header button, #tools > :not([hidden])").all()
        if (b := c.bounding_box())
    ]
    assert len(boxes) >= 6
    for number, a in enumerate(boxes):
        assert a["x"] >= 0
        assert a["x"] + a["width"] <= width
        assert a["y"] + a["height"] <= height
        for b in boxes[number + 1 :]:
            apart = (
                a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
                or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            )  # fmt: skip
            assert apart

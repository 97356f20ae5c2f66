"""What a reader does with the page: opens it from disk, searches, clicks, reads the evidence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.graph.network import Network
from kg.graph.view import dump_view
from tests.graph.view.conftest import OpenPage
from tests.graph.view.hands import PHONE, TALKS, VISIT, click_edge, click_node, panel, search, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    """The page on a desk, on the level of events."""
    return open_page(path, "#level=events")


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


def test_evidence_marks_the_words_that_it_is_for(page: Page) -> None:
    click_node(page, TALKS)
    marked = page.locator("#panel blockquote mark").all_inner_texts()
    assert marked == ["резиденции", "Ынтымак", "Ордо", "переговоры", "Владимира", "Путина", "Садыра", "Жапарова"]


def test_actor_has_events_in_time_order_each_opens(page: Page) -> None:
    search(page, "путин")
    assert page.locator("#panel dd a").first.get_attribute("href") == "https://www.wikidata.org/wiki/Q7747"
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
        ("жапаровым", "Жапаров"),
        ("бишкеке", "Бишкек"),
        ("киргизии", "Киргизия"),
        ("путина", "Путин"),
    ],
)
def test_search_by_prefix_or_form_in_either_language(page: Page, query: str, expected: str) -> None:
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
    assert page.locator("#nothing").inner_text() == "Ничего не найдено"


def test_planned_is_dashed_and_hollow(page: Page) -> None:
    dashes = page.evaluate(
        "nodes.get().flatMap((node) => node.shapeProperties.borderDashes ? [data.nodes[node.id].status] : [])"
    )
    assert sorted(dashes) == ["planned", "planned", "prepared"]
    assert page.evaluate("edges.get().filter((edge) => edge.dashes).length") > 0


def test_countries_have_the_colour_of_their_region(page: Page) -> None:
    colours = page.evaluate(
        """() => Object.fromEntries(nodes.get().map((node) => [countryCode(node.id), node.color.background]))"""
    )
    assert colours["RU"] != colours["KG"]
    assert colours["KG"] == page.evaluate("data.regions.central.color")


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


@pytest.mark.parametrize(
    ("node", "bounds"),
    [
        ({"start": "2025-11-26", "sort": "2025-11-26"}, ["2025-11-26", "2025-11-26"]),
        ({"start": "2024-02"}, ["2024-02-01", "2024-02-29"]),
        ({"start": "2025"}, ["2025-01-01", "2025-12-31"]),
        ({"start": "2025-11-25", "end": "2025-12"}, ["2025-11-25", "2025-12-31"]),
        ({"start": "--12-03"}, None),
        ({}, None),
    ],
)
def test_bounds_of_partial_dates(page: Page, node: dict[str, str], bounds: list[str] | None) -> None:
    assert page.evaluate("node => periodBounds(node)", node) == bounds


def test_hover_names_the_role(page: Page) -> None:
    point = page.evaluate(
        """() => {
            const edge = picture.edges.find((e) => data.nodes[e.from].kind === "Document");
            const middle = () => network.body.edges[edge.id].edgeType.getPoint(0.5);
            network.moveTo({ position: middle(), scale: 1.5, animation: false });
            return network.canvasToDOM(middle());
        }"""
    )
    page.locator("#network").hover(position=point)
    page.locator("#tooltip").wait_for()
    assert ": " in page.locator("#tooltip").inner_text()


def test_a_link_has_its_role_and_the_evidence(page: Page) -> None:
    click_edge(page, "встреча СНГ", "CIS")
    assert "Участник" in panel(page)
    assert "декабрьскую встречу СНГ в Санкт-Петербурге" in panel(page)


def test_opens_on_the_core_and_expands(open_page: OpenPage, network: Network, tmp_path: Path) -> None:
    target = tmp_path / "small.html"
    dump_view(network, target, core_size=9, level="events")
    page = open_page(target, size=PHONE)
    assert len(shown(page)) <= 9
    hidden = page.evaluate("data.nodes.find((node, n) => !picture.nodes.includes(n) && node.kind === 'Event').name[0]")
    search(page, hidden)
    assert page.locator("#panel h2").inner_text() == hidden
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Показать всё").click()
    assert page.evaluate("picture.nodes.length") == 18
    page.get_by_role("button", name="Главное").click()
    assert page.evaluate("picture.nodes.length") <= 9

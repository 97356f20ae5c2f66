"""The briefing as a page: what it shows, on a desk, a telephone and paper; hostile text in every field stays text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.config import DEFAULT_BASE
from kg.graph.iris import article_iri
from kg.graph.mapping import extraction_quads
from kg.graph.namespaces import GEO, RDF, RDFS, SKOS
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.report.briefing import read_briefing
from kg.graph.report.page import make_report
from kg.graph.report.pen import UNSEEN, escape, link
from kg.graph.store import Store, open_store
from kg.graph.stretch import Stretch
from kg.graph.terms import load_terms
from kg.knowledge.tables import load_tables
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAYLOADS = [
    line for line in (Path(__file__).parents[1] / "view" / "payloads.txt").read_text("utf-8").split("\n") if line
]
LONG = "Ж" * 10_000
LAND = Entity("country/ZZ", "Country", "Земля", "Land", iso2="ZZ", known=False)
TAGS = "script, iframe, img, base, form, math, details, object, embed, link, video, a[onclick], template"


def make_hostile(number: int, payload: str) -> Extraction:
    """An article about a country that has the payload in every field that text can reach."""
    text = f"{payload} и ещё текст"
    article = Article(f"x{number} {payload}", text, "ru", payload, datetime.date(2025, 1, 2), payload, payload)
    quote = Span(len(payload) + 1, len(payload) + 1 + len(payload))
    person = Entity(f"person/{number} {payload}", "Person", payload, payload, aliases=(payload,), known=False)
    city = Entity(f"city/{number}", "City", payload, payload, known=False)
    venue = Entity(f"venue/{number}", "Venue", payload, payload, within=city.id, known=False)
    paper = Document("d", "Treaty", payload, "signed", (LAND, person), (quote,))
    named = (("participant", person), ("country", LAND), ("place", venue), ("place", city))
    event = Event(
        "e", ("Talks", "Statement", "Visit")[number % 3], ("cancelled", "planned", "occurred")[number % 3], payload,
        tuple(Argument(role, entity) for role, entity in named), (quote,), quote, When("2025-01-02"), documents=("d",),
    )  # fmt: skip
    tenure = Tenure(person, payload, LAND, (quote,))
    return Extraction(article, (Mention(quote, person),), (event,), (paper,), (tenure,))


def make_remarks(number: int, payload: str, event: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """Conflicts, stages, dates, points and classes that no extraction writes, but a foreign graph may."""
    base = DEFAULT_BASE
    for name, sort in (("conflict", DKG.conflict), ("stage", DKG.stage)):
        node = NamedNode(f"{base}{name}/{number}")
        yield Quad(event, sort, node, graph)
        for language in ("ru", "en"):
            yield Quad(node, RDFS.label, Literal(payload, language=language), graph)
    yield Quad(NamedNode(f"{base}city/{number}"), GEO.asWKT, Literal(f"POINT({payload} 1)"), graph)
    yield Quad(NamedNode(f"{base}city/{number}"), GEO.asWKT, Literal(f"POINT({number} {number})"), graph)
    yield Quad(event, DKG.date, Literal(payload), graph)
    yield Quad(NamedNode(f"{base}person/own-{number}"), SKOS.prefLabel, Literal(payload, language="ru"), graph)


def fill(store: Store) -> None:
    """All payloads, each in an article of its own."""
    for number, payload in enumerate([*PAYLOADS, LONG]):
        made = make_hostile(number, payload)
        quads = list(extraction_quads(made, store.base))
        event = next(quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == DKG.Event)
        graph = article_iri(store.base, made.article.id)
        assert isinstance(event, NamedNode)
        store.replace_article(made.article.id, [*quads, *make_remarks(number, payload, event, graph)])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Briefings about the country that all payloads name, and about things that are called like one."""
    folder, terms = tmp_path_factory.mktemp("hostile"), load_terms()
    pages = []
    with open_store(None, base=DEFAULT_BASE) as store:
        fill(store)
        things = [store.base + LAND.id, *(store.base + f"city/{number}" for number in range(0, len(PAYLOADS), 7))]
        for number, thing in enumerate(things):
            for language in ("ru", "en"):
                page = make_report(read_briefing(store, thing, Stretch(), terms), terms, language)
                pages.append(folder / f"{number}-{language}.html")
                pages[-1].write_bytes(page.encode("utf-8", "replace"))
    return pages


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The briefing about a country of the hand-made article."""
    from tests.graph.sample import make_sample

    path, terms = tmp_path_factory.mktemp("report") / "отчёт.html", load_terms()
    with open_store(None) as store:
        store.load_reference(reference_quads(load_tables(), store.base), "1")
        made = make_sample()
        store.replace_article(made.article.id, extraction_quads(made, store.base))
        briefing = read_briefing(store, store.base + "country/KG", Stretch(datetime.date(2025, 1, 1)), terms)
    path.write_text(make_report(briefing, terms, "ru"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; whatever it shows, it asks for nothing but itself and its console stays silent."""
    opened, requests, complaints = browser.new_page(), [], []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield opened
    opened.close()
    assert [url for url in requests if not url.startswith("file:") or not url.endswith(".html")] == []
    assert complaints == []


def test_numbers_and_their_words_stand_together(full: Store) -> None:
    briefing = read_briefing(full, f"{full.base}country/KG", Stretch(), load_terms())
    pages = {language: make_report(briefing, load_terms(), language) for language in ("ru", "en")}
    assert "<dd>1</dd><dt>статьи</dt>" in pages["ru"]  # a word that fits any number
    assert "Articles: 1." in pages["en"]
    assert "визит\u00a01" in pages["ru"]


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 40


def test_hostile_text_is_text(page: Page, hostile: list[Path]) -> None:
    for path in hostile:
        page.goto(path.as_uri())
        page.evaluate(
            """() => document.querySelectorAll("*").forEach((made) => {
                for (const name of ["mouseover", "focus", "toggle", "click"])
                    if (made.tagName !== "A") made.dispatchEvent(new Event(name));
            })"""
        )
        assert page.evaluate("window.hacked") is None
        assert page.locator(TAGS).count() == 0
        assert page.locator("body style, main style").count() == 0
        names = set(page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"))
        assert not {name for name in names if name.startswith("on") or name in ("style", "src", "srcset", "action")}


def test_every_payload_is_shown(page: Page, hostile: list[Path]) -> None:
    page.goto(hostile[0].as_uri())
    text = "".join(page.evaluate("[...document.querySelectorAll('bdi')].map((e) => e.textContent)"))
    for payload in PAYLOADS:
        shown = UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", payload.encode("utf-8", "replace").decode())
        assert shown[:150] in text, payload


def test_links_lead_to_the_web_or_to_a_source(page: Page, hostile: list[Path]) -> None:
    page.goto(hostile[0].as_uri())
    found = page.evaluate("[...document.querySelectorAll('a')].map((a) => [a.getAttribute('href'), a.protocol])")
    assert {protocol for href, protocol in found if not href.startswith("#")} <= {"http:", "https:"}
    assert all(
        page.evaluate("id => document.getElementById(id) !== null", href[1:]) for href, _ in found if href[0] == "#"
    )


def test_nothing_turns_the_text_round(page: Page, hostile: list[Path]) -> None:
    page.goto(hostile[0].as_uri())
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", page.locator("body").inner_text())


def test_long_names_do_not_widen_the_page(page: Page, hostile: list[Path]) -> None:
    for width in (390, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(hostile[0].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_policy_stops_what_would_be_missed(browser: Browser, calm: Path) -> None:
    page = browser.new_page()
    page.goto(calm.as_uri())
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.hacked=1'; document.body.append(s); }"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hacked=1>')")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    page.close()


def test_sections(page: Page, calm: Path) -> None:
    page.goto(calm.as_uri())
    assert page.title() == "Киргизия · Справка"
    headings = page.locator("h2").all_inner_texts()
    assert headings == ["В цифрах", "Запланировано", "Хроника", "С кем", "Документы", "Где это было", "Источники"]
    text = page.locator("body").inner_text()
    for part in (
        "с 1 января 2025", "26 ноября 2025", "Владимир Путин", "«Ынтымак Ордо» 26 ноября идут переговоры",
        "Санкт-Петербург", "совместное заявление о союзничестве", "Выдуманный вестник",
    ):  # fmt: skip
        assert part in text
    assert page.locator(".sources a").get_attribute("href") == "https://news.example/ru/1"
    assert page.locator(".sources a").get_attribute("rel") == "noopener noreferrer"
    assert page.locator(".map circle").count() == 2


@pytest.mark.parametrize("width", [390, 1000])
def test_nothing_leaves_the_screen(page: Page, calm: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(calm.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper(page: Page, calm: Path) -> None:
    page.goto(calm.as_uri())
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).boxShadow") == "none"


def test_same_store_same_bytes(full: Store) -> None:
    terms = load_terms()
    pages = {make_report(read_briefing(full, f"{full.base}country/KG", Stretch(), terms), terms, "en") for _ in "ab"}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("javascript:alert(1)", False),
        ("https://a\u202eb.example/", False),
        (None, False),
        ("data:text/html,x", False),
    ],
)
def test_addresses(address: str | None, linked: bool) -> None:
    assert link(address, "<x>", 10).startswith("<a href=") is linked
    assert "&lt;x&gt;" in link(address, "<x>", 10)


def test_what_nobody_sees_is_shown() -> None:
    assert escape("а\u202eб\u200bв\x07", 100) == "а⟨U+202E⟩б⟨U+200B⟩в⟨U+0007⟩"

"""Hostile text in every field that text can reach is shown as text; the page runs and fetches nothing of it."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.graph.mapping import extraction_quads
from kg.graph.network import make_network
from kg.graph.payload import clean, is_web
from kg.graph.store import open_store
from kg.graph.view import dump_view
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When
from tests.graph.view.conftest import OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAYLOADS = [line for line in (Path(__file__).parent / "payloads.txt").read_text("utf-8").split("\n") if line]
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def hostile_extraction(number: int, payload: str) -> Extraction:
    """An article that has the payload in every field that text can reach."""
    text = f"{payload} и ещё текст"
    article = Article(
        id=f"x{number} {payload}",
        title=payload,
        text=text,
        published=datetime.date(2025, 1, 2),
        url=payload,
        source=payload,
    )
    quote = Span(len(payload) + 1, len(payload) + 1 + len(payload))
    person = Entity(f"person/{number} {payload}", "Person", payload, payload, aliases=(payload,), known=False)
    venue = Entity(f"venue/{number}", "Venue", payload, known=False)
    state = Entity(f"country/{payload}", "Country", payload, iso2=payload, known=False)
    document = Document("d", "Treaty", payload, "signed", (state,), (quote,))
    event = Event(
        "e", "Talks", "cancelled" if number % 2 else "planned", payload,
        (Argument("participant", person), Argument("country", state), Argument("place", venue)),
        (quote,), quote, When("2025-01-02"), topics=("trade",), documents=("d",),
    )  # fmt: skip
    return Extraction(
        article, (Mention(quote, person),), (event,), (document,), (Tenure(person, payload, state, (quote,)),)
    )


@pytest.fixture(scope="module")
def hostile_path(base: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with open_store(None) as store:
        for number, payload in enumerate([*PAYLOADS, "Ж" * 10_000]):
            made = hostile_extraction(number, payload)
            store.replace_article(made.article.id, extraction_quads(made, base))
        network = make_network(store)
    path = tmp_path_factory.mktemp("hostile") / "view.html"
    dump_view(network, path, title=PAYLOADS[1], core_size=1000)
    return path


FOLLOW = "fragment => { location.hash = fragment; readState(); showPicture({ filters: true }); }"
FILTERS = """() => {
    const values = FACETS.flatMap((facet) => facetValues(facet).map((value) => [facet, facetKey(facet, value)]));
    return values.map(([facet, key]) => `#${new URLSearchParams([["level", "events"], [facet, key]])}`);
}"""


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 40


def test_payloads_are_text(open_page: OpenPage, hostile_path: Path) -> None:
    """Every node is opened, hovered over and searched for, in both languages; nothing runs and nothing is asked for."""
    page = open_page(hostile_path)
    tags = "script, iframe, img, base, form, math, details, object, embed, link, style"
    before = page.locator(tags).count()
    texts = page.evaluate(
        """async () => {
            const texts = [];
            const stir = () => document.querySelectorAll("#panel *, #matches *, #filters *").forEach((made) => {
                for (const name of ["mouseover", "focus", "toggle"]) made.dispatchEvent(new Event(name));
            });
            for (const level of ["actors", "events"]) {
                setLevel(level);
                for (const number of data.nodes.keys()) {
                    if (number % 20) Object.assign(state, { selected: number, edge: null });
                    else openNode(number);
                    openPanel();
                    showTooltip(nodeHint(number), { x: 10, y: 10 });
                    const box = document.getElementById("search");
                    box.value = data.nodes[number].name[0];
                    listMatches();
                    texts.push(document.querySelector("#panel h2").textContent);
                    stir();
                }
                data.levels[level].edges.forEach((_, id) => {
                    showTooltip(edgeTitle(id), { x: 10, y: 10 });
                    Object.assign(state, { selected: null, edge: id });
                    if (id % 20) openPanel();
                    else selectEdge(id);
                });
                stir();
                closePanel();
                switchLanguage();
            }
            FACETS.forEach((facet) => longLists.add(facet));
            showPicture({ filters: true });
            for (const make of [makeCsv, makeGraphml, makeTurtle]) make();
            document.getElementById("sparql").value = makeSparql();
            await new Promise((done) => setTimeout(done, 300));
            return texts;
        }"""
    )
    assert page.evaluate("window.hacked") is None
    assert page.locator(tags).count() == before
    assert {clean(payload) for payload in PAYLOADS} <= set(texts)
    assert not any(BIDI.search(text) for text in texts)
    assert max(map(len, texts)) <= 2000


def test_payloads_in_the_address(open_page: OpenPage, path: Path) -> None:
    """Whatever a link to the page says, nothing of it runs."""
    names = ("lang", "level", "theme", "node", "edge", "path", "with", "steps", "from", "least", "type", "country")
    words = urlencode([(name, payload) for payload in PAYLOADS for name in names])
    page = open_page(path, f"#{words}")
    for payload in PAYLOADS:
        page.evaluate(FOLLOW, payload)
    assert page.evaluate("window.hacked") is None


def test_exports_carry_payloads_as_text(open_page: OpenPage, hostile_path: Path) -> None:
    page = open_page(hostile_path, "#level=events&everything=1")
    turtle = rdflib.Graph().parse(data=page.evaluate("makeTurtle()"), format="turtle")
    names = {str(name) for name in turtle.objects(None, rdflib.SKOS.prefLabel)}
    assert {clean(payload) for payload in PAYLOADS} <= names
    ElementTree.fromstring(page.evaluate("makeGraphml()"))
    prepareQuery(page.evaluate("makeSparql()"))
    for row in csv.reader(io.StringIO(page.evaluate("makeCsv()"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_filters_carry_payloads_as_text(open_page: OpenPage, hostile_path: Path) -> None:
    page = open_page(hostile_path)
    for fragment in page.evaluate(FILTERS)[::20]:
        page.evaluate(FOLLOW, fragment)
    assert page.evaluate("window.hacked") is None


def test_only_web_addresses_are_links(open_page: OpenPage, hostile_path: Path) -> None:
    page = open_page(hostile_path)
    found = page.evaluate(
        """() => data.nodes.flatMap((_, number) => {
            Object.assign(state, { selected: number, edge: null });
            openPanel();
            return [...document.querySelectorAll("#panel a")].map((anchor) => anchor.protocol);
        })"""
    )
    assert set(found) == {"https:"}


def test_the_policy_stops_what_the_page_would_miss(browser: Browser, path: Path) -> None:
    """Markup put into the page by force does not run either."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hacked=1>')")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.hacked=1'; document.body.append(s); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    page.close()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https:", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_is_web(address: str | None, expected: bool) -> None:
    assert is_web(address) is expected

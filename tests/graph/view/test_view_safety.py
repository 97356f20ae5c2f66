"""Hostile text in every field that text can reach is shown as text; the page runs and fetches nothing of it."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
            for (const way of ["ru", "en"]) {
                for (const number of data.nodes.keys()) {
                    openNode(number);
                    showTooltip(nodeTitle(number), { x: 10, y: 10 });
                    const box = document.getElementById("search");
                    box.value = data.nodes[number].name[0];
                    listMatches();
                    texts.push(document.querySelector("#panel h2").textContent);
                    document.querySelectorAll("#panel *, #matches *").forEach((made) => {
                        for (const name of ["mouseover", "focus", "toggle"]) made.dispatchEvent(new Event(name));
                    });
                }
                switchLanguage();
            }
            data.network.edges.forEach((edge) => showTooltip(edgeTitle(edge), { x: 10, y: 10 }));
            await new Promise((done) => setTimeout(done, 300));
            return texts;
        }"""
    )
    assert page.evaluate("window.hacked") is None
    assert page.locator(tags).count() == before
    assert {clean(payload) for payload in PAYLOADS} <= set(texts)
    assert not any(BIDI.search(text) for text in texts)
    assert max(map(len, texts)) <= 2000


def test_only_web_addresses_are_links(open_page: OpenPage, hostile_path: Path) -> None:
    page = open_page(hostile_path)
    found = page.evaluate(
        """() => data.nodes.flatMap((_, number) => {
            openPanel(number);
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

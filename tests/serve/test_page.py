"""The pages in a real browser: an answer to a saved query, a way from there to a thing, and no harm from its names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import article_iri
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.graph.store import open_store
from tests.serve.conftest import BASE, Server, make_store, run_server
from tests.serve.test_server import wait_for

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'diplomatic-kg[test]'")

HOSTILE = (
    "<script>document.title='stolen'</script>",
    "<img src=x onerror=\"document.title='stolen'\">",
    "\"><svg onload=document.title='stolen'>",
    "</title></script><h1>href</h1>",
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose graph has hostile names as well."""
    folder = make_store(tmp_path_factory.mktemp("page") / "store")
    with open_store(folder) as store:
        graph = article_iri(BASE, "bad")
        quads = [Quad(graph, RDF.type, DKG.Article, graph)]
        for number, text in enumerate(HOSTILE):
            node = NamedNode(f"{BASE}person/bad-{number}")
            quads += [Quad(node, RDF.type, DKG.Person, graph), Quad(node, SKOS.altLabel, Literal(text), graph)]
            quads.append(Quad(node, SKOS.prefLabel, Literal(text, language="ru"), graph))
            quads.append(Quad(node, SKOS.exactMatch, NamedNode("javascript:document.title='stolen'"), graph))
        store.replace_article("bad", quads)
    with run_server(folder, "--quiet") as running:
        yield running


@pytest.fixture
def page(browser: playwright.Browser, shown: Server) -> Iterator[playwright.Page]:
    """A page; nothing that a test does with it asks another server or brings an error to the console."""
    context = browser.new_context(locale="ru-RU")
    opened, requests, complaints = context.new_page(), [], []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert opened.title() != "stolen"
    context.close()
    assert [url for url in requests if not url.startswith((shown.url, "data:", "blob:"))] == []
    assert complaints == []


def test_saved_query_to_entity(page: playwright.Page, shown: Server) -> None:
    page.goto(shown.url)
    page.select_option("#query", "meetings-of")
    page.fill("#parameters input[name=person]", "Садыр Жапаров")
    page.click("#parameters button")
    page.wait_for_selector("#results table tbody tr")
    assert "person/sadyr-japarov" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    rows = page.locator("#results table tbody tr")
    assert rows.count() >= 1
    page.click("#results table a[href*='/event/']")
    page.wait_for_url(shown.url + "id/event/*")
    assert page.locator("blockquote").count() >= 1
    page.click("a[href^='/id/person/sadyr-japarov']")
    page.wait_for_url(shown.url + "id/person/sadyr-japarov")
    assert "Садыр" in page.inner_text("h2")
    assert "переговоры" in page.inner_text(".events")
    page.click("nav a[href^='/view']")
    page.wait_for_selector("#network canvas")


def test_editor_runs_what_is_written(page: playwright.Page, shown: Server) -> None:
    page.goto(shown.url)
    page.wait_for_selector(".CodeMirror")
    assert "PREFIX dkg:" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#results table tbody tr")
    page.click("#results button:has-text('Timeline')")
    page.wait_for_selector("#results .timeline li")


def test_chart(page: playwright.Page, shown: Server) -> None:
    page.goto(shown.url)
    page.select_option("#query", "who-met-whom")
    page.click("#parameters button")
    page.wait_for_selector("#results table tbody tr")
    page.click("#results button:has-text('Chart')")
    page.wait_for_selector("#results .bar rect")


def test_what_is_wrong_is_told(page: playwright.Page, shown: Server) -> None:
    page.goto(shown.url)
    page.select_option("#query", "topics")
    page.evaluate("chooser.dispatchEvent(new Event('change'))")
    wait_for(lambda: "dkg:topic" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))
    assert page.inner_text("#problem") == ""


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_names_are_text(page: playwright.Page, shown: Server, number: int) -> None:
    page.goto(f"{shown.url}id/person/bad-{number}")
    assert page.inner_text("h2") == HOSTILE[number]
    assert page.locator("h2 *:not(bdi)").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_hostile_names_in_answers_are_text(page: playwright.Page, shown: Server) -> None:
    page.goto(shown.url)
    page.wait_for_selector(".CodeMirror")
    labels = "?s <http://www.w3.org/2004/02/skos/core#altLabel> ?x FILTER(CONTAINS(STR(?s), 'bad-'))"
    text = f"SELECT ?x (1 AS ?n) ('2025-01-01' AS ?day) {{ {labels} }}"
    page.evaluate("text => yasqe.setValue(text)", text)
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#results table tbody tr")
    page.hover("#results table tbody tr td:nth-child(2)")
    page.click("#results button:has-text('Chart')")
    page.wait_for_selector("#results .bar")
    page.click("#results button:has-text('Timeline')")
    page.wait_for_selector("#results .timeline li")
    assert page.locator("#results img[src=x]").count() == 0


def test_people_get_pages_and_machines_data(shown: Server) -> None:
    page = shown.get("id/person/sadyr-japarov", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script" not in page.headers["content-security-policy"]
    data = shown.get("id/person/sadyr-japarov", headers={"Accept": "text/turtle"})
    assert data.headers["content-type"].startswith("text/turtle")
    assert shown.get("id/person/nobody", headers={"Accept": "text/html"}).status_code == 404


def test_no_part_leaves_the_folder(shown: Server) -> None:
    for name in ("..%2Fentity.html", "entity.html", "LICENSE-yasgui-MIT", "..%2F..%2F..%2Fetc%2Fpasswd"):
        assert shown.get(f"static/{name}").status_code == 404


def test_vendored_files_name_no_maps() -> None:
    folder = Path(__file__).parent.parent.parent / "data" / "serve" / "vendor"
    assert not any(b"sourceMappingURL" in path.read_bytes() for path in folder.glob("yasgui.min.*"))

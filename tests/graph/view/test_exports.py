"""What the page saves is what it shows, in forms that others read."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
import rdflib

from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads
from kg.graph.store import open_store
from kg.knowledge.tables import load_tables
from kg.records import Extraction
from tests.graph.view.conftest import OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

DKG = rdflib.Namespace("https://w3id.org/dkg/ns#")


def save(page: Page, name: str) -> bytes:
    """Save by the menu and read the file."""
    page.get_by_role("button", name="Сохранить", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


@pytest.fixture
def page(open_page: OpenPage, path: Path) -> Page:
    return open_page(path, "#level=events&type=Talks&type=Summit")


def test_picture(page: Page) -> None:
    assert save(page, "Картинка").startswith(b"\x89PNG")


def test_csv_of_events(page: Page) -> None:
    rows = list(csv.DictReader(io.StringIO(save(page, "Таблица").decode("utf-8-sig"))))
    assert {row["type"] for row in rows if "/event/" in row["source"]} == {"Talks", "Summit"}
    assert {"participant", "host", "place"} <= {row["role"] for row in rows}
    assert "https://w3id.org/dkg/id/person/sadyr-japarov" in {row["target"] for row in rows}


def test_csv_of_actors(open_page: OpenPage, path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(save(open_page(path), "Таблица").decode("utf-8-sig"))))
    assert {"Киргизия", "Россия", "4"} in [{row["source_name"], row["target_name"], row["events"]} for row in rows]


def test_a_cell_is_no_formula(page: Page) -> None:
    cells = page.evaluate("['=1+1', '+7', '@x', '-a', 'a\"b', 'a,b', 'plain'].map(csvCell)")
    assert cells == ["'=1+1", "'+7", "'@x", "'-a", '"a""b"', '"a,b"', "plain"]


@pytest.mark.parametrize("level", ["actors", "events"])
def test_graphml(open_page: OpenPage, path: Path, tmp_path: Path, level: str) -> None:
    page = open_page(path, f"#level={level}")
    (tmp_path / "network.graphml").write_bytes(save(page, "Граф"))
    graph = nx.read_graphml(tmp_path / "network.graphml", force_multigraph=True)
    assert graph.is_directed() is (level == "events")
    assert len(graph) == page.evaluate("picture.nodes.length")
    assert graph.nodes["https://w3id.org/dkg/id/country/KG"]["name_en"] == "Kyrgyzstan"


def test_turtle(page: Page) -> None:
    graph = rdflib.Graph().parse(data=save(page, "Факты").decode(), format="turtle")
    assert set(graph.subjects(rdflib.RDF.type, DKG.Talks)) | set(graph.subjects(rdflib.RDF.type, DKG.Summit))
    assert not set(graph.subjects(rdflib.RDF.type, DKG.Visit)) - set(graph.objects(None, DKG.subEventOf))
    assert rdflib.Literal("2025-11-26", datatype=rdflib.XSD.date) in set(graph.objects(None, DKG.date))


def test_sparql_yields_what_is_seen(page: Page, extraction: Extraction, base: str) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.get_by_role("button", name="Скопировать запрос").click()
    page.locator("#message").wait_for()
    text = page.locator("#sparql").input_value()
    with open_store(None) as store:
        store.load_reference(reference_quads(load_tables(), base), "1")
        store.replace_article(extraction.article.id, extraction_quads(extraction, base))
        triples = list(store.query(text))
    turtle = rdflib.Graph().parse(data=page.evaluate("makeTurtle()"), format="turtle")
    told = {(str(s), str(p), str(o)) for s, p, o in turtle if p in (DKG.participant, DKG.country, DKG.place)}
    found = {(t.subject.value, t.predicate.value, t.object.value) for t in triples}
    assert told
    assert told <= found


def test_hostile_iris_and_texts_are_escaped(page: Page) -> None:
    made = page.evaluate(
        """() => {
            data.nodes[0].id = 'x> <y';
            data.nodes[0].name[0] = 'a"b\\\\c\\nd';
            return [iri(0), literal(data.nodes[0].name[0]), xml('<&">\\u0001')];
        }"""
    )
    assert made == [
        "<https://w3id.org/dkg/id/x%3E%20%3Cy>", '"a\\"b\\\\c\\nd"', "&lt;&amp;&quot;&gt;",
    ]  # fmt: skip

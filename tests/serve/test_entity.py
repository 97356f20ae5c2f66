"""The page of a thing: all its facts however often they are told, each event once with all who tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import article_iri, graph_iri
from kg.graph.namespaces import DCTERMS, RDF, SKOS
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store
from kg.serve import entity
from tests.serve.conftest import BASE, make_store

OA = "http://www.w3.org/ns/oa#"
RUSSIA, LAND = NamedNode(f"{BASE}country/RU"), NamedNode(f"{BASE}country/XX")
MERGED = NamedNode(f"{BASE}event/merged")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = make_store(tmp_path_factory.mktemp("entity") / "store")
    with open_store(folder) as opened:
        opened.inner.bulk_extend(quad for number in range(200) for quad in make_article(number))
        links = graph_iri(BASE, "links")
        told = [(RDF.type, DKG.Event), (SKOS.prefLabel, Literal("слились", language="ru")), (DKG.country, LAND)]
        told += [(DKG.earliest, make_day(1)), (DKG.date, make_day(1)), (DKG.country, RUSSIA)]
        told += [(DKG.merges, make_event(number)) for number in (0, 1)]
        opened.inner.extend(Quad(MERGED, name, value, links) for name, value in told)
        opened.inner.extend(Quad(make_event(number), DKG.sameEvent, MERGED, links) for number in (0, 1))
        yield opened


def make_event(number: int) -> NamedNode:
    return NamedNode(f"{BASE}event/{number}")


def make_day(number: int) -> Literal:
    return Literal(f"{2000 + number // 28:04}-01-{number % 28 + 1:02}", datatype=NamedNode(f"{XSD}date"))


XSD = "http://www.w3.org/2001/XMLSchema#"


def make_article(number: int) -> Iterator[Quad]:
    """An article that names Russia and tells of one event."""
    graph, event = article_iri(BASE, f"a{number}"), make_event(number)
    note, target, selector = (NamedNode(f"{BASE}{kind}/{number}") for kind in ("note", "target", "selector"))
    yield Quad(graph, RDF.type, DKG.Article, graph)
    yield Quad(graph, DCTERMS.title, Literal(f"заголовок {number}."), graph)
    yield Quad(RUSSIA, RDF.type, DKG.Country, graph)
    yield Quad(RUSSIA, SKOS.altLabel, Literal("Россия"), graph)
    yield Quad(event, RDF.type, DKG.Event, graph)
    yield Quad(event, SKOS.prefLabel, Literal(f"событие {number}.", language="ru"), graph)
    yield Quad(event, DKG.country, LAND, graph)
    yield Quad(event, DKG.country, RUSSIA, graph)
    yield Quad(event, DKG.date, make_day(number), graph)
    yield Quad(event, DKG.earliest, make_day(number), graph)
    yield Quad(event, DKG.evidence, note, graph)
    yield Quad(note, NamedNode(OA + "hasTarget"), target, graph)
    yield Quad(target, NamedNode(OA + "hasSelector"), selector, graph)
    yield Quad(selector, NamedNode(OA + "exact"), Literal(f"сказано {number}."), graph)


def list_rows(html: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", html)


def test_facts_do_not_drown_in_articles(store: Store) -> None:
    with_articles = "".join(entity.make_facts(store, RUSSIA))
    curated = set(store.inner.quads_for_pattern(RUSSIA, None, None, graph_iri(BASE, "reference")))
    wanted = {(quad.predicate, quad.object) for quad in curated if quad.predicate not in entity.LEFT_OUT}
    assert len(wanted) > 3
    assert wanted <= set(entity.list_facts(store, RUSSIA))
    assert len(list_rows(with_articles)) == len(set(entity.list_facts(store, RUSSIA))) >= len(wanted)
    assert with_articles.count("<bdi>Россия</bdi>") == 1
    assert "Only" not in with_articles


def test_facts_tell_when_they_are_cut(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity, "FACTS", 3)
    html = "".join(entity.make_facts(store, RUSSIA))
    assert len(list_rows(html)) == 3
    assert "Only 3 facts are shown" in html


def test_a_thing_has_room_for_hundreds_of_facts(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", base=BASE) as store:
        graph = article_iri(BASE, "a")
        store.inner.extend(Quad(LAND, SKOS.altLabel, Literal(f"имя {n}"), graph) for n in range(290))
        assert len(list_rows("".join(entity.make_facts(store, LAND)))) == 290


def test_merged_event_stands_once_with_all_its_accounts(store: Store) -> None:
    rows = list_rows("".join(entity.make_events(store, LAND)))
    assert len(rows) == 199
    assert not any("событие 0." in row or "событие 1." in row for row in rows)
    (merged,) = (row for row in rows if "слились" in row)
    for text in ("сказано 0.", "сказано 1.", "заголовок 0.", "заголовок 1.", "2000-01-02"):
        assert text in merged
    assert "graph/links" not in merged


def test_newest_events_come_first_and_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "событие 199." in list_rows("".join(entity.make_events(store, LAND)))[0]
    monkeypatch.setattr(entity, "EVENTS", 5)
    html = "".join(entity.make_events(store, LAND))
    assert [f"событие {199 - place}." in row for place, row in enumerate(list_rows(html))] == [True] * 5
    assert "Only the newest 5 events are shown" in html


def test_neighbours_count_a_merged_event_once(store: Store) -> None:
    (row,) = entity.solve(store, "neighbours", thing=LAND)
    assert (row["other"], row["events"].value) == (RUSSIA, "199")


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("http://a℀b.com/x", True),
        ("HTTPS://x.example/", True),
        ("http://[x", False),
        ("javascript:alert(1)", False),
        ("https:x", False),
    ],
)
def test_addresses(store: Store, address: str, linked: bool) -> None:
    try:
        node = NamedNode(address)
    except ValueError:
        assert not linked
        return
    assert entity.make_link(store, node, "x").startswith("<a href=") == linked

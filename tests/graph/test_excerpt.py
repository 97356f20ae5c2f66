"""An excerpt answers what is asked of a part as the whole store does."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from kg.bulk.building import build
from kg.graph.excerpt import make_excerpt
from kg.graph.lookup import find_thing
from kg.graph.mapping import extraction_quads
from kg.graph.network import Network, links, make_network, records
from kg.graph.selection import Selection, is_bare, parse_statuses, parse_types, select_network
from kg.graph.store import Store, open_store
from kg.graph.stretch import Stretch, parse_stretch
from kg.graph.terms import load_terms
from kg.records import Argument, Article, Entity, Event, Extraction, Mention, Span
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language

Facts: TypeAlias = tuple[dict[str, object], set[object]]


@pytest.fixture(scope="module")
def store(nlp: Language, articles: Path) -> Iterator[Store]:
    """Some of the samples, as `kg build` reads them."""
    with open_store(None) as opened:
        build(read_articles(sorted(articles.glob("*.json"))[:12]), opened, nlp=nlp)
        yield opened


@pytest.fixture(scope="module")
def network(store: Store) -> Network:
    return make_network(store)


def read(network: Network) -> Facts:
    """What can be seen of it; which of two sentences says the same of an office is left to chance."""
    nodes = {node.iri: node for node in records(network)}
    return nodes, {(a, b, edge.role, edge.title, edge.start) for a, b, edge in links(network)}


@pytest.mark.parametrize("name", ["KG", "RU", "Владимир Путин", "Шавкат Мирзиёев", "Бишкек", "СНГ"])
@pytest.mark.parametrize("hops", [1, 2])
@pytest.mark.parametrize("time", [Stretch(), parse_stretch("2025", "2025-06")], ids=["ever", "2025"])
@pytest.mark.parametrize(("types", "status"), [("", ""), ("Visit,Talks", ""), ("", "planned"), ("Treaty", "signed")])
def test_the_part_is_that_of_the_whole(
    store: Store, network: Network, name: str, hops: int, time: Stretch, types: str, status: str
) -> None:
    terms, thing = load_terms(), find_thing(store, name).value
    wanted = Selection((thing,), hops, time, parse_types([types]), parse_statuses([status]))
    whole = select_network(network, wanted, terms)
    excerpt, cut = make_excerpt(store, wanted, 10**6)
    with excerpt:
        part = select_network(make_network(excerpt), wanted, terms)
    assert not cut
    assert (is_bare(part, wanted) and is_bare(whole, wanted)) or read(part) == read(whole)


@pytest.mark.parametrize("mentions", [False, True])
@pytest.mark.parametrize("time", [Stretch(), parse_stretch("2025", "2025-06")], ids=["ever", "2025"])
@pytest.mark.parametrize(
    ("types", "status"), [("", ""), ("Visit,Talks", ""), ("Contact", "planned"), ("", "signed"), ("Treaty", "")]
)
def test_what_fits_of_all_is_that_of_the_whole(
    store: Store, time: Stretch, types: str, status: str, mentions: bool
) -> None:
    terms, wanted = load_terms(), Selection((), 1, time, parse_types([types]), parse_statuses([status]))
    whole = select_network(make_network(store, mentions=mentions), wanted, terms)
    excerpt, cut = make_excerpt(store, wanted, 10**6, mentions=mentions)
    with excerpt:
        part = select_network(make_network(excerpt, mentions=mentions), wanted, terms)
    assert not cut
    assert read(part) == read(whole)


def test_facts_that_many_articles_state_stand_where_they_were_stated_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.excerpt.PLENTY", 3)
    with open_store(None) as many:
        for day, name in ((12, "ведомство"), (11, "ведомство"), (2, "Ведомство"), (1, "ведомство")):
            made = make_statement(f"a{day}", datetime.date(2025, 1, day), name)
            many.replace_article(made.article.id, extraction_quads(made, many.base))
        excerpt, _ = make_excerpt(many, Selection(), 100)
        with excerpt:
            part, whole = (list(records(make_network(of))) for of in (excerpt, many))
    assert "ведомство" in {node.label.ru for node in whole}
    assert part == whole


def make_statement(id_: str, published: datetime.date, name: str) -> Extraction:
    """An article in which an organisation without a fixed name says something."""
    office, all_ = Entity("organization/o", "Organization", name, name, known=False), Span(1, 6)
    event = Event("e", "Statement", "occurred", "заявление", (Argument("participant", office),), (all_,), all_)
    return Extraction(Article(id_, "текст", published=published), (Mention(all_, office),), (event,))


def test_what_does_not_fit_is_not_copied(store: Store) -> None:
    excerpt, _ = make_excerpt(store, Selection((), time=parse_stretch("2025-06", "2025-06")), 10**6)
    with excerpt:
        assert len(excerpt.inner) < len(store.inner) / 2


def test_the_newest_come_first_where_there_is_no_room(store: Store) -> None:
    wanted = Selection((find_thing(store, "RU").value,))
    excerpt, cut = make_excerpt(store, wanted, 5)
    with excerpt:
        few = list(records(select_network(make_network(excerpt), wanted, load_terms())))
    assert cut
    events = [node for node in few if node.kind == "Event"]
    assert 1 <= len(events) <= 5
    days = sorted((node.when.earliest or "" for node in records(make_network(store)) if node.when), reverse=True)
    assert all(node.when and (node.when.earliest or "") >= days[-1] for node in events)


def test_bookkeeping_and_what_follows_stay_behind(store: Store) -> None:
    excerpt, _ = make_excerpt(store, Selection((find_thing(store, "RU").value,)), 100)
    with excerpt:
        graphs = {graph.value.removeprefix(excerpt.base) for graph in excerpt.inner.named_graphs()}  # type: ignore[union-attr]
    assert not any(graph.startswith("derived/") for graph in graphs)
    assert "graph/index" not in graphs

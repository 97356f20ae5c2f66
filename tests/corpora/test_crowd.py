"""The made-up crowd: always the same, spread as news is, and brought together the same at once and one by one."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.corpora.crowd import make_crowd
from kg.corpora.groups import store_extraction
from kg.graph.iris import graph_iri
from kg.graph.links.linking import link_store
from kg.graph.store import open_store
from kg.knowledge.tables import Tables, load_tables
from kg.records import Extraction


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


@pytest.fixture(scope="module")
def crowd(tables: Tables) -> tuple[Extraction, ...]:
    return tuple(make_crowd(3000, tables))


def test_the_same_number_gives_the_same_crowd(crowd: tuple[Extraction, ...], tables: Tables) -> None:
    assert tuple(make_crowd(3000, tables)) == crowd
    assert sum(len(extraction.events) for extraction in crowd) >= 3000
    assert len({extraction.article.id for extraction in crowd}) == len(crowd)


def test_few_actors_are_named_often(crowd: tuple[Extraction, ...]) -> None:
    persons = Counter(
        person.id for extraction in crowd for event in extraction.events for person in event.select("participant")
    )
    assert 200 <= len(persons) <= 300
    assert sum(number for _, number in persons.most_common(30)) > 0.25 * sum(persons.values())
    years = {extraction.article.published.year for extraction in crowd if extraction.article.published}
    assert len(years) >= 6


def test_one_by_one_as_all_at_once(crowd: tuple[Extraction, ...]) -> None:
    with open_store(None) as store:
        links = graph_iri(store.base, "links")
        for extraction in crowd[:200]:
            store_extraction(store, extraction)
            link_store(store)
        one_by_one = set(store.quads(links))
        assert one_by_one
        link_store(store, rebuild=True)
        assert set(store.quads(links)) == one_by_one

"""How well the stories of tests/stories are brought together, and that nothing is counted twice."""

from __future__ import annotations

import pytest

from kg.corpora.stories import find_groups
from kg.evaluate.stories import Grouping, Stories, score_stories
from kg.graph.network import make_network, records
from kg.graph.queries import load_queries, run_query
from kg.graph.store import Store
from kg.graph.view import make_page, unpack
from kg.records import Extraction


@pytest.fixture(scope="module")
def grouping(stories: Stories, told: tuple[Extraction, ...], linked: Store) -> Grouping:
    return score_stories(stories, {e.article.id: e for e in told}, find_groups(linked, told))


def test_stories_are_many_and_of_all_sorts(stories: Stories, told: tuple[Extraction, ...]) -> None:
    assert len(told) >= 30
    assert len({extraction.article.source for extraction in told}) == 3
    assert len({row.group.partition("-")[0] for row in stories.select("event")}) == 10
    assert len(stories.select("apart")) >= 10
    contents = {extraction.article.id: extraction.article.content for extraction in told}
    assert all(row.key in contents[row.article] for row in stories.select("person"))


def test_events(grouping: Grouping) -> None:
    assert grouping.events.f1 >= 0.9
    assert len(grouping.missed_events) <= 5


def test_documents(grouping: Grouping) -> None:
    assert grouping.documents.f1 >= 0.9
    assert len(grouping.missed_documents) <= 2


def test_what_is_easily_taken_for_one_is_kept_apart(grouping: Grouping) -> None:
    assert grouping.confused == ()


def test_persons(grouping: Grouping) -> None:
    assert grouping.persons.accuracy >= 0.97, grouping.persons.wrong


def count(store: Store, name: str, **params: str) -> int:
    return len(run_query(store, name, params).rows)


def test_queries_see_each_event_once(linked: Store) -> None:
    once = run_query(linked, "meetings-of", {"person": "sergey-lavrov"})
    all_of_them = run_query(linked, "meetings-of", {"person": "sergey-lavrov"}, mentions=True)
    events = [row[once.columns.index("event")] for row in once.rows]
    assert len(events) == len(set(events))
    assert len(once.rows) < len(all_of_them.rows)
    merged = {row[0] for row in linked.query("SELECT ?e WHERE { ?e dkg:merges ?part }")}  # type: ignore[union-attr, index, misc]
    accounts = {row[0] for row in linked.query("SELECT ?e WHERE { ?e dkg:sameEvent ?m }")}  # type: ignore[union-attr, index, misc]
    assert merged & set(events)
    assert not accounts & set(events)
    assert not merged & {row[all_of_them.columns.index("event")] for row in all_of_them.rows}


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("documents-by-status", {}),
        ("events-in-period", {"since": "2025", "until": "2026"}),
        ("visits-of", {"person": "sergey-lavrov"}),
        ("bilateral-timeline", {"a": "RU", "b": "TR"}),
        ("agreements-between", {"a": "KZ", "b": "TJ"}),
        ("expulsions-and-protests", {}),
        ("planned-events", {}),
    ],
)
def test_mentions_are_more(linked: Store, name: str, params: dict[str, str]) -> None:
    assert 0 < count(linked, name, **params) < count(linked, name, mentions="yes", **params)


def test_every_query_of_events_or_documents_can_be_asked_for_mentions() -> None:
    without = {name for name, query in load_queries().items() if query.parameter("mentions") is None}
    assert without == {"article-evidence", "office-holders", "conflicts", "document-history"}


def test_quotes_of_all_articles_support_a_merged_event(linked: Store) -> None:
    table = run_query(linked, "expulsions-and-protests", {"country": "BG"})
    (evidence,) = [
        str(row[table.columns.index("evidence")])
        for row in table.rows
        if "двух сотрудников российского" in str(row[table.columns.index("evidence")])
    ]
    assert "высылке трёх российских дипломатов" in evidence


def test_conflicts_and_history(linked: Store) -> None:
    conflicts = run_query(linked, "conflicts").cells(linked.prefixes)
    assert list(conflicts[0][1:3]) == ["дипломаты: 2 / 3", "2"] or any("дипломаты: 2 / 3" in row for row in conflicts)
    history = run_query(linked, "document-history", {"party": "UZ"})
    assert [row[1:3] for row in history.cells(linked.prefixes)] == [
        ("2025-04-28", "запланировано"),
        ("2025-05-14", "подписан"),
        ("2025-06-19", "ратифицирован"),
    ]


def test_counts(linked: Store) -> None:
    once, mentions = linked.counts, linked.count_mentions()
    assert once.merged == mentions.merged > 20
    assert sum(n for _, n in once.events) < sum(n for _, n in mentions.events)
    assert sum(n for _, n in once.documents) < sum(n for _, n in mentions.documents)
    assert once.entities == mentions.entities
    assert once.articles == mentions.articles


def test_page_shows_each_event_once(linked: Store) -> None:
    once, mentions = make_network(linked), make_network(linked, mentions=True)
    merged = {row[0].value for row in linked.query("SELECT ?e WHERE { ?e dkg:merges ?part }")}  # type: ignore[union-attr, index, misc]
    accounts = {row[0].value for row in linked.query("SELECT ?e WHERE { ?e dkg:sameEvent|dkg:sameDocument ?m }")}  # type: ignore[union-attr, index, misc]
    assert merged <= set(once)
    assert not accounts & set(once)
    assert accounts <= set(mentions)
    assert not merged & set(mentions)
    quotes = {record.iri: record.quotes for record in records(once)}
    assert all(len({quote.source for quote in quotes[iri]}) >= 2 for iri in merged)
    assert all(once.degree(iri) for iri in merged)


def test_page_tells_of_conflicts_and_stages(linked: Store) -> None:
    remarks = {remark.label.ru for record in records(make_network(linked)) for remark in record.remarks}
    assert {"дипломаты: 2 / 3", "подписан 2025-05-14"} <= remarks
    nodes = unpack(make_page(make_network(linked)))["nodes"]
    assert "дипломаты: 2 / 3" in [node["conflicts"][0][0] for node in nodes if "conflicts" in node]
    assert not any(record.remarks for record in records(make_network(linked, mentions=True)))

"""Who is meant by a name: several bearers by country, and what people decide."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from pyoxigraph import NamedNode, Quad

from kg.graph.iris import graph_iri
from kg.graph.links.linking import find_idle, link_store
from kg.graph.links.review import find_doubtful
from kg.graph.lookup import find_thing
from kg.graph.network import make_network, records
from kg.graph.queries import run_query
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.graph.validate import validate_quads
from kg.knowledge.tables import Tables
from kg.records import Article, Entity, Extraction, Mention, Span, Tenure, When
from kg.resolve.decisions import Decision, Decisions
from tests.graph.links.conftest import put
from tests.graph.sample import KYRGYZSTAN, RUSSIA, TALKS, argue

PUTIN = Entity("person/vladimir-putin", "Person", "Владимир Путин", "Vladimir Putin")
PETROV = Entity("person/ivan-petrov", "Person", "Иван Петров", known=False)
SHORT = Entity("person/i-petrov", "Person", "И. Петров", known=False)
ALIKE = Entity("person/sadir-zhaparov", "Person", "Садир Жапаров", known=False)


def tell(id_: str, person: Entity, of: Entity | None = None, office: str | None = None, day: int = 1) -> Extraction:
    """Talks with somebody, whom the article gives a title or none."""
    article = Article(id_, f"{person.name} провёл переговоры с Путиным.", published=datetime.date(2025, 11, day))
    words = Span(1, len(article.content))
    event = replace(
        TALKS,
        label=f"переговоры {person.name}",
        arguments=argue(participant=(PUTIN, person), country=(RUSSIA, KYRGYZSTAN)),
        evidence=(words,),
        documents=(),
        part_of=None,
        when=When(f"2025-11-{day:02}"),
    )
    tenures = (Tenure(person, office or "чиновник", of, (words,), office),) if of else ()
    mention = Mention(Span(1, 1 + len(person.name)), person)
    return Extraction(article, (mention,), events=(event,), tenures=tenures)


KYRGYZ = tell("a", PETROV, KYRGYZSTAN, "ambassador", 1)
RUSSIAN = tell("b", PETROV, RUSSIA, "foreign_minister", 8)
PLAIN = tell("c", PETROV, None, None, 15)
KYRGYZ_MINISTER = tell("d", PETROV, KYRGYZSTAN, "foreign_minister", 22)


@pytest.fixture
def store(tables: Tables) -> Iterator[Store]:
    with open_store(None) as opened:
        opened.load_reference(reference_quads(tables, opened.base), "1")
        yield opened


def links(store: Store) -> set[str]:
    return set(map(str, store.quads(graph_iri(store.base, "links"))))


def graph(store: Store, name: str) -> Iterator[Quad]:
    return store.quads(NamedNode(store.base + name))


def decide(*rows: tuple[str, str, bool]) -> Decisions:
    pairs = [(*sorted((a, b)), same) for a, b, same in rows]
    return Decisions({(a, b): Decision(a, b, same, 1) for a, b, same in pairs})


def met(store: Store) -> list[str]:
    """With whom Putin has talked, the latest first."""
    table = run_query(store, "meetings-of", {"person": "person/vladimir-putin"})
    events = [str(row[table.columns.index("event")]) for row in table.rows]
    found = []
    for event in events:
        query = f"SELECT DISTINCT ?who {{ {event} dkg:participant ?who }}"
        found += [row["who"].value.removeprefix(store.base) for row in store.query(query)]  # type: ignore[union-attr]
    return [id_ for id_ in found if id_ != "person/vladimir-putin"]


def shown(store: Store) -> set[str]:
    """The persons of the view."""
    ids = {node.iri.removeprefix(store.base) for node in records(make_network(store))}
    return {id_ for id_ in ids if id_.startswith("person/")}


def count_persons(store: Store, *, mentions: bool = False) -> int:
    return dict((store.count_mentions() if mentions else store.counts).entities)["Person"]


def test_titles_of_two_countries_are_two_persons(store: Store) -> None:
    put(store, KYRGYZ)
    link_store(store)
    assert met(store) == ["person/ivan-petrov"]
    assert not any("splitFrom" in quad for quad in links(store))
    put(store, RUSSIAN)
    link_store(store)
    assert met(store) == ["person/ivan-petrov.ru", "person/ivan-petrov.kg"]
    assert count_persons(store) == 3
    assert count_persons(store, mentions=True) == 2
    assert store.counts.merged == 0
    assert shown(store) == {"person/vladimir-putin", "person/ivan-petrov.ru", "person/ivan-petrov.kg"}
    report = validate_quads(quad for name in ("article/a", "article/b", "graph/links") for quad in graph(store, name))
    assert report.conforms, "\n".join(map(str, report.violations))


def test_an_article_without_a_title_means_none_of_several(store: Store) -> None:
    put(store, KYRGYZ, RUSSIAN, PLAIN)
    link_store(store)
    assert met(store) == ["person/ivan-petrov", "person/ivan-petrov.ru", "person/ivan-petrov.kg"]
    assert count_persons(store) == 4


@pytest.mark.parametrize("order", list(permutations((KYRGYZ, RUSSIAN, PLAIN, KYRGYZ_MINISTER)))[::3])
def test_order_and_number_of_builds_make_no_difference(store: Store, order: tuple[Extraction, ...]) -> None:
    for extraction in order:
        put(store, extraction)
        link_store(store)
    step_by_step = links(store)
    link_store(store, rebuild=True)
    assert links(store) == step_by_step
    for gone in (RUSSIAN, KYRGYZ):
        store.remove_article(gone.article.id)
        link_store(store)
        step_by_step = links(store)
        link_store(store, rebuild=True)
        assert links(store) == step_by_step
    assert met(store) == ["person/ivan-petrov"] * 2


def test_people_decide_that_two_are_one(store: Store) -> None:
    put(store, KYRGYZ, tell("e", SHORT, KYRGYZSTAN, "ambassador", 9), tell("f", ALIKE, None, None, 16))
    link_store(store)
    before = links(store)
    pairs = {(pair.a.id, pair.b.id) for pair in find_doubtful(store, Decisions()) if pair.a.id.startswith("person")}
    assert pairs == {(SHORT.id, PETROV.id), (ALIKE.id, "person/sadyr-japarov")}
    decided = decide((SHORT.id, PETROV.id, True), (ALIKE.id, "person/sadyr-japarov", True))
    link_store(store, decided)
    assert met(store) == ["person/sadyr-japarov", "person/ivan-petrov", "person/ivan-petrov"]
    assert count_persons(store) == 3
    assert find_thing(store, "Садир Жапаров") == find_thing(store, "person/sadyr-japarov")
    assert not [pair for pair in find_doubtful(store, decided) if pair.a.id.startswith("person")]
    assert find_idle(store, decided) == ()
    tenures = [row["who"].value for row in store.query("SELECT ?who { ?t dkg:holder ?who }")]  # type: ignore[union-attr]
    assert tenures == [f"{store.base}person/ivan-petrov"]
    assert shown(store) == {PUTIN.id, PETROV.id, "person/sadyr-japarov"}
    link_store(store)
    assert links(store) == before


def test_one_event_told_with_two_spellings_is_one(store: Store) -> None:
    put(store, KYRGYZ, tell("e", SHORT, KYRGYZSTAN, "ambassador", 1))
    link_store(store)
    assert len(met(store)) == 2
    link_store(store, decide((SHORT.id, PETROV.id, True)))
    assert met(store) == ["person/ivan-petrov"]
    assert store.counts.merged == 1


def test_bearers_of_one_name_are_joined_and_parted_by_people(store: Store) -> None:
    put(store, KYRGYZ, RUSSIAN, KYRGYZ_MINISTER)
    link_store(store)
    kyrgyz, russian = f"{PETROV.id}.kg", f"{PETROV.id}.ru"
    envoy, minister = f"{kyrgyz}.ambassador", f"{kyrgyz}.foreign_minister"
    listed = {(p.a.id, p.b.id): p for p in find_doubtful(store, Decisions()) if p.a.id.startswith("person")}
    assert {(kyrgyz, russian): False, (envoy, minister): True} == {ids: pair.merged for ids, pair in listed.items()}
    assert listed[kyrgyz, russian].b.quote == "Иван Петров провёл переговоры с Путиным."
    assert "foreign_minister country/RU" in listed[kyrgyz, russian].b.date
    link_store(store, decide((kyrgyz, russian, True)))
    assert met(store) == [kyrgyz] * 3
    link_store(store, decide((kyrgyz, russian, False), (envoy, minister, False)))
    assert met(store) == [minister, russian, envoy]


def test_decisions_on_what_is_not_there_are_told(store: Store) -> None:
    put(store, KYRGYZ)
    absent = f"{PETROV.id}.de"
    decided = decide(("event/1", "event/2", True), (PETROV.id, "person/nobody", True), (absent, "person/x", True))
    link_store(store, decided)
    assert find_idle(store, decided) == ("event/1", "event/2", absent, "person/nobody", "person/x")
    assert met(store) == [PETROV.id]

"""Articles are linked some at a time, and a run may die: what comes out is the same as if all were linked at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.graph.iris import article_iri, graph_iri
from kg.graph.links.ledger import Ledger
from kg.graph.links.linking import link_store
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.knowledge.tables import Tables
from kg.records import Article, Document, Extraction, Span, When
from kg.resolve.decisions import Decisions
from tests.graph.links.conftest import put
from tests.graph.links.test_names import KYRGYZ, PETROV, PUTIN, RUSSIAN, decide, tell
from tests.graph.sample import KYRGYZSTAN, RUSSIA, argue

PAPER = Document(
    "d1", "JointStatement", "совместное заявление о союзничестве", "prepared", (RUSSIA, KYRGYZSTAN), (Span(1, 20),), 0.8
)


@pytest.fixture
def store(tables: Tables) -> Iterator[Store]:
    with open_with(tables) as opened:
        yield opened


@pytest.fixture
def whole(tables: Tables) -> Iterator[Store]:
    """What is linked at once."""
    with open_with(tables) as opened:
        yield opened


@contextmanager
def open_with(tables: Tables) -> Iterator[Store]:
    with open_store(None) as opened:
        opened.load_reference(reference_quads(tables, opened.base), "1")
        yield opened


def quads(store: Store, name: str) -> set[str]:
    return set(map(str, store.inner.quads_for_pattern(None, None, None, graph_iri(store.base, name))))


def assert_alike(store: Store, whole: Store) -> None:
    for name in ("links", "index"):
        assert quads(store, name) == quads(whole, name)


def event_of(store: Store, article: str) -> str:
    (found,) = store.inner.quads_for_pattern(None, RDF.type, DKG.Event, article_iri(store.base, article))
    return str(found.subject.value).removeprefix(store.base)  # type: ignore[union-attr]


def die(store: Store, update: str) -> None:
    raise InterruptedError


def publish(extraction: Extraction, day: int) -> Extraction:
    return replace(extraction, article=replace(extraction.article, published=datetime.date(2025, 11, day)))


def test_who_was_meant_before_a_run_that_died_is_meant_again(
    store: Store, whole: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second bearer of a name goes as if he had never been there."""
    put(store, KYRGYZ)
    link_store(store)
    put(store, RUSSIAN)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "update", die)
        with pytest.raises(InterruptedError):
            link_store(store)
    store.remove_article("b")
    link_store(store)
    for one in (store, whole):
        put(one, *(() if one is store else (KYRGYZ,)), tell("z", PETROV, KYRGYZSTAN, "ambassador", 1))
        link_store(one)
    assert_alike(store, whole)


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_what_people_decided_waits_for_its_turn(store: Store, whole: Store, order: tuple[str, str, str]) -> None:
    one, two, three = order
    told = (tell(one, PETROV, None, None, 20), tell(two, PETROV, None, None, 10))
    told = (*told, publish(tell(three, PETROV, None, None, 10), 2))
    for each in (store, whole):
        put(each, *told)
    decisions = decide((event_of(store, one), event_of(store, two), True))
    link_all(store, decisions)
    link_store(whole, decisions)
    assert_alike(store, whole)


def test_what_vanishes_before_its_turn_leaves_nothing(store: Store, whole: Store) -> None:
    put(store, tell("a", PETROV, None, None, 20), tell("b", PETROV, None, None, 10))
    decisions = decide((event_of(store, "a"), event_of(store, "b"), True))
    link_store(store, decisions, most=1)
    store.remove_article("b")
    link_all(store, decisions)
    put(whole, tell("a", PETROV, None, None, 20))
    link_store(whole, decisions)
    assert_alike(store, whole)


def link_all(store: Store, decisions: Decisions) -> None:
    while link_store(store, decisions, most=1).articles:
        pass


def test_what_refers_to_an_event_that_is_written_again_follows_it(
    store: Store, whole: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first account is gone, but before its turn comes a document changes that another account refers to."""
    first, second, third = (
        publish(tell(id_, PETROV, None, None, 10), day) for id_, day in zip("brs", (11, 12, 13), strict=True)
    )
    main = replace(second.events[0], documents=("d1",))
    part = replace(
        main, key="e9", type="Statement", documents=(), part_of=main.key, arguments=argue(participant=(PUTIN,))
    )
    second = replace(second, events=(main, part), documents=(PAPER,))
    other = publish(tell("d", PETROV, None, None, 10), 14)
    signing = replace(
        other.events[0],
        type="Signing",
        documents=("d1",),
        when=When("2025-11-10"),
        arguments=argue(participant=(PUTIN,)),
    )
    other = replace(other, events=(signing,), documents=(PAPER,))
    put(store, first, second, third)
    link_store(store)
    store.remove_article("b")
    put(store, other)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "changed_articles", lambda ledger, most=None: [article_iri(store.base, "d")])
        link_store(store)
    link_store(store)
    put(whole, second, third, other)
    link_store(whole)
    assert_alike(store, whole)


def test_a_damaged_index_is_told(store: Store) -> None:
    put(store, KYRGYZ)
    link_store(store)
    entry = NamedNode(f"{store.base}entry/{event_of(store, 'a')}")
    graph = graph_iri(store.base, "index")
    (text,) = (quad.object for quad in store.inner.quads_for_pattern(entry, DKG.indexAccount, None, graph))
    broken = Literal("[{}]")
    store.update(
        f"DELETE DATA {{ GRAPH {graph} {{ {entry} {DKG.indexAccount} {text} }} }} ;"
        f"INSERT DATA {{ GRAPH {graph} {{ {entry} {DKG.indexAccount} {broken} }} }}"
    )
    put(store, tell("z", PETROV, KYRGYZSTAN, "ambassador", 1))
    with pytest.raises(StoreError, match="the index is damaged"):
        link_store(store)
    link_store(store, rebuild=True)
    assert quads(store, "links")


def mention(id_: str, day: str) -> Extraction:
    """An article that tells of one agreement."""
    paper = Document("d1", "Agreement", "соглашение о торговле и транзите", "planned", (RUSSIA,), (Span(1, 33),))
    article = Article(id_, "Соглашение о торговле и транзите.", published=datetime.date.fromisoformat(day))
    return Extraction(article, documents=(paper,))


@pytest.mark.parametrize("seed", range(12))  # which of the changed articles comes first is chance
def test_a_corrected_date_waits_for_its_turn(store: Store, whole: Store, seed: int) -> None:
    """Until then the article counts as it was, for whoever finds it and for whomever it finds."""
    others = [mention(f"m{number}-{seed}", "2025-06-10") for number in range(3)]
    put(store, mention(f"k-{seed}", "2023-06-10"), *others)
    link_store(store)
    changed = mention(f"k-{seed}", "2025-06-05"), mention(f"z-{seed}", "2024-03-01")
    put(store, *changed)
    link_store(store, most=1)
    merged = [quad for quad in store.quads(graph_iri(store.base, "links")) if quad.predicate == DKG.merges]
    assert len({quad.object for quad in merged}) == len(merged)
    link_all(store, Decisions())
    put(whole, *changed, *others)
    link_store(whole)
    assert_alike(store, whole)


@pytest.mark.parametrize("most", [None, 1])
def test_who_is_left_of_what_people_joined_stands_alone(store: Store, whole: Store, most: int | None) -> None:
    """Nothing but the decision made them one, so that nothing else leads from who is gone to who is left."""
    put(store, tell("a", PETROV, None, None, 20), tell("b", PETROV, None, None, 10))
    decisions = decide((event_of(store, "a"), event_of(store, "b"), True))
    link_store(store, decisions)
    store.remove_article("b")
    link_store(store, decisions, most=most)
    put(whole, tell("a", PETROV, None, None, 20))
    link_store(whole, decisions)
    assert_alike(store, whole)

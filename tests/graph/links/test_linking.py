"""The graph of links: a function of the articles, brought up to date in one atomic update."""

from __future__ import annotations

import datetime
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad

from kg.graph.iris import article_iri, graph_iri
from kg.graph.links.linking import link_store
from kg.graph.memory import IndexMemory
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.graph.validate import validate_quads
from kg.knowledge.tables import Tables
from kg.records import Extraction
from kg.resolve.decisions import Decision, Decisions
from tests.graph.links.conftest import put


def links(store: Store) -> set[Quad]:
    return set(store.quads(graph_iri(store.base, "links")))


def index(store: Store) -> set[Quad]:
    return set(store.inner.quads_for_pattern(None, None, None, graph_iri(store.base, "index")))


def open_with(tables: Tables) -> Store:
    store = open_store(None)
    store.load_reference(reference_quads(tables, store.base), "1")
    return store


def texts(store: Store, query: str) -> set[tuple[str, ...]]:
    return {tuple(str(getattr(term, "value", "")) for term in row) for row in store.query(query)}  # type: ignore[union-attr]


MERGED = "SELECT DISTINCT ?merged WHERE { ?merged dkg:merges ?account }"


@pytest.mark.parametrize("seed", range(3))
def test_order_of_reading_makes_no_difference(
    linked: Store, told: tuple[Extraction, ...], tables: Tables, seed: int
) -> None:
    """In another order, and in several builds of any size."""
    chance = random.Random(seed)
    shuffled = list(told)
    chance.shuffle(shuffled)
    with open_with(tables) as store:
        while shuffled:
            size = chance.choice((1, 1, 2, 5, 15))
            put(store, *shuffled[:size])
            link_store(store)
            del shuffled[:size]
        assert links(store) == links(linked)
        assert index(store) == index(linked)
        link_store(store, rebuild=True)
        assert links(store) == links(linked)


@pytest.mark.parametrize("seed", [0, 3, 4, 17, 24, 45])
def test_any_history_ends_in_the_same_links(told: tuple[Extraction, ...], tables: Tables, seed: int) -> None:
    """Articles come, go and change; between two runs the process may have ended, and forgotten what it knew."""
    live_through(told, tables, random.Random(seed))


@pytest.mark.parametrize("seed", range(4))
def test_any_history_of_what_many_articles_tell_alike_ends_in_the_same_links(
    told: tuple[Extraction, ...], tables: Tables, seed: int
) -> None:
    """A few articles, told again by others on other days, some of which tell all twice."""
    chance = random.Random(seed)
    few = chance.sample([extraction for extraction in told if extraction.documents], 3)
    live_through([retell(extraction, number, chance) for extraction in few for number in range(12)], tables, chance)


def live_through(told: Sequence[Extraction], tables: Tables, chance: random.Random) -> None:
    """Let articles come, go and change, and compare with what comes of them at once."""
    there = dict[str, Extraction]()
    with open_with(tables) as store, open_with(tables) as whole:
        for _ in range(12):
            for extraction in chance.sample(told, 8):
                there[extraction.article.id] = change(extraction, chance)
                put(store, there[extraction.article.id])
            for id_ in chance.sample(sorted(there), 3):
                store.remove_article(id_)
                del there[id_]
            link_store(store, most=chance.choice((None, 1, 3)))
            store.index = chance.choice((store.index, IndexMemory(), IndexMemory(store.index.keys)))
        while link_store(store, most=5).articles:
            pass
        put(whole, *there.values())
        link_store(whole)
        assert links(store) == links(whole)
        assert index(store) == index(whole)


def test_a_run_that_died_before_its_links_does_no_harm(
    told: tuple[Extraction, ...], tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New entries of the index are there, the old ones still are, and the links are the old ones."""
    with open_with(tables) as store, open_with(tables) as whole:
        for some in (told[:20], told[20:30]):  # the second time something is remembered of the first
            put(store, *some)
            link_store(store)
        changed = [shorten(article, random.Random(1)) for article in told[:15]]
        put(store, *changed, *told[30:])
        with monkeypatch.context() as patch:
            patch.setattr(Store, "update", die)
            with pytest.raises(InterruptedError):
                link_store(store)
        put(store, *told[:5])
        link_store(store, most=4)
        link_store(store)
        put(whole, *told[:5], *changed[5:], *told[15:])
        link_store(whole)
        assert links(store) == links(whole)
        assert index(store) == index(whole)


def change(extraction: Extraction, chance: random.Random) -> Extraction:
    """An extraction as it is, or with some events only, or of another day."""
    article, lot = extraction.article, chance.random()
    if lot < 0.4:
        return shorten(extraction, chance)
    if lot < 0.6 and article.published:
        shift = datetime.timedelta(days=chance.choice((-300, -1, 2, 30)))
        return replace(extraction, article=replace(article, published=article.published + shift))
    return extraction


def shorten(extraction: Extraction, chance: random.Random) -> Extraction:
    """An extraction with some events only."""
    kept = [event for event in extraction.events if chance.random() < 0.8]
    keys = {event.key for event in kept}
    events = (event if event.part_of in keys else replace(event, part_of=None) for event in kept)
    return replace(extraction, events=tuple(events))


def retell(extraction: Extraction, number: int, chance: random.Random) -> Extraction:
    """An extraction as another article, of another day, which may tell events and documents twice."""
    article = extraction.article
    shift = datetime.timedelta(days=chance.choice((0, 0, 1, 3, 40)))
    again = replace(article, id=f"{article.id}-{number}", published=article.published and article.published + shift)
    if chance.random() < 0.7:
        return replace(extraction, article=again)
    events = [replace(event, key=f"{event.key}-2", part_of=None) for event in extraction.events]
    documents = [replace(document, key=f"{document.key}-2") for document in extraction.documents]
    return replace(
        extraction,
        article=again,
        events=(*extraction.events, *events),
        documents=(*extraction.documents, *documents),
    )


def die(store: Store, update: str) -> None:
    raise InterruptedError


def test_lists_that_are_forgotten_are_read_again(
    linked: Store, told: tuple[Extraction, ...], tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.graph.links.ledger.MOST_LISTED", 3)
    with open_with(tables) as store:
        for extraction in told:
            put(store, extraction)
        while link_store(store, most=9).articles:
            pass
        assert links(store) == links(linked)
        assert index(store) == index(linked)


def test_links_conform_and_have_no_blank_nodes(linked: Store) -> None:
    report = validate_quads(linked.quads())
    assert report.conforms, "\n".join(map(str, report.violations))
    assert not any(isinstance(term, BlankNode) for quad in links(linked) for term in (quad.subject, quad.object))


def test_linking_twice_writes_nothing(linked: Store) -> None:
    before = links(linked)
    done = link_store(linked)
    assert (done.articles, done.inserted, done.deleted) == (0, 0, 0)
    assert links(linked) == before


def test_what_one_article_tells_is_its_own(told: tuple[Extraction, ...], tables: Tables) -> None:
    with open_with(tables) as store:
        put(store, told[0])
        link_store(store)
        assert links(store) == set()


def test_removed_article_leaves_no_trace(linked: Store, told: tuple[Extraction, ...], tables: Tables) -> None:
    with open_with(tables) as store, open_with(tables) as without:
        put(store, *told)
        link_store(store)
        put(without, *told[2:])
        link_store(without)
        for extraction in told[:2]:
            store.remove_article(extraction.article.id)
        link_store(store)
        assert links(store) == links(without)
        assert index(store) == index(without)
        put(store, *told[:2])
        link_store(store)
        assert links(store) == links(linked)


def test_new_version_of_an_article_moves_its_events(told: tuple[Extraction, ...], tables: Tables) -> None:
    by_id = {extraction.article.id: extraction for extraction in told}
    with open_with(tables) as store:
        put(store, by_id["tr-2"], by_id["tr-3"])
        link_store(store)
        assert len(texts(store, MERGED)) == 1
        later = replace(by_id["tr-2"].events[0], when=replace(by_id["tr-2"].events[0].when, start="2025-09-03"))  # type: ignore[type-var]
        put(store, replace(by_id["tr-2"], events=(later,)))
        link_store(store)
        assert texts(store, MERGED) == set()
        assert links(store) == set()


def test_articles_that_changed_wait_for_their_turn(told: tuple[Extraction, ...], tables: Tables) -> None:
    """Linked one by one, some meet what others of them told before."""
    empty = [replace(article, events=(), documents=(), tenures=()) for article in told[:15]]
    with open_with(tables) as store, open_with(tables) as whole:
        put(store, *told[:30])
        link_store(store)
        put(store, *empty, *told[30:])
        put(whole, *empty, *told[15:])
        while link_store(store, most=1).articles:
            pass
        link_store(whole)
        assert links(store) == links(whole)
        assert index(store) == index(whole)


def test_decisions_are_honoured_and_may_be_taken_back(told: tuple[Extraction, ...], tables: Tables) -> None:
    chosen = [extraction for extraction in told if extraction.article.id in ("tr-2", "tr-3")]
    with open_with(tables) as store:
        put(store, *chosen)
        link_store(store)
        before = links(store)
        rows = texts(store, "SELECT ?a ?b WHERE { ?m dkg:merges ?a, ?b FILTER(STR(?a) < STR(?b)) }")
        (pair,) = {tuple(iri.removeprefix(store.base) for iri in row) for row in rows}
        decisions = Decisions({pair: Decision(*pair, same=False, row=2)})  # type: ignore[dict-item, misc]
        link_store(store, decisions)
        assert links(store) == set()
        link_store(store, decisions)
        assert links(store) == set()
        link_store(store)
        assert links(store) == before


def test_stages_of_a_document_in_the_order_of_time(linked: Store) -> None:
    query = """SELECT ?status ?day WHERE { ?d dkg:merges ?part ; a dkg:Treaty ; dkg:stage ?s .
               ?s dkg:documentStatus ?status ; dkg:date ?day }"""
    assert texts(linked, query) == {
        (DKG.planned.value, "2025-04-28"),
        (DKG.signed.value, "2025-05-14"),
        (DKG.ratified.value, "2025-06-19"),
    }
    assert texts(linked, "SELECT ?s WHERE { ?d dkg:merges ?part ; a dkg:Treaty ; dkg:documentStatus ?s }") == {
        (DKG.ratified.value,)
    }


def test_conflicts_are_shown(linked: Store) -> None:
    query = """SELECT ?about ?label ?value (COUNT(?account) AS ?n) WHERE {
      ?event a dkg:Expulsion ; dkg:conflict ?conflict .
      ?conflict dkg:about ?about ; rdfs:label ?label ; dkg:claim ?claim .
      ?claim rdf:value ?value ; dkg:account ?account FILTER(LANG(?label) = "ru")
    } GROUP BY ?about ?label ?value"""
    assert texts(linked, query) == {
        ("count", "дипломаты: 2 / 3", "2", "1"),
        ("count", "дипломаты: 2 / 3", "3", "1"),
    }


def test_merged_event_has_what_all_accounts_say(linked: Store) -> None:
    query = """SELECT ?event ?status ?date (COUNT(DISTINCT ?account) AS ?n) (COUNT(DISTINCT ?article) AS ?articles)
      WHERE { ?event dkg:merges ?part ; a dkg:Talks ; dkg:status ?status ; dkg:date ?date ; dkg:merges ?account ;
        dkg:participant id:person\\/sadyr-japarov ; dkg:evidence/oa:hasTarget/oa:hasSource ?article }
      GROUP BY ?event ?status ?date"""
    ((_, status, date, accounts, articles),) = texts(linked, query)
    assert (status, date, accounts, articles) == (DKG.occurred.value, "2025-05-14", "3", "3")


def test_references_lead_to_what_is_merged(linked: Store) -> None:
    """An event that one article tells refers to the merged document as well, so that no query ends at an account."""
    query = """SELECT ?event WHERE { ?event a dkg:Ratification ; dkg:document ?document .
      ?document dkg:merges ?part ; a dkg:Treaty
      FILTER NOT EXISTS { ?event dkg:merges ?part } }"""
    assert len(texts(linked, query)) == 1
    dangling = """SELECT ?e WHERE { ?e dkg:merges ?part ; dkg:document|dkg:subEventOf ?d .
      ?d dkg:sameDocument|dkg:sameEvent ?m }"""
    assert texts(linked, dangling) == set()


def test_things_are_described_once_and_forgotten(told: tuple[Extraction, ...], tables: Tables) -> None:
    chosen = [extraction for extraction in told if extraction.article.id.startswith("tr-")]
    with open_with(tables) as store:
        put(store, *chosen)
        link_store(store)
        named = """SELECT ?p ?l WHERE { GRAPH id:graph\\/links { ?p a dkg:Person ; skos:prefLabel ?l }
          FILTER(LANG(?l) = 'ru') }"""
        assert {label for _, label in texts(store, named)} == {"Сергей Лавров", "Хакан Фидан"}
        for extraction in chosen[1:]:
            store.remove_article(extraction.article.id)
        link_store(store)
        assert links(store) == set()


WRITER = """
import sys
from pathlib import Path
from kg.graph.links.linking import link_store
from kg.graph.store import open_store

with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    for _ in range(1000):
        link_store(store, rebuild=True)
        print("done", flush=True)
"""


@pytest.mark.parametrize("delay", [0.01, 0.05])
def test_killed_writer_leaves_whole_links(
    tmp_path: Path, linked: Store, told: Iterable[Extraction], tables: Tables, delay: float
) -> None:
    folder = tmp_path / "store"
    with open_store(folder) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        put(store, *told)
        link_store(store)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.stdout.readline()
        try:
            writer.wait(delay)
        except subprocess.TimeoutExpired:
            writer.kill()
    with open_store(folder) as store:
        assert links(store) == links(linked)


def test_process_that_died_before_linking_is_made_up_for(
    tmp_path: Path, linked: Store, told: tuple[Extraction, ...], tables: Tables
) -> None:
    with open_store(tmp_path / "store") as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        put(store, *told[:20])
        link_store(store)
        put(store, *told[20:])
    with open_store(tmp_path / "store") as store:
        assert link_store(store).articles == len(told) - 20
        assert links(store) == links(linked)


def test_bookkeeping_is_no_part_of_the_graph(linked: Store) -> None:
    article = article_iri(linked.base, "kg-1")
    assert index(linked)
    assert not index(linked) & set(linked.quads())
    predicates = texts(linked, f"SELECT DISTINCT ?p WHERE {{ {article} ?p ?o }}")
    assert (DKG.indexKey.value,) not in predicates
    assert not list(linked.inner.quads_for_pattern(None, DKG.unlinked, None, None))
    assert Literal("x") not in {quad.object for quad in links(linked)}

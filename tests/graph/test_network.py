"""The network of a store: what becomes a node, what joins nodes, what each record says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest

from kg.graph.layout import CELL_HEIGHT, CELL_WIDTH, make_layout, select_core
from kg.graph.mapping import extraction_quads
from kg.graph.network import Edge, Network, Node, links, make_network, records
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.graph.terms import Label, load_terms
from kg.knowledge.tables import load_tables
from kg.records import Article, Event, Extraction, Span

KINDS = {  # of the hand-made extraction: what is only mentioned is not shown, the countries of places are
    "Event": 6, "Document": 2, "Person": 3, "Country": 2, "City": 2, "Region": 1, "Venue": 1, "Organization": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def store(extraction: Extraction, base: str) -> Iterator[Store]:
    """A store with the curated facts and one article."""
    with open_store(None) as opened:
        opened.load_reference(reference_quads(load_tables(), base), "1")
        opened.replace_article(extraction.article.id, extraction_quads(extraction, base))
        yield opened


@pytest.fixture(scope="module")
def network(store: Store) -> Network:
    return make_network(store)


def find(network: Network, name: str) -> Node:
    return next(node for node in records(network) if name == node.label.ru or node.iri.endswith(f"/{name}"))


def roles(network: Network, source: str, target: str) -> set[str]:
    ends = find(network, source).iri, find(network, target).iri
    return {edge.role for a, b, edge in links(network) if (a, b) == ends}


def test_kinds(network: Network) -> None:
    assert Counter(node.kind for node in records(network)) == KINDS


def test_event_record(network: Network) -> None:
    node = find(network, "визит Владимира Путина в Киргизию")
    assert (node.kind, node.type, node.status, node.rank) == ("Event", "Visit", "occurred", "state")
    assert node.when is not None
    assert (node.when.start, node.when.end, node.when.earliest) == ("2025-11-25", None, "2025-11-25")
    (quote,) = node.quotes
    assert quote.text == "Гость прилетел в Бишкек накануне с государственным визитом."
    assert quote.source.url == "https://news.example/ru/1"
    assert quote.source.published == "2025-11-26"
    assert quote.source.outlet == "Выдуманный вестник"


def test_topics_have_labels(network: Network) -> None:
    talks = find(network, "переговоры Владимира Путина и Садыра Жапарова")
    assert sorted(talks.topics) == ["topic/security", "topic/trade"]
    assert load_terms().label("topic/trade") == Label("торговля", "trade")


def test_curated_thing(network: Network) -> None:
    """Names come from the curated tables, also where the article has others."""
    row = load_tables().person["sadyr-japarov"]
    node = find(network, row.id)
    assert node.label == Label(row.name_ru, row.name_en)
    assert node.matches == ("http://www.wikidata.org/entity/Q25597826",)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("переговоры Владимира Путина и Садыра Жапарова", "person/sadyr-japarov", {"participant"}),
        ("переговоры Владимира Путина и Садыра Жапарова", "Киргизия", {"country", "host"}),
        ("переговоры Владимира Путина и Садыра Жапарова", "Ынтымак Ордо", {"place"}),
        ("переговоры Владимира Путина и Садыра Жапарова", "совместное заявление о союзничестве", {"document"}),
        ("переговоры Владимира Путина и Садыра Жапарова", "визит Владимира Путина в Киргизию", {"subEventOf"}),
        ("приглашение Садыра Жапарова", "person/sadyr-japarov", {"participant", "target"}),
        ("договор о дружбе", "Россия", {"party"}),
        ("Ынтымак Ордо", "Бишкек", {"within"}),
        ("Бишкек", "Киргизия", {"within"}),
        ("Иван Придуманный", "Россия", {"tenure"}),
    ],
)
def test_roles(network: Network, source: str, target: str, expected: set[str]) -> None:
    assert roles(network, source, target) == expected


def test_tenure_says_where_it_comes_from(network: Network) -> None:
    aide = find(network, "Иван Придуманный").iri
    (edge,) = (edge for source, _, edge in links(network) if source == aide and edge.role == "tenure")
    assert edge.title == Label("помощник президента", "помощник президента")
    assert [quote.text for quote in edge.quotes] == ["Иван Придуманный, помощник президента"]


def test_the_latest_article_decides_on_status(base: str) -> None:
    """Two articles tell of one event: what the later one says is what holds."""
    with open_store(None) as store:
        for number, (day, status) in enumerate([("2025-03-02", "cancelled"), ("2025-03-01", "planned")]):
            node = f"{base}event/1"
            store.update(
                f"""INSERT DATA {{ GRAPH <{base}article/{number}> {{
                <{base}article/{number}> schema:datePublished "{day}"^^xsd:date .
                <{node}> a dkg:Summit ; dkg:status dkg:{status} ; dkg:evidence <{base}evidence/{number}> }} }}"""
            )
        (event,) = records(make_network(store))
    assert event.status == "cancelled"
    assert event.label.ru == load_terms().label("Summit").ru


def test_a_store_without_articles_is_an_empty_network(base: str) -> None:
    with open_store(None) as store:
        store.load_reference(reference_quads(load_tables(), base), "1")
        assert make_network(store).number_of_nodes() == 0


def test_same_store_same_network(store: Store, network: Network) -> None:
    again = make_network(store)
    assert list(again.nodes) == list(network.nodes)
    assert list(links(again)) == list(links(network))


def test_bad_number_is_no_confidence(extraction: Extraction, base: str) -> None:
    with open_store(None) as store:
        store.replace_article(extraction.article.id, extraction_quads(extraction, base))
        store.update('DELETE { GRAPH ?g { ?e dkg:confidence ?c } } INSERT { GRAPH ?g { ?e dkg:confidence "?" } } '
                     "WHERE { GRAPH ?g { ?e dkg:confidence ?c } }")  # fmt: skip
        assert {node.confidence for node in records(make_network(store))} == {None}


def make_wide_network(events: int) -> Network:
    """Many events around a few countries, as real networks are."""
    network = nx.MultiDiGraph(base="")
    names = [f"c{n}" for n in range(12)]
    for name in names:
        network.add_node(name, record=Node(name, "Country", "Country", Label(name, name)))
    for n in range(events):
        event = f"e{n}"
        network.add_node(event, record=Node(event, "Event", "Talks", Label(event, event)))
        for name in (names[n % 3], names[n % 12], names[(n * 7) % 12]):
            network.add_edge(event, name, key="country", record=Edge("country"))
    network.add_node("alone", record=Node("alone", "Person", "Person", Label("alone", "alone")))
    return network


def test_core_is_small_and_connected() -> None:
    network = make_wide_network(700)
    core = select_core(network, 100)
    assert 50 < len(core) <= 100
    assert nx.is_connected(nx.Graph(network).subgraph(core))


def test_core_of_documents_alone() -> None:
    network = make_wide_network(0)
    for n in range(50):
        network.add_node(f"d{n}", record=Node(f"d{n}", "Document", "Treaty", Label("", "")))
        network.add_edge(f"d{n}", f"c{n % 12}", key="party", record=Edge("party"))
    assert 20 < len(select_core(network, 30)) <= 30


def test_core_of_one_event_with_too_many_guests() -> None:
    network = make_wide_network(1)
    for n in range(50):
        network.add_node(f"g{n}", record=Node(f"g{n}", "Person", "Person", Label("", "")))
        network.add_edge("e0", f"g{n}", key="participant", record=Edge("participant"))
    assert len(select_core(network, 30)) == 30


def test_what_is_unconnected_stays_together() -> None:
    network = make_wide_network(0)
    places = make_layout(network, ())
    assert max(y for _, y in places.values()) - min(y for _, y in places.values()) <= 4 * CELL_HEIGHT


def test_layout_gives_each_node_a_cell() -> None:
    network = make_wide_network(1500)
    places = make_layout(network, select_core(network, 120))
    assert set(places) == set(network)
    assert len(set(places.values())) == len(places)
    points = sorted(places.values(), key=lambda point: (point[1], point[0]))
    rows = pairwise(points)
    assert all(b[0] - a[0] >= CELL_WIDTH for a, b in rows if a[1] == b[1])
    assert all(point[1] % CELL_HEIGHT == 0 for point in points)


def test_layout_is_the_same_each_time() -> None:
    network = make_wide_network(300)
    assert make_layout(network, select_core(network, 100)) == make_layout(network, select_core(network, 100))


def test_layout_of_nothing() -> None:
    assert make_layout(nx.MultiDiGraph(base=""), ()) == {}


def test_hostile_names_stay_names(base: str) -> None:
    """Nothing in a label changes what the query reads."""
    label = 'x" } DROP ALL ; <script>'
    event = Event("e", "Talks", "occurred", label, (), (Span(0, 1),), Span(0, 1))
    with open_store(None) as store:
        made = Extraction(Article(id=label, text="текст", title=label), events=(event,))
        store.replace_article(label, extraction_quads(made, base))
        (node,) = records(make_network(store))
    assert node.label.ru == label

"""What users write for a thing finds it, or says why not."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import QueryError
from kg.graph.iris import article_iri
from kg.graph.literals import make_text
from kg.graph.lookup import find_label, find_thing
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        ("https://w3id.org/dkg/id/person/sadyr-japarov", "Person", "person/sadyr-japarov"),
        ("<https://w3id.org/dkg/id/person/sadyr-japarov>", None, "person/sadyr-japarov"),
        ("person/sadyr-japarov", "Person", "person/sadyr-japarov"),
        ("id:person/sadyr-japarov", None, "person/sadyr-japarov"),
        ("sadyr-japarov", "Person", "person/sadyr-japarov"),
        ("Садыр Нургожоевич Жапаров", "Person", "person/sadyr-japarov"),
        ("Sadyr Japarov", "Person", "person/sadyr-japarov"),
        ("садыр жапаров", None, "person/sadyr-japarov"),
        ("Путин", "Person", "person/vladimir-putin"),
        ("Россия", "Country", "country/RU"),
        ("RU", "Country", "country/RU"),
        ("Кыргызстан", "Country", "country/KG"),
        ("Придуманный", "Person", "person/иван-придуманный"),
        ("Бишкек", "Place", "city/bishkek"),
        ("head_of_state", "Office", "office/head_of_state"),
        ("made-up-1", "Article", "article/made-up-1"),
        ("article/made-up-1", "Article", "article/made-up-1"),
        ("торговля", "Topic", "topic/trade"),
    ],
)
def test_found(full: Store, written: str, kind: str | None, expected: str) -> None:
    assert find_thing(full, written, kind) == NamedNode(full.base + expected)


def test_ambiguous_name_lists_the_candidates(full: Store) -> None:
    with pytest.raises(QueryError) as error:
        find_thing(full, "Жапаров", "Person")
    assert "person/akylbek-japarov (Акылбек Жапаров)" in str(error.value)
    assert "person/sadyr-japarov" in str(error.value)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("Никто", "Person"), ("Бишкек", "Person"), ("person/nobody", "Person"), ("", "Person"), ("...", None)],
)
def test_unknown_name(full: Store, written: str, kind: str | None) -> None:
    with pytest.raises(QueryError, match="knows no"):
        find_thing(full, written, kind)


@pytest.mark.parametrize(
    ("written", "kind", "told"),
    [
        ("Жапороф", "Person", r"did you mean .*person/sadyr-japarov \(Садыр Жапаров\)"),
        ("Кыргистан", None, r"did you mean country/KG \(Киргизия\)"),
        ("Sadir Japarov", None, "person/sadyr-japarov"),
    ],
)
def test_misspelt_name_is_guessed_at(full: Store, written: str, kind: str | None, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        find_thing(full, written, kind)


@pytest.mark.parametrize("written", ["country/RU", "https://w3id.org/dkg/id/country/RU"])
def test_a_thing_of_another_class_is_told_as_such(full: Store, written: str) -> None:
    with pytest.raises(QueryError, match="is a country, not a person"):
        find_thing(full, written, "Person")


def test_code_of_a_country_needs_no_class(full: Store) -> None:
    assert find_thing(full, "KG") == NamedNode(full.base + "country/KG")


def test_events_are_not_things(full: Store) -> None:
    with pytest.raises(QueryError, match="knows no thing"):
        find_thing(full, "визит Владимира Путина в Киргизию")


@pytest.mark.parametrize("written", ["phone call", "Телефонный разговор", "расторжение отношений"])
def test_terms_of_the_ontology_are_not_things(full: Store, written: str) -> None:
    with pytest.raises(QueryError, match=f"no thing named '{written}'"):
        find_thing(full, written)


def test_yo_is_ye() -> None:
    with open_store(None) as store:
        graph, node = article_iri(store.base, "a"), NamedNode(store.base + "person/x")
        name = Quad(node, SKOS.prefLabel, make_text("Пётр Королёв", "ru"), graph)
        store.replace_article("a", [Quad(node, RDF.type, DKG.Person, graph), name])
        assert find_thing(store, "петр королев", "Person") == node
        assert find_label(store, node) == "Пётр Королёв"
        assert find_label(store, graph) is None

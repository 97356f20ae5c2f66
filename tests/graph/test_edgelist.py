"""Answers of queries as networks: edges of a CONSTRUCT or SELECT, or things alone."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.edgelist import make_answer_network
from kg.graph.network import Network, links, make_network
from kg.graph.queries import run_query
from kg.graph.store import Store
from kg.graph.terms import Label, load_terms

VISITS = "CONSTRUCT { ?event dkg:at ?place } WHERE { ?event a dkg:Visit ; dkg:place ?place }"
SELECT = "SELECT ?event ?place WHERE { ?event a dkg:Visit ; dkg:place ?place }"
THINGS = "SELECT ?event WHERE { ?event a dkg:Visit }"


def ask(store: Store, query: str) -> Network:
    return make_answer_network(store, make_network(store), run_query(store, query), load_terms())


def ends(network: Network) -> set[tuple[str, str, str]]:
    return {(a.rsplit("/", 2)[-2], b.rsplit("/", 2)[-2], edge.role) for a, b, edge in links(network)}


def test_construct(full: Store) -> None:
    assert ends(ask(full, VISITS)) == {("event", "city", "at"), ("event", "region", "at")}


def test_select_of_two_things(full: Store) -> None:
    found = ask(full, SELECT)
    assert ends(found) == {("event", "city", "relation"), ("event", "region", "relation")}
    assert len(found) == 4


def test_source_target_role_and_weight(full: Store) -> None:
    text = (
        "SELECT ?weight ?role ?target ?source { ?source dkg:place ?target BIND(3 AS ?weight) BIND(dkg:place AS ?role) }"
    )
    found = ask(full, text)
    assert {edge.role for _, _, edge in links(found)} == {"place"}
    assert {data["weight"] for _, _, data in found.edges(data=True)} == {3.0}
    assert all(source.rsplit("/", 2)[-2] == "event" for source, _, _ in links(found))


def test_saved_query(full: Store) -> None:
    found = ask(full, "meeting-network")
    assert {node.rsplit("/", 1)[-1] for node in found} >= {"vladimir-putin", "sadyr-japarov"}


def test_things_come_with_what_they_name(full: Store) -> None:
    found = ask(full, THINGS)
    assert ("event", "person", "participant") in ends(found)
    assert ("event", "city", "place") in ends(found)


def test_things_that_no_article_names_have_their_names_and_codes(full: Store) -> None:
    found = ask(full, "SELECT ?source ?target { ?source dkg:member ?target }")
    italy = found.nodes[f"{full.base}country/IT"]["record"]
    assert (italy.label, italy.iso2, italy.kind) == (Label("Италия", "Italy"), "IT", "Country")


def test_what_no_view_shows_is_left_out(full: Store) -> None:
    assert len(ask(full, "SELECT ?s ?o WHERE { ?s skos:broader ?o }")) == 0


def test_things_that_no_article_names_are_known_from_the_store(full: Store) -> None:
    found = ask(full, "CONSTRUCT { ?v dkg:within ?c } WHERE { ?v a dkg:Venue ; dkg:within ?c } LIMIT 5")
    assert ends(found) == {("venue", "city", "within")}
    assert all(data["record"].label.ru for _, data in found.nodes(data=True))


def test_answers_without_edges_are_refused(full: Store) -> None:
    with pytest.raises(QueryError, match="source and target"):
        ask(full, "who-met-whom")

"""A part of the network: around things, in a time, of types and statuses, of so many nodes."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.network import Network, links, make_network, records
from kg.graph.selection import Selection, is_bare, parse_statuses, parse_types, select_network
from kg.graph.store import Store
from kg.graph.stretch import Stretch, parse_stretch
from kg.graph.terms import Terms, load_terms

JAPAROV, AIDE, RUSSIA = "person/sadyr-japarov", "person/иван-придуманный", "country/RU"


@pytest.fixture(scope="module")
def terms() -> Terms:
    return load_terms()


@pytest.fixture(scope="module")
def network(full: Store) -> Network:
    return make_network(full)


def select(network: Network, terms: Terms, *things: str, **wanted: object) -> Network:
    base = network.graph["base"]
    iris = tuple(next(iri for iri in network if iri == base + thing) for thing in things)
    return select_network(network, Selection(iris, **wanted), terms)  # type: ignore[arg-type]


def types(network: Network) -> list[str]:
    return sorted(node.type for node in records(network) if node.kind == "Event")


def names(network: Network) -> set[str]:
    return {node.iri.removeprefix(network.graph["base"]) for node in records(network) if node.kind != "Event"}


def test_nothing_asked_for_is_all(network: Network, terms: Terms) -> None:
    everything = select(network, terms)
    assert set(everything) == set(network)
    assert set(links(everything)) == set(links(network))


def test_one_step_is_the_events_of_a_thing_with_all_that_they_name(network: Network, terms: Terms) -> None:
    near = select(network, terms, AIDE)
    assert types(near) == ["Statement", "Visit"]
    assert names(near) == {AIDE, RUSSIA, "region/озеро"}


def test_two_steps_go_on_from_there(network: Network, terms: Terms) -> None:
    assert set(select(network, terms, AIDE, hops=2)) > set(select(network, terms, AIDE))
    assert JAPAROV in names(select(network, terms, AIDE, hops=2))


def test_several_things_are_put_together(network: Network, terms: Terms) -> None:
    both = select(network, terms, AIDE, JAPAROV)
    assert set(both) == set(select(network, terms, AIDE)) | set(select(network, terms, JAPAROV))


def test_time_keeps_events_and_what_they_name(network: Network, terms: Terms) -> None:
    late = select(network, terms, time=parse_stretch("2025-12", None))
    assert types(late) == ["Summit"]
    assert names(late) == {"organization/cis", JAPAROV, "country/KG", RUSSIA, "city/saint-petersburg"}


def test_documents_come_with_the_events_that_name_them(network: Network, terms: Terms) -> None:
    talks = select(network, terms, types=parse_types(["talks"]))
    assert types(talks) == ["Talks"]
    assert [node.label.ru for node in records(talks) if node.kind == "Document"] == [
        "совместное заявление о союзничестве"
    ]


def test_documents_have_types_and_statuses_as_well(network: Network, terms: Terms) -> None:
    treaties = select(network, terms, types=parse_types(["Treaty"]))
    assert (types(treaties), len(treaties)) == ([], 3)  # with its two parties
    force = select(network, terms, statuses=parse_statuses(["in_force"]))
    assert set(force) == set(treaties)


def test_groups_of_types(network: Network, terms: Terms) -> None:
    assert types(select(network, terms, types=parse_types(["Event"]))) == types(network)


def test_filters_compose(network: Network, terms: Terms) -> None:
    wanted = {"types": parse_types(["Visit,Talks"]), "statuses": parse_statuses(["planned"])}
    assert types(select(network, terms, AIDE, **wanted)) == ["Visit"]
    assert is_bare(select(network, terms, JAPAROV, **wanted), Selection((JAPAROV,)))


@pytest.mark.parametrize("most", [1, 4, 8, 17])
def test_no_more_nodes_than_asked_for(network: Network, terms: Terms, most: int) -> None:
    few = select(network, terms, AIDE, hops=3, most=most)
    assert 1 <= len(few) <= most
    assert AIDE in names(few)


def test_the_network_itself_stays_as_it_is(network: Network, terms: Terms) -> None:
    before = set(network), set(links(network))
    select(network, terms, AIDE, time=Stretch(), most=2)
    assert (set(network), set(links(network))) == before


@pytest.mark.parametrize(
    ("written", "expected"), [("Talk", "did you mean Talks"), ("Тolks", "there is no type"), ("planned", "no type")]
)
def test_unknown_type_is_refused(written: str, expected: str) -> None:
    with pytest.raises(QueryError, match=expected):
        parse_types([written])


def test_statuses_in_any_spelling() -> None:
    assert parse_statuses(["in_force, PLANNED", "inForce"]) == {"inForce", "planned"}
    with pytest.raises(QueryError, match="there are cancelled"):
        parse_statuses(["done"])

"""What follows from an article and the reference: made with it, replaced with it, left out where nobody wants it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph.derivation import derived_iri
from kg.graph.export import dump_store
from kg.graph.iris import article_iri, resource_iri
from kg.graph.mapping import extraction_quads
from kg.graph.namespaces import PROV, RDF
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.graph.validate import validate_quads
from kg.knowledge.tables import Tables
from kg.records import Argument, Entity, Event, Extraction, When
from tests.graph.sample import AIDE, BISHKEK, CIS, JAPAROV, RUSSIA, TALKS, YNTYMAK, make_sample

MEDVEDEV = Entity("person/dmitry-medvedev", "Person", "Дмитрий Медведев")
GUTERRES = Entity("person/antonio-guterres", "Person", "Антониу Гутерриш")


@pytest.fixture(scope="module")
def reference(tables: Tables) -> Iterator[Store]:
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        yield store


def make_event(when: When | None, **roles: Entity) -> Event:
    arguments = tuple(Argument(role, entity) for role, entity in roles.items())
    return replace(TALKS, arguments=arguments, when=when, documents=(), part_of=None)


def read(store: Store, event: Event, *, tenures: bool = False) -> dict[str, set[str]]:
    """The derived facts of an article with one event: ids by property."""
    sample = make_sample()
    kept = sample.tenures if tenures else ()
    extraction = replace(sample, events=(event,), documents=(), tenures=kept)
    store.replace_article("made-up-1", extraction_quads(extraction, store.base))
    facts: dict[str, set[str]] = {}
    for quad in store.quads(derived_iri(store.base, "made-up-1")):
        if "/event/" in quad.subject.value:  # type: ignore[union-attr]
            name = quad.predicate.value.partition("#")[2]
            facts.setdefault(name, set()).add(quad.object.value.removeprefix(store.base))  # type: ignore[union-attr]
    return facts


COUNTRIES = [
    (JAPAROV, When("2025-11-26"), {"country/KG"}),
    (JAPAROV, When("2019-11-26"), set()),  # he held no office then
    (JAPAROV, When("2020-11-13"), {"country/KG"}),  # the last day of his premiership
    (JAPAROV, When("2020-11-14"), set()),  # that day is the successor's
    (JAPAROV, When("2020-11-13", "2020-11-14"), set()),
    (JAPAROV, None, {"country/KG"}),  # the day of the article
    (MEDVEDEV, When("2009"), {"country/RU"}),
    (GUTERRES, When("2025-01-10"), set()),  # of an organization
]


@pytest.mark.parametrize(("person", "when", "countries"), COUNTRIES)
def test_a_person_represents_whose_office_he_held(
    reference: Store, person: Entity, when: When | None, countries: set[str]
) -> None:
    facts = read(reference, make_event(when, participant=person))
    assert facts.get("representedCountry", set()) == countries


def test_of_persons_that_no_table_knows_the_article_tells(reference: Store) -> None:
    assert read(reference, make_event(When("2025-11-26"), participant=AIDE)) == {}
    facts = read(reference, make_event(When("2025-11-26"), participant=AIDE), tenures=True)
    assert facts == {"representedCountry": {"country/RU"}}


def test_a_venue_lies_in_its_city_and_country(reference: Store) -> None:
    facts = read(reference, make_event(None, country=RUSSIA, place=YNTYMAK))
    assert facts == {"locatedIn": {"city/bishkek", "country/KG"}}


def test_what_the_article_says_is_not_said_again(reference: Store) -> None:
    event = make_event(None, country=RUSSIA, place=YNTYMAK)
    event = replace(event, arguments=(*event.arguments, Argument("place", BISHKEK)))
    assert read(reference, event) == {"locatedIn": {"country/KG"}}


def test_an_organization_has_members(reference: Store, tables: Tables) -> None:
    facts = read(reference, make_event(None, participant=CIS))
    assert facts == {"memberCountry": {f"country/{iso2}" for iso2 in tables.organization["cis"].members_iso2}}


def test_every_fact_says_what_it_follows_from(full: Store) -> None:
    graph = derived_iri(full.base, "made-up-1")
    quads = list(full.quads(graph))
    nodes = {q.subject for q in quads if q.predicate == RDF.type and q.object == DKG.Inference}
    bases = {q.subject for q in quads if q.predicate == PROV.wasDerivedFrom} - {graph}
    told = {(q.object) for q in quads if q.predicate == RDF.predicate}
    assert nodes == bases != set()
    assert {q.predicate for q in quads} - {RDF.type, RDF.subject, RDF.predicate, RDF.object} == {
        *told,
        PROV.wasDerivedFrom,
        DKG.person,
    }
    assert Quad(graph, PROV.wasDerivedFrom, article_iri(full.base, "made-up-1"), graph) in quads


def test_the_derived_graph_is_well_formed(full: Store, tables: Tables) -> None:
    quads = [*full.quads(derived_iri(full.base, "made-up-1")), *full.quads(article_iri(full.base, "made-up-1"))]
    assert validate_quads(quads).conforms


def test_the_article_s_own_graph_holds_nothing_derived(full: Store, extraction: Extraction) -> None:
    stored = set(full.quads(article_iri(full.base, "made-up-1")))
    assert stored == set(extraction_quads(extraction, full.base))


def test_an_article_read_again_takes_its_derived_facts_with_it(store: Store, tables: Tables) -> None:
    store.load_reference(reference_quads(tables, store.base), "1")
    assert read(store, make_event(When("2025-11-26"), participant=JAPAROV)) != {}
    assert read(store, make_event(When("2019-11-26"), participant=JAPAROV)) == {}
    read(store, make_event(When("2025-11-26"), participant=JAPAROV))
    store.remove_article("made-up-1")
    assert list(store.quads(derived_iri(store.base, "made-up-1"))) == []


def test_another_reference_derives_anew(store: Store, tables: Tables) -> None:
    assert read(store, make_event(When("2025-11-26"), participant=JAPAROV)) == {}
    store.load_reference(reference_quads(tables, store.base), "1")
    graph = derived_iri(store.base, "made-up-1")
    made = set(store.quads(graph))
    assert any(q.predicate == DKG.representedCountry for q in made)
    store.load_reference(reference_quads(replace(tables, tenures=()), store.base), "2")
    assert not set(store.quads(graph))


def test_exports_and_queries_leave_it_out_on_demand(full: Store) -> None:
    ask = "SELECT ?c WHERE { { ?e dkg:representedCountry ?c } UNION { GRAPH ?g { ?e dkg:representedCountry ?c } } }"
    assert list(full.query(ask))  # type: ignore[arg-type]
    assert not list(full.query(ask, derived=False))  # type: ignore[arg-type]
    assert list(full.query("SELECT ?e WHERE { ?e dkg:participant ?p }", derived=False))  # type: ignore[arg-type]
    for derived in (True, False):
        out = io.BytesIO()
        dump_store(full, out, "trig", derived=derived)
        graphs = {quad.graph_name for quad in parse(out.getvalue(), format=RdfFormat.TRIG)}
        assert (derived_iri(full.base, "made-up-1") in graphs) is derived
        assert article_iri(full.base, "made-up-1") in graphs


def test_derived_iri_is_safe() -> None:
    assert derived_iri("https://x/", "a/b ё.") == NamedNode("https://x/derived/a%2Fb%20ё%2E")
    assert resource_iri("https://x/", "derived/a") == derived_iri("https://x/", "a")

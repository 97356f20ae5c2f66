"""The curated facts in the graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import kg
from kg.graph.namespaces import GEO, OWL, RDF, SKOS, WD, XSD
from kg.graph.ontology import DKG, load_ontology
from kg.graph.reference import hash_facts, reference_quads, reference_version
from kg.knowledge.checks import VENUE_KINDS
from kg.knowledge.tables import Tables

BASE = "https://w3id.org/dkg/id/"


def node(id_: str) -> NamedNode:
    return NamedNode(BASE + id_)


@pytest.fixture(scope="module")
def quads(tables: Tables) -> tuple[Quad, ...]:
    return tuple(reference_quads(tables, BASE))


@pytest.fixture(scope="module")
def facts(quads: tuple[Quad, ...]) -> set[tuple[object, object, object]]:
    return {(quad.subject, quad.predicate, quad.object) for quad in quads}


def test_each_quad_once_and_in_two_graphs(quads: tuple[Quad, ...]) -> None:
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {node("graph/reference"), node("graph/ontology")}


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("country/KG", RDF.type, DKG.Country),
        ("country/KG", SKOS.prefLabel, Literal("Киргизия", language="ru")),
        ("country/KG", SKOS.prefLabel, Literal("Kyrgyzstan", language="en")),
        ("country/KG", SKOS.hiddenLabel, Literal("киргизский", language="ru")),
        ("country/KG", DKG.iso2, Literal("KG")),
        ("country/KG", DKG.capital, node("city/bishkek")),
        ("country/KG", SKOS.exactMatch, WD.Q813),
        ("city/bishkek", DKG.within, node("country/KG")),
        ("venue/yntymak-ordo", DKG.within, node("city/bishkek")),
        ("organization/csto", DKG.member, node("country/KG")),
        ("person/sadyr-japarov", SKOS.exactMatch, WD.Q25597826),
        ("person/akylbek-japarov", SKOS.exactMatch, WD.Q4060344),
        ("office/president", SKOS.broader, node("office/head_of_state")),
        ("office/president", RDF.type, SKOS.Concept),
        ("office/head_of_state", RDF.type, DKG.OfficeLevel),
        ("topic/nuclear", RDF.type, DKG.Topic),
        ("country/KG", DKG.officialName, Literal("Кыргызская Республика", language="ru")),
        ("country/KG", DKG.adjective, Literal("киргизский", language="ru")),
        ("country/KG", DKG.demonym, Literal("киргиз", language="ru")),
        ("city/bishkek", SKOS.exactMatch, WD.Q9361),
        ("city/moscow", DKG.adjective, Literal("московский", language="ru")),
        ("venue/yntymak-ordo", DKG.venueKind, node("venue-kind/residence")),
        ("venue-kind/residence", SKOS.inScheme, node("scheme/venues")),
        ("scheme/event-types", RDF.type, SKOS.ConceptScheme),
        ("scheme/event-types", SKOS.prefLabel, Literal("Типы событий", language="ru")),
        ("scheme/event-types", SKOS.hasTopConcept, DKG.Event),
        ("graph/reference", OWL.versionInfo, Literal(kg.__version__)),
    ],
)
def test_facts(facts: set[tuple[object, object, object]], subject: str, predicate: NamedNode, value: object) -> None:
    assert (node(subject), predicate, value) in facts


def test_event_types_are_concepts(facts: set[tuple[object, object, object]]) -> None:
    for name in load_ontology().event_types:
        assert (DKG[name], SKOS.inScheme, node("scheme/event-types")) in facts
        assert {o.language for s, p, o in facts if (s, p) == (DKG[name], SKOS.prefLabel)} == {"ru", "en"}  # type: ignore[attr-defined]
    assert (DKG.Talks, SKOS.broader, DKG.Contact) in facts


def test_every_kind_of_venue_is_a_concept(facts: set[tuple[object, object, object]], tables: Tables) -> None:
    for kind in {*VENUE_KINDS, *(venue.kind for venue in tables.venues)}:
        assert (node(f"venue-kind/{kind}"), RDF.type, SKOS.Concept) in facts


def test_the_hash_is_of_what_stands_in_the_graph(quads: tuple[Quad, ...]) -> None:
    graph = node("graph/reference")
    (stated,) = (q.object.value for q in quads if q.predicate == DKG.contentHash)  # type: ignore[union-attr]
    facts = [quad for quad in quads if quad.graph_name == graph and quad.subject != graph]
    assert hash_facts(facts) == stated
    assert hash_facts(facts[1:]) != stated


def test_points_are_longitude_first(facts: set[tuple[object, object, object]]) -> None:
    (point,) = (o for s, p, o in facts if s == node("city/bishkek") and p == GEO.asWKT)
    assert point.datatype == GEO.wktLiteral  # type: ignore[attr-defined]
    assert point.value.startswith("POINT(74.")  # type: ignore[attr-defined]


def test_every_tenure_has_person_office_and_employer(facts: set[tuple[object, object, object]], tables: Tables) -> None:
    tenures = {s for s, p, o in facts if p == RDF.type and o == DKG.Tenure}
    assert len(tenures) == len(tables.tenures)
    for predicate in (DKG.person, DKG.of, DKG.office, DKG.officeTitle):
        assert {s for s, p, _ in facts if p == predicate} >= tenures
    typed = {s for s, p, _ in facts if p == RDF.type}
    referred = {o for s, p, o in facts if s in tenures and p in (DKG.person, DKG.of, DKG.office)}
    assert referred <= typed


def test_dates_keep_their_precision(facts: set[tuple[object, object, object]]) -> None:
    kinds = {o.datatype for _, p, o in facts if p == DKG.startDate}  # type: ignore[attr-defined]
    assert {XSD.date, XSD.gYear} <= kinds <= {XSD.date, XSD.gYear, XSD.gYearMonth}


def test_one_preferred_label_a_language(quads: tuple[Quad, ...]) -> None:
    labels = [(q.subject, q.object.language) for q in quads if q.predicate == SKOS.prefLabel]  # type: ignore[union-attr]
    assert len(labels) == len(set(labels))


def test_version_follows_the_tables(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text("key\n")
    before = reference_version(BASE, tmp_path)
    assert reference_version(BASE, tmp_path) == before
    assert reference_version("https://example.org/", tmp_path) != before
    (tmp_path / "persons.tsv").write_text("key\nsomebody\n")
    assert reference_version(BASE, tmp_path) != before

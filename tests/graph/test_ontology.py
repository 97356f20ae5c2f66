"""The ontology is complete, and nothing uses a term that it lacks."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kg.config import NAMESPACE, data_path, queries_path
from kg.errors import DataError
from kg.graph.mapping import extraction_quads
from kg.graph.ontology import DKG, find_classes, load_ontology, local_name
from kg.graph.reference import reference_quads
from kg.knowledge.tables import Tables
from kg.records import ENTITY_KINDS, RANKS, ROLES, STATUSES, Extraction

EVENT_TYPES = frozenset(
    """
    Talks Meeting PhoneCall Visit Summit Signing Accord Ratification Statement Invitation Ceremony Reception
    Appointment Recall Expulsion Sanctions Protest RelationsChange Mediation Aid
    """.split()  # noqa: SIM905 (a list of words reads better)
)
DOCUMENT_KINDS = frozenset(
    """
    Treaty Agreement JointStatement Declaration Memorandum Protocol Contract Plan Communique Convention Resolution
    Package
    """.split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data_path("ontology.ttl"), format="turtle")


def own(graph: Graph, kind: URIRef) -> list[URIRef]:
    return [node for node in graph.subjects(RDF.type, kind) if str(node).startswith(NAMESPACE)]


def ancestors(graph: Graph, term: URIRef) -> set[str]:
    """All that a term is tied to, however far above."""
    paths = (RDFS.subClassOf, RDFS.subPropertyOf)
    return {str(node) for path in paths for node in graph.transitive_objects(term, path)}


def test_kinds_are_those_of_the_records() -> None:
    ontology = load_ontology()
    assert ontology.event_types == EVENT_TYPES
    assert ontology.document_kinds == DOCUMENT_KINDS
    assert ontology.event_statuses == set(STATUSES)
    assert ontology.visit_ranks == set(RANKS)
    assert ontology.document_statuses == {"signed", "planned", "inForce", "ratified", "prepared", "mentioned"}
    assert ontology.terms >= {*ENTITY_KINDS, *ROLES}


def test_every_term_has_labels_and_a_standard_parent(graph: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in own(graph, kind):
            assert {label.language for label in graph.objects(term, RDFS.label)} == {"ru", "en"}, term
            assert graph.value(term, RDFS.comment), term
            assert any(not above.startswith(NAMESPACE) for above in ancestors(graph, term)), term


def test_event_types_carry_codes(graph: Graph) -> None:
    for name in EVENT_TYPES:
        codes = {
            str(code.datatype).removeprefix(NAMESPACE)
            for code in graph.objects(URIRef(NAMESPACE + name), SKOS.notation)
        }
        assert "CameoCode" in codes, name
        assert "PloverCode" in codes or name == "Statement", name  # PLOVER dropped mere statements


@pytest.mark.parametrize("name", ["Vist", "participants", "", "in_force"])
def test_misspelt_term_fails_at_once(name: str) -> None:
    assert name not in DKG
    with pytest.raises(DataError, match=f"no dkg:{name}"):
        DKG[name]
    with pytest.raises(AttributeError):
        getattr(DKG, name or "nothing")


def test_classes_below_a_class() -> None:
    assert find_classes("Place") == {"Place", "Country", "Region", "City", "Venue"}
    assert find_classes("Visit") == {"Visit"}


def used_terms(quad: Quad) -> set[str]:
    nodes = (quad.subject, quad.predicate, quad.object)
    return {local_name(node) for node in nodes if isinstance(node, NamedNode)} - {""}


def test_every_used_term_is_defined(extraction: Extraction, tables: Tables, base: str) -> None:
    quads = chain(extraction_quads(extraction, base), reference_quads(tables, base))
    used = set().union(*map(used_terms, quads))
    assert used - load_ontology().terms == set()
    assert {"Talks", "inForce", "member", "startDate", "OfficeLevel"} <= used


@pytest.mark.parametrize("path", [*queries_path().glob("*.rq"), data_path("shapes.ttl")], ids=lambda path: path.name)
def test_every_term_of_queries_and_shapes_is_defined(path: object) -> None:
    used = set(re.findall(r"\bdkg:(\w+)", path.read_text(encoding="utf-8")))  # type: ignore[attr-defined]
    assert used - load_ontology().terms == set()


def test_shapes_list_every_type_and_kind() -> None:
    shapes = Graph().parse(data_path("shapes.ttl"), format="turtle")
    lists = [
        {str(item).removeprefix(NAMESPACE) for item in Collection(shapes, node)}
        for node in shapes.objects(None, SH["in"])
    ]
    assert EVENT_TYPES in lists
    assert DOCUMENT_KINDS in lists

"""The shapes accept what the mapping makes and find what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.mapping import extraction_quads
from kg.graph.namespaces import OA, RDF, RDFS, SKOS, XSD
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.validate import validate_quads
from kg.knowledge.tables import Tables
from kg.records import Extraction

pytest.importorskip("pyshacl")


@pytest.fixture(scope="module")
def quads(extraction: Extraction, base: str) -> tuple[Quad, ...]:
    return tuple(extraction_quads(extraction, base))


def test_sample_conforms(quads: tuple[Quad, ...]) -> None:
    assert list(map(str, validate_quads(quads).violations)) == []


@pytest.mark.slow
def test_reference_conforms(tables: Tables, base: str) -> None:
    assert validate_quads(reference_quads(tables, base)).conforms


def without(predicate: NamedNode) -> Callable[[Quad], list[Quad]]:
    return lambda quad: [] if quad.predicate == predicate else [quad]


def changed(predicate: NamedNode, value: NamedNode | Literal) -> Callable[[Quad], list[Quad]]:
    return lambda quad: (
        [Quad(quad.subject, predicate, value, quad.graph_name)] if quad.predicate == predicate else [quad]
    )


def added(predicate: NamedNode, value: NamedNode | Literal) -> Callable[[Quad], list[Quad]]:
    """The statement is added to every event."""
    return lambda quad: (
        [quad, Quad(quad.subject, predicate, value, quad.graph_name)] if quad.object == DKG.Event else [quad]
    )


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (without(DKG.status), DKG.status),
        (without(DKG.evidence), DKG.evidence),
        (without(DKG.documentStatus), DKG.documentStatus),
        (without(DKG.latest), None),
        (without(SKOS.prefLabel), SKOS.prefLabel),
        (without(RDFS.label), RDFS.label),
        (without(OA.exact), OA.hasTarget),
        (changed(DKG.status, DKG.signed), DKG.status),
        (changed(DKG.confidence, Literal("1.5", datatype=XSD.decimal)), None),
        (changed(DKG.country, NamedNode("https://w3id.org/dkg/id/person/vladimir-putin")), DKG.country),
        (changed(OA.end, Literal("0", datatype=XSD.integer)), OA.start),
        (changed(DKG.iso2, Literal("Kyrgyzstan")), DKG.iso2),
        (changed(DKG.latest, Literal("1999-01-01", datatype=XSD.date)), DKG.earliest),
        (added(RDF.type, DKG.Aid), RDF.type),
        (added(DKG.visitRank, DKG.state), None),
        (added(DKG.status, DKG.cancelled), DKG.status),
        (added(DKG.startDate, Literal("2025", datatype=XSD.gYear)), None),
    ],
)
def test_faults_are_found(
    quads: tuple[Quad, ...], change: Callable[[Quad], list[Quad]], path: NamedNode | None
) -> None:
    report = validate_quads([new for quad in quads for new in change(quad)])
    assert not report.conforms
    if path is not None:
        assert path.value in {violation.path for violation in report.violations}

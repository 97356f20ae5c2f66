"""Checking graphs against data/shapes.ttl with SHACL; pyshacl comes with the extra ``test``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from kg.config import data_path
from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is not as it should be: which thing, along which property, and what is wrong."""

    focus: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        return f"{self.focus} {self.path} {self.value}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted; none means that the graph conforms."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        return not self.violations


def validate_quads(quads: Iterable[Quad]) -> Report:
    """Check the union of quads, such as an article's graph, against the shapes. Raises DataError without pyshacl."""
    validate = load_validator()
    data = make_graph(quads)
    data += load_graph("ontology.ttl")  # not as ont_graph, of which pyshacl takes the classes but no individuals
    _, results, _ = validate(data, shacl_graph=load_graph("shapes.ttl"))
    if not isinstance(results, Graph):
        raise DataError(f"validation failed: {results}")
    found = {read_violation(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)}
    return Report(tuple(sorted(found, key=str)))


def load_validator() -> Callable[..., tuple[bool, object, str]]:
    """pyshacl's own function. Raises DataError where it is not installed."""
    try:
        from pyshacl import validate
    except ImportError as error:
        raise DataError("validation needs pyshacl: pip install 'diplomatic-kg[test]'") from error
    return validate


def make_graph(quads: Iterable[Quad]) -> Graph:
    """The union of quads as an rdflib graph."""
    triples = dict.fromkeys(Triple(q.subject, q.predicate, q.object) for q in quads)
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


@cache
def load_graph(name: str) -> Graph:
    """A Turtle file of data/ as an rdflib graph."""
    return Graph().parse(data_path(name), format="turtle")


def read_violation(results: Graph, node: Node) -> Violation:
    def read(predicate: Node) -> str:
        value = results.value(node, predicate)
        return "" if value is None else str(value)

    return Violation(read(SH.focusNode), read(SH.resultPath), read(SH.value), read(SH.resultMessage))

"""The project's own terms, read from data/ontology.ttl: a closed namespace, where a misspelt term fails at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from kg.config import NAMESPACE, data_path
from kg.errors import DataError
from kg.graph.iris import graph_iri
from kg.graph.namespaces import RDF, RDFS, term


class UnknownTermError(DataError, AttributeError):
    """A term that data/ontology.ttl does not define."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """The names (without the namespace) of all terms, and of those that records may carry."""

    terms: frozenset[str]
    event_types: frozenset[str]
    document_kinds: frozenset[str]
    event_statuses: frozenset[str]
    document_statuses: frozenset[str]
    visit_ranks: frozenset[str]


class ClosedNamespace:
    """``DKG.Visit`` and ``DKG["Visit"]``; a term that is not in the ontology raises UnknownTermError."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = self.__dict__[name] = self[name]  # found there from now on, without this call
        return node

    def __getitem__(self, name: str) -> NamedNode:
        if name not in load_ontology().terms:
            raise UnknownTermError(f"the ontology defines no dkg:{name}")
        return term(NAMESPACE + name)

    def __contains__(self, name: object) -> bool:
        return name in load_ontology().terms


DKG = ClosedNamespace()


@cache
def load_ontology() -> Ontology:
    """The terms of data/ontology.ttl. Raises DataError where the file is broken."""
    triples = load_triples("ontology.ttl")
    return Ontology(
        terms=frozenset(local_name(t.subject) for t in triples if is_own(t.subject)) - {""},
        event_types=select_leaves(triples, "Event"),
        document_kinds=select_leaves(triples, "Document"),
        event_statuses=select_members(triples, "EventStatus"),
        document_statuses=select_members(triples, "DocumentStatus"),
        visit_ranks=select_members(triples, "VisitRank"),
    )


def ontology_quads(base: str) -> Iterator[Quad]:
    """The ontology itself, in its own graph below ``base``."""
    graph = graph_iri(base, "ontology")
    for triple in load_triples("ontology.ttl"):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def load_triples(name: str, base: str | None = None) -> tuple[Triple, ...]:
    """The triples of a Turtle file in data/; relative IRIs in it stand below ``base``."""
    path = data_path(name)
    try:
        quads = parse(path=str(path), format=RdfFormat.TURTLE, base_iri=base)
        return tuple(quad.triple for quad in quads)
    except (OSError, SyntaxError) as error:
        raise DataError(f"{path}: {error}") from error


@cache
def find_classes(root: str) -> frozenset[str]:
    """The class ``root`` and all below it."""
    return frozenset(local_name(node) for node in select_below(load_triples("ontology.ttl"), root))


def select_below(triples: tuple[Triple, ...], root: str) -> frozenset[NamedNode]:
    """The class ``root`` and the classes below it."""
    below, size = {term(NAMESPACE + root)}, 0
    while len(below) > size:
        size = len(below)
        below |= {t.subject for t in triples if t.predicate == RDFS.subClassOf and t.object in below}  # type: ignore[misc]
    return frozenset(below)


def select_leaves(triples: tuple[Triple, ...], root: str) -> frozenset[str]:
    """The classes below ``root`` that have no class below them."""
    parents = {t.object for t in triples if t.predicate == RDFS.subClassOf}
    return frozenset(local_name(node) for node in select_below(triples, root) - parents)


def select_members(triples: tuple[Triple, ...], kind: str) -> frozenset[str]:
    """The individuals of one class."""
    wanted = term(NAMESPACE + kind)
    return frozenset(local_name(t.subject) for t in triples if t.predicate == RDF.type and t.object == wanted)


def format_term(name: str) -> str:
    """The ontology's spelling of a name with underscores: "in_force" is ``dkg:inForce``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def is_own(node: object) -> bool:
    """Whether a node is a term of the project's namespace."""
    return isinstance(node, NamedNode) and node.value.startswith(NAMESPACE)


def local_name(node: object) -> str:
    """The name below the namespace, or an empty string for what is not a term of ours."""
    return node.value.removeprefix(NAMESPACE) if isinstance(node, NamedNode) and is_own(node) else ""

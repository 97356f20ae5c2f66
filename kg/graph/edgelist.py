"""The answer of a query as a network: the edges that it names, or the things, with what the network knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx  # type: ignore[import-untyped]
from pyoxigraph import Literal, NamedNode

from kg.config import NAMESPACE
from kg.errors import QueryError
from kg.graph.network import Edge, Facts, Network, Node, make_node
from kg.graph.results import Cell, Table
from kg.graph.selection import is_statement, make_part
from kg.graph.store import Store, Term
from kg.graph.terms import Terms

ENDS = ("source", "target")
ROLE, WEIGHT = "role", "weight"
ANY = "relation"  # the role of an edge whose query names none


@dataclass(frozen=True, slots=True)
class Pair:
    """An edge of an answer."""

    source: str
    target: str
    role: str
    weight: float


def make_answer_network(store: Store, network: Network, table: Table, terms: Terms) -> Network:
    """The network of an answer.

    A CONSTRUCT gives edges by its triples; a SELECT by the columns source and target, else by its first two columns
    of things, with the columns role and weight if it has them. A SELECT of one column of things gives these and what
    the events and documents among them name. Things of a kind that the view does not show are left out.
    Raises QueryError where there is neither edge nor thing in the columns.
    """
    pairs = list(read_pairs(table))
    if not pairs:
        return make_part(network, list_things(network, table))
    made = nx.MultiDiGraph(**network.graph)
    for pair in pairs:
        for iri in (pair.source, pair.target):
            if iri not in made and (record := find_record(store, network, iri, terms)):
                made.add_node(iri, record=record)
        if pair.source in made and pair.target in made and pair.source != pair.target:
            made.add_edge(pair.source, pair.target, key=pair.role, record=Edge(pair.role), weight=pair.weight)
    return made


def read_pairs(table: Table) -> Iterator[Pair]:
    """The edges of an answer, none where it has but one column of things."""
    source, target = find_ends(table)
    if target is None:
        return
    role, weight = (table.columns.index(name) if name in table.columns else None for name in (ROLE, WEIGHT))
    if table.form == "graph":
        role = 1
    for row in table.rows:
        a, b = row[source], row[target]
        if isinstance(a, NamedNode) and isinstance(b, NamedNode):
            name = format_role(row[role]) if role is not None else ANY
            yield Pair(a.value, b.value, name, parse_weight(row[weight]) if weight is not None else 1.0)


def find_ends(table: Table) -> tuple[int, int | None]:
    """The columns of an edge's ends; of things alone the one column. Raises QueryError."""
    if table.form == "graph":
        return 0, 2
    if all(name in table.columns for name in ENDS):
        return table.columns.index("source"), table.columns.index("target")
    things = [place for place in range(len(table.columns)) if any(isinstance(r[place], NamedNode) for r in table.rows)]
    if not things and table.rows:
        raise QueryError(
            "the query gives no edges: a SELECT has the columns source and target, or two columns of things"
        )
    return (things[0], things[1] if len(things) > 1 else None) if things else (0, None)


def format_role(term: Cell) -> str:
    """The role by its own name, or by the end of its IRI."""
    text = term.value if isinstance(term, NamedNode | Literal) else ANY
    return text.removeprefix(NAMESPACE).rsplit("/", 1)[-1].rsplit("#", 1)[-1] or ANY


def parse_weight(term: Cell) -> float:
    """A number; one for what is none."""
    try:
        return float(term.value) if isinstance(term, Literal) else 1.0
    except ValueError:
        return 1.0


def list_things(network: Network, table: Table) -> list[str]:
    """The nodes that an answer names, with what the events and documents among them name."""
    place, _ = find_ends(table)
    found = [row[place] for row in table.rows]
    known = [term.value for term in found if isinstance(term, NamedNode) and term.value in network]
    named = (other for iri in known if is_statement(network, iri) for other in network.successors(iri))
    return list(dict.fromkeys((*known, *named)))


def find_record(store: Store, network: Network, iri: str, terms: Terms) -> Node | None:
    """What the network knows of a thing, else what the store says of it; None if no view shows such a thing."""
    if iri in network:
        record: Node = network.nodes[iri]["record"]
        return record
    values: dict[NamedNode, list[Term]] = {}
    quads = store.inner.quads_for_pattern(NamedNode(iri), None, None, None)
    for quad in sorted(quads, key=lambda quad: str(quad.object)):
        values.setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]
    return make_node(iri, Facts(values), terms, ())

"""A part of the network: what happened around some things, in some time, of some types.

Events and documents are kept or left out; things are kept where a kept one names them. One step leads from a thing
through an event or document to all that it names.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import networkx as nx  # type: ignore[import-untyped]

from kg.errors import QueryError
from kg.graph.network import Network, Node, records
from kg.graph.ontology import find_classes, format_term, load_ontology
from kg.graph.stretch import Stretch
from kg.graph.terms import Terms

STATEMENTS = ("Event", "Document")
SIDEWAYS = frozenset({"tenure", "within"})  # roles between things that are no step


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; what is left empty leaves out nothing.

    ``things`` are IRIs, ``hops`` the steps that lead away from them, ``types`` classes of events and documents,
    ``most`` the number of nodes that are shown at most.
    """

    things: tuple[str, ...] = ()
    hops: int = 1
    time: Stretch = field(default_factory=Stretch)
    types: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    most: int | None = None

    @property
    def filters(self) -> bool:
        """Whether some events or documents may be left out for what they are."""
        return bool(self.time or self.types or self.statuses)

    def fits(self, node: Node, terms: Terms) -> bool:
        """Whether an event or document is wanted for what it is."""
        if self.types and not self.types & terms.ancestors(node.type):
            return False
        if self.statuses and node.status not in self.statuses:
            return False
        return not self.time or (node.when is not None and self.time.meets(node.when.start, node.when.end))


def parse_types(written: Iterable[str]) -> frozenset[str]:
    """Classes of events and documents by name, commas allowed: "Talks,Visit". Raises QueryError."""
    return parse_names(written, find_classes("Event") | find_classes("Document"), "type of events or documents")


def parse_statuses(written: Iterable[str]) -> frozenset[str]:
    """Statuses of events and documents by name, commas allowed. Raises QueryError."""
    ontology = load_ontology()
    return parse_names(written, ontology.event_statuses | ontology.document_statuses, "status")


def parse_names(written: Iterable[str], known: frozenset[str], what: str) -> frozenset[str]:
    """The names in their own spelling, whatever the case. Raises QueryError for one that is not known."""
    spelt = {name.lower(): name for name in known}
    names = [name.strip() for text in written for name in text.split(",") if name.strip()]
    for name in names:
        if format_term(name).lower() not in spelt:
            near = [spelt[match] for match in difflib.get_close_matches(name.lower(), spelt, 1)]
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
            raise QueryError(f"there is no {what} {name!r}; {hint}")
    return frozenset(spelt[format_term(name).lower()] for name in names)


def select_network(network: Network, selection: Selection, terms: Terms) -> Network:
    """The part of the network that is wanted, with all edges between its nodes; the network itself stays as it is."""
    chosen = [iri for iri in selection.things if iri in network]
    wanted = select_statements(network, selection, terms)
    if selection.things:
        near = walk(network, chosen, wanted, selection.hops)
    else:
        near = dict.fromkeys(list_named(network, wanted) if selection.filters else network, 0)
    if selection.most is not None and len(near) > selection.most:
        near = dict.fromkeys(cut(network, near, chosen, selection.most), 0)
    return make_part(network, near)


def is_bare(network: Network, selection: Selection) -> bool:
    """Whether nothing is left but the things that were asked for themselves."""
    return len(network) <= len(selection.things) and not network.number_of_edges()


def select_statements(network: Network, selection: Selection, terms: Terms) -> frozenset[str]:
    """The events and documents that are wanted, and the documents that wanted events name."""
    fitting = [r for r in records(network) if r.kind in STATEMENTS and selection.fits(r, terms)]
    events = [record.iri for record in fitting if record.kind == "Event"]
    named = (iri for event in events for iri in network.successors(event) if is_kind(network, iri, "Document"))
    return frozenset((*(record.iri for record in fitting), *named))


def list_named(network: Network, statements: frozenset[str]) -> Iterator[str]:
    """The statements and the things that they name, in the order of the network."""
    named = {iri for statement in statements for iri in network.successors(statement)}
    return (iri for iri in network if iri in statements or (iri in named and not is_statement(network, iri)))


def walk(network: Network, start: Iterable[str], statements: frozenset[str], hops: int) -> dict[str, int]:
    """What is so many steps away at most, with its distance, the nearest first."""
    found = dict.fromkeys(start, 0)
    edge = list(found)
    for distance in range(1, hops + 1):
        reached = dict.fromkeys(iri for here in edge for iri in step(network, here, statements) if iri not in found)
        found |= dict.fromkeys(reached, distance)
        edge = [iri for iri in reached if not is_kind(network, iri, "Event")]
    return found


def step(network: Network, here: str, statements: frozenset[str]) -> Iterator[str]:
    """What is one step away: the statements that name a thing, with all that these name."""
    for iri in (*network.predecessors(here), *network.successors(here)):
        if is_statement(network, iri):
            if iri in statements:
                yield iri
                yield from (o for o in network.successors(iri) if o in statements or not is_statement(network, o))
        elif not joined_sideways(network, here, iri):
            yield iri


def joined_sideways(network: Network, a: str, b: str) -> bool:
    """Whether two things are joined by nothing but an office or by one lying in the other."""
    edges = (*(network.get_edge_data(a, b) or {}).values(), *(network.get_edge_data(b, a) or {}).values())
    return all(edge["record"].role in SIDEWAYS for edge in edges)


def cut(network: Network, near: dict[str, int], chosen: Iterable[str], most: int) -> list[str]:
    """So many nodes: the chosen ones, then statement by statement with what it names, the nearest first."""
    kept = dict.fromkeys(list(chosen)[:most])
    for statement in sorted((iri for iri in near if is_statement(network, iri)), key=lambda i: rank(network, near, i)):
        named = (iri for iri in network.successors(statement) if iri in near)
        new = [iri for iri in (statement, *named) if iri not in kept]
        if len(kept) + len(new) <= most:
            kept |= dict.fromkeys(new)
    for iri in sorted((iri for iri in near if not is_statement(network, iri)), key=lambda i: rank(network, near, i)):
        if len(kept) < most:
            kept.setdefault(iri)
    return list(kept)


def rank(network: Network, near: dict[str, int], iri: str) -> tuple[int, int, str]:
    """The nearest first, then what is joined to most."""
    return near[iri], -network.degree(iri), iri


def make_part(network: Network, kept: Iterable[str]) -> Network:
    """A network of some of the nodes, in the order of the whole, with all edges between them."""
    chosen = set(kept)
    part = nx.MultiDiGraph(**network.graph)
    part.add_nodes_from((iri, data) for iri, data in network.nodes(data=True) if iri in chosen)
    edges = network.edges(keys=True, data=True)
    part.add_edges_from((a, b, key, data) for a, b, key, data in edges if a in chosen and b in chosen)
    return part


def is_statement(network: Network, iri: str) -> bool:
    """Whether a node is an event or a document."""
    return network.nodes[iri]["record"].kind in STATEMENTS


def is_kind(network: Network, iri: str, kind: str) -> bool:
    """Whether a node is of a kind."""
    return bool(network.nodes[iri]["record"].kind == kind)

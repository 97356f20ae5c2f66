"""The part of a store around some things, as a small store of its own that the same queries can be asked of.

It is found through the store's indexes, so that its cost is that of what is found, however large the store is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.config import NAMESPACE
from kg.graph.derivation import is_derived
from kg.graph.iris import BOOKKEEPING, graph_iri
from kg.graph.namespaces import OA, RDF, SCHEMA, term
from kg.graph.ontology import DKG, find_classes
from kg.graph.selection import STATEMENTS, Selection
from kg.graph.store import Store, open_store

Facts: TypeAlias = Mapping[NamedNode, list[object]]
ROLES = frozenset(
    term(NAMESPACE + name)
    for name in ("participant", "country", "host", "target", "place", "document", "party", "subEventOf")
)
HOLDERS = tuple(name for name in ("person", "holder") if name in DKG)  # what says who holds an office
OFFICE = ("of", "officeTitle", "startDate", "endDate")  # what tells one tenure from another
TRAIL = frozenset(
    (
        *(term(NAMESPACE + name) for name in ("evidence", "conflict", "stage")),
        OA.hasTarget,
        OA.hasSelector,
        OA.hasSource,
    )
)
PLENTY = 200  # quads of a thing beyond which each fact is taken once, not from every article; tenures of a person
LATEST = "9999-12-31"  # where what has no date stands


@dataclass(slots=True)
class Excerpt:
    """An excerpt in the making: how many more statements it may take (``left``), whether some were left out."""

    store: Store
    selection: Selection
    mentions: bool
    left: int
    cut: bool = False
    taken: dict[NamedNode, list[Quad]] = field(default_factory=dict)
    things: dict[NamedNode, None] = field(default_factory=dict)
    told: set[NamedNode] = field(default_factory=set)
    published: dict[object, str] = field(default_factory=dict)

    def read(self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | None) -> Iterator[Quad]:
        return self.store.inner.quads_for_pattern(subject, predicate, value, None)

    def find_published(self, graph: object) -> str:
        """When the article of a graph was published; empty where that is not known."""
        if graph not in self.published and isinstance(graph, NamedNode):
            quad = next(self.read(graph, SCHEMA.datePublished, None), None)
            self.published[graph] = quad.object.value if quad and isinstance(quad.object, Literal) else ""
        return self.published.get(graph, "")

    def find_statements(self, thing: NamedNode) -> Iterator[tuple[str, NamedNode]]:
        """The events and documents that name a thing and are wanted, or it itself; each with its last day."""
        found = dict.fromkeys(quad.subject for role in ROLES for quad in self.read(None, role, thing))
        for node in (*found, thing):
            yield from self.weigh(node)

    def find_all(self) -> Iterator[tuple[str, NamedNode]]:
        """The wanted events and documents of the whole store, each with its last day; in a time those that have one."""
        types = [name for kind in self.selection.types for name in find_classes(kind)] or STATEMENTS
        nodes = dict.fromkeys(quad.subject for name in types for quad in self.read(None, RDF.type, DKG[name]))
        found = (statement for node in nodes for statement in self.weigh(node))
        yield from (statement for statement in found if statement[0] or not self.selection.time)

    def weigh(self, node: object) -> Iterator[tuple[str, NamedNode]]:
        """It itself with its last day, if it is a statement that is wanted and not taken yet."""
        if isinstance(node, NamedNode) and node not in self.taken:
            facts = group_facts(self.read(node, None, None))
            if self.is_statement(facts) and self.is_wanted(facts):
                yield find_day(facts, DKG.latest), node

    def is_statement(self, facts: Facts) -> bool:
        """Whether it is one that is shown: the account of an article, or what several tell of."""
        other = (DKG.merges,) if self.mentions else (DKG.sameEvent, DKG.sameDocument)
        return DKG.evidence in facts and not any(name in facts for name in other)

    def is_wanted(self, facts: Facts) -> bool:
        """Whether it may fit what is asked for; documents, which events bring along, are looked at later."""
        kinds = facts.get(RDF.type, [])
        if DKG.Document in kinds:
            return True
        time, first, last = self.selection.time, find_day(facts, DKG.earliest), find_day(facts, DKG.latest)
        if (time.last and first > time.last.isoformat()) or (time.first and (last or LATEST) < time.first.isoformat()):
            return False
        wanted = {DKG[name] for kind in self.selection.types for name in find_classes(kind)}
        return not wanted or any(kind in wanted for kind in kinds)

    def take(self, statements: Iterable[tuple[str, NamedNode]]) -> list[NamedNode]:
        """Take statements, the newest first, while there is room; those that were taken."""
        new = sorted(dict.fromkeys(statements), key=lambda found: (found[0], found[1].value), reverse=True)
        kept = [node for _, node in new[: self.left]]
        self.cut = self.cut or len(new) > len(kept)
        self.left -= len(kept)
        self.add(kept)
        return kept

    def add(self, statements: Iterable[NamedNode]) -> None:
        """Keep all that is said of statements."""
        self.taken |= {node: list(self.read(node, None, None)) for node in statements if node not in self.taken}

    def list_named(self, statements: Iterable[NamedNode]) -> Iterator[NamedNode]:
        """What taken statements name."""
        quads = (quad for node in statements for quad in self.taken[node] if quad.predicate in ROLES)
        yield from (quad.object for quad in quads if isinstance(quad.object, NamedNode))

    def is_paper(self, statement: NamedNode) -> bool:
        """Whether a taken statement is a document."""
        return any(quad.object == DKG.Document for quad in self.taken[statement])


def group_facts(quads: Iterable[Quad]) -> Facts:
    """The values of one node by property."""
    facts: dict[NamedNode, list[object]] = {}
    for quad in quads:
        facts.setdefault(quad.predicate, []).append(quad.object)
    return facts


def find_day(facts: Facts, name: NamedNode) -> str:
    """The last of the days of a property; empty where there is none."""
    return max((value.value for value in facts.get(name, ()) if isinstance(value, Literal)), default="")


def make_excerpt(store: Store, selection: Selection, most: int, *, mentions: bool = False) -> tuple[Store, bool]:
    """What is around the things of a selection, of ``most`` events and documents, and whether there are more.

    Without things it is what fits of all that the store has.
    """
    excerpt = Excerpt(store, selection, mentions, most)
    if selection.things:
        walk(excerpt, dict.fromkeys(NamedNode(iri) for iri in selection.things))
    else:
        excerpt.things |= dict.fromkeys(excerpt.list_named(excerpt.take(excerpt.find_all())))
    told = [thing for thing in excerpt.things if next(excerpt.read(thing, DKG.evidence, None), None)]
    excerpt.add([node for node in told if excerpt.is_statement(group_facts(excerpt.read(node, None, None)))])
    excerpt.things |= dict.fromkeys(excerpt.list_named(excerpt.taken))
    made = open_store(None, base=store.base)
    hidden = {graph_iri(store.base, name) for name in BOOKKEEPING}
    made.inner.extend(
        quad
        for quad in list_quads(excerpt)
        if quad.graph_name not in hidden and not is_derived(quad.graph_name, store.base)  # type: ignore[arg-type]
    )
    return made, excerpt.cut


def walk(excerpt: Excerpt, edge: dict[NamedNode, None]) -> None:
    """Take what is around some things, step by step, as long as there is room."""
    for _ in range(excerpt.selection.hops):
        excerpt.things |= edge
        if not excerpt.left:
            excerpt.cut = True
            break
        new = excerpt.take(found for thing in edge for found in excerpt.find_statements(thing))
        papers = filter(excerpt.is_paper, new)
        edge = dict.fromkeys(thing for thing in (*excerpt.list_named(new), *papers) if thing not in excerpt.things)
    excerpt.things |= edge


def list_quads(excerpt: Excerpt) -> Iterator[Quad]:
    """All that is said of the statements and the things, with offices, evidence and articles."""
    for node in excerpt.taken:
        yield from follow(excerpt, node)
        if excerpt.is_paper(node):  # wanted as well where an event further away names it
            for quad in excerpt.read(None, DKG.document, node):
                yield from follow(excerpt, quad.subject)  # type: ignore[arg-type]
    rest = list(excerpt.things)
    while rest:
        thing = rest.pop()
        if thing not in excerpt.told:
            excerpt.told.add(thing)
            yield from describe(excerpt, thing)
            rest += [q.object for q in excerpt.read(thing, DKG.within, None) if isinstance(q.object, NamedNode)]
            for tenure in list_tenures(excerpt, thing):
                yield from follow(excerpt, tenure)


def list_tenures(excerpt: Excerpt, person: NamedNode) -> Iterator[NamedNode]:
    """The offices that somebody holds or held, each once however many articles tell of it; the curated ones first."""
    reference, quads = graph_iri(excerpt.store.base, "reference"), excerpt.store.inner.quads_for_pattern
    known = (quad.subject for name in HOLDERS for quad in quads(None, DKG[name], person, reference))
    found = (quad.subject for name in HOLDERS for quad in excerpt.read(None, DKG[name], person))
    kept: dict[tuple[object, ...], NamedNode] = {}
    for node in dict.fromkeys((*known, *islice(found, PLENTY))):
        if isinstance(node, NamedNode):
            facts = group_facts(excerpt.read(node, None, None))
            kept.setdefault(tuple(str(facts.get(DKG[name])) for name in OFFICE), node)
    return iter(kept.values())


def describe(excerpt: Excerpt, thing: NamedNode) -> Iterator[Quad]:
    """What is said of a thing; of one that many articles name each fact once, by whoever said so first."""
    quads = list(islice(excerpt.read(thing, None, None), PLENTY + 1))
    if len(quads) <= PLENTY:
        yield from quads
        return
    reference = graph_iri(excerpt.store.base, "reference")
    known = excerpt.store.inner.quads_for_pattern(thing, None, None, reference)
    newest = sorted(
        excerpt.read(thing, None, None), key=lambda quad: excerpt.find_published(quad.graph_name), reverse=True
    )
    yield from {(quad.predicate, quad.object): quad for quad in (*newest, *known)}.values()


def follow(excerpt: Excerpt, node: NamedNode) -> Iterator[Quad]:
    """What is said of a node and of all that says so: sentences, articles, conflicts, stages; each node once."""
    rest = [node]
    while rest:
        here = rest.pop()
        if here not in excerpt.told:
            excerpt.told.add(here)
            for quad in excerpt.taken.get(here) or excerpt.read(here, None, None):
                yield quad
                if quad.predicate in TRAIL and isinstance(quad.object, NamedNode):
                    rest.append(quad.object)

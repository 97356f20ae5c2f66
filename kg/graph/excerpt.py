"""The part of a store around some things, as a small store of its own that the same queries can be asked of.

It is found through the store's indexes, so that its cost is that of what is found, however large the store is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import Literal, NamedNode, Quad

from kg.config import NAMESPACE
from kg.graph.derivation import is_derived
from kg.graph.iris import BOOKKEEPING, graph_iri
from kg.graph.namespaces import OA, RDF
from kg.graph.ontology import DKG, find_classes
from kg.graph.selection import Selection
from kg.graph.store import Store, open_store

ROLES = ("participant", "country", "host", "target", "place", "document", "party", "subEventOf")
HOLDERS = tuple(name for name in ("person", "holder") if name in DKG)  # what says who holds an office
PLENTY = 200  # quads of a thing beyond which each fact is taken once, not from every article
LATEST = "9999-12-31"  # where what has no date stands


@dataclass(slots=True)
class Excerpt:
    """An excerpt in the making: how many more statements it may take (``left``), whether some were left out."""

    store: Store
    selection: Selection
    mentions: bool
    left: int
    cut: bool = False
    taken: dict[NamedNode, None] = field(default_factory=dict)
    things: dict[NamedNode, None] = field(default_factory=dict)

    def statements(self, thing: NamedNode) -> Iterator[NamedNode]:
        """The events and documents that name a thing and are wanted."""
        found = {quad.subject for role in ROLES for quad in self.read(None, DKG[role], thing)}
        for node in (*found, thing):
            if isinstance(node, NamedNode) and self.is_statement(node) and self.is_wanted(node):
                yield node

    def is_statement(self, node: NamedNode) -> bool:
        """Whether it is one that is shown: the account of an article, or what several tell of."""
        other = (DKG.merges,) if self.mentions else (DKG.sameEvent, DKG.sameDocument)
        return self.has(node, DKG.evidence) and not any(self.has(node, name) for name in other)

    def is_paper(self, node: NamedNode) -> bool:
        """Whether it is a document."""
        return any(quad.object == DKG.Document for quad in self.read(node, RDF.type, None))

    def is_wanted(self, node: NamedNode) -> bool:
        """Whether it may fit what is asked for; documents that events name are looked at later."""
        days = [self.text(node, name) for name in (DKG.earliest, DKG.latest)]
        if any(days):
            first, last = (self.selection.time.first, self.selection.time.last)
            if (last and (days[0] or "") > last.isoformat()) or (first and (days[1] or LATEST) < first.isoformat()):
                return False
        kinds = {quad.object for quad in self.read(node, RDF.type, None)}
        wanted = {DKG[name] for kind in self.selection.types for name in find_classes(kind)}
        return not wanted or DKG.Document in kinds or bool(kinds & wanted)

    def take(self, statements: Iterable[NamedNode]) -> None:
        """Take statements, the newest first, while there is room."""
        new = sorted(
            (node for node in dict.fromkeys(statements) if node not in self.taken),
            key=lambda node: (self.text(node, DKG.latest) or "", node.value),
            reverse=True,
        )
        self.cut = self.cut or len(new) > self.left
        self.taken |= dict.fromkeys(new[: self.left])
        self.left -= min(len(new), self.left)

    def named(self, statements: Iterable[NamedNode]) -> Iterator[NamedNode]:
        """What statements name."""
        for node in statements:
            for role in ROLES:
                yield from (q.object for q in self.read(node, DKG[role], None) if isinstance(q.object, NamedNode))

    def read(self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | None) -> Iterator[Quad]:
        return self.store.inner.quads_for_pattern(subject, predicate, value, None)

    def has(self, node: NamedNode, predicate: NamedNode) -> bool:
        return next(self.read(node, predicate, None), None) is not None

    def text(self, node: NamedNode, predicate: NamedNode) -> str | None:
        """The last of a node's literals, by their characters."""
        return max(
            (q.object.value for q in self.read(node, predicate, None) if isinstance(q.object, Literal)), default=None
        )


def make_excerpt(store: Store, selection: Selection, most: int, *, mentions: bool = False) -> tuple[Store, bool]:
    """What is around the things of a selection, of ``most`` events and documents, and whether there are more."""
    excerpt = Excerpt(store, selection, mentions, most)
    edge = dict.fromkeys(NamedNode(iri) for iri in selection.things)
    for _ in range(selection.hops):
        excerpt.things |= edge
        before = len(excerpt.taken)
        excerpt.take(statement for thing in edge for statement in excerpt.statements(thing))
        new = list(islice(excerpt.taken, before, None))
        papers = (node for node in new if excerpt.is_paper(node))
        edge = dict.fromkeys(thing for thing in (*excerpt.named(new), *papers) if thing not in excerpt.things)
    excerpt.things |= edge
    excerpt.taken |= dict.fromkeys(thing for thing in excerpt.things if excerpt.is_statement(thing))
    excerpt.things |= dict.fromkeys(excerpt.named(excerpt.taken))
    made = open_store(None, base=store.base)
    hidden = {graph_iri(store.base, name) for name in BOOKKEEPING}
    made.inner.extend(
        quad
        for quad in list_quads(excerpt)
        if quad.graph_name not in hidden and not is_derived(quad.graph_name, store.base)  # type: ignore[arg-type]
    )
    return made, excerpt.cut


def list_quads(excerpt: Excerpt) -> Iterator[Quad]:
    """All that is said of the statements and the things, with offices, evidence and articles."""
    for node in excerpt.taken:
        yield from follow(excerpt, node)
        if excerpt.is_paper(node):  # wanted as well where an event further away names it
            for quad in excerpt.read(None, DKG.document, node):
                yield from follow(excerpt, quad.subject)  # type: ignore[arg-type]
    seen: set[NamedNode] = set()
    rest = list(excerpt.things)
    while rest:
        thing = rest.pop()
        if thing not in seen:
            seen.add(thing)
            yield from describe(excerpt, thing)
            rest += [q.object for q in excerpt.read(thing, DKG.within, None) if isinstance(q.object, NamedNode)]
            for name in HOLDERS:
                for quad in excerpt.read(None, DKG[name], thing):
                    yield from follow(excerpt, quad.subject)  # type: ignore[arg-type]


def describe(excerpt: Excerpt, thing: NamedNode) -> Iterator[Quad]:
    """What is said of a thing; of one that many articles name each fact once, the curated ones first."""
    quads = list(islice(excerpt.read(thing, None, None), PLENTY + 1))
    if len(quads) <= PLENTY:
        yield from quads
        return
    reference = graph_iri(excerpt.store.base, "reference")
    known = excerpt.store.inner.quads_for_pattern(thing, None, None, reference)
    yield from {(quad.predicate, quad.object): quad for quad in (*excerpt.read(thing, None, None), *known)}.values()


def follow(excerpt: Excerpt, node: NamedNode) -> Iterator[Quad]:
    """What is said of a node and of all that says so: sentences, articles, conflicts, stages."""
    rest, seen = [node], {node}
    while rest:
        for quad in excerpt.read(rest.pop(), None, None):
            yield quad
            if quad.predicate in TRAIL and isinstance(quad.object, NamedNode) and quad.object not in seen:
                seen.add(quad.object)
                rest.append(quad.object)


TRAIL = frozenset(
    (
        *(NamedNode(NAMESPACE + name) for name in ("evidence", "conflict", "stage")),
        OA.hasTarget,
        OA.hasSelector,
        OA.hasSource,
    )
)

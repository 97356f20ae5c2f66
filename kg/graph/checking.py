"""Checking a store: what must hold of every article that was ever put into it, whoever wrote it and whatever befell it.

Every quote stands in its article's text to the letter, every resource that something points to is described somewhere,
every derived graph has its article, and each article's graph has the form that data/shapes.ttl asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.derivation import derived_iri, is_derived
from kg.graph.iris import BOOKKEEPING, article_iri, graph_iri
from kg.graph.namespaces import DCTERMS, OA, RDF, SCHEMA
from kg.graph.ontology import DKG
from kg.graph.store import Store

SHAPED_AT_ONCE = 32  # articles: the shapes and the ontology are read anew for each check
REMEMBERED = 100_000  # resources that are known to be described


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be; ``kind`` is quote, text, reference, graph or shape."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


class Checker:
    """Checks one store, article by article, and counts what it has looked at."""

    def __init__(self, store: Store, shapes: bool | None = None) -> None:
        self.store, self.inner = store, store.inner
        self.shapes = find_spec("pyshacl") is not None if shapes is None else shapes
        self.articles = self.quotes = self.references = self.textless = 0
        self.is_described = lru_cache(REMEMBERED)(self._is_described)

    @property
    def unlinked(self) -> int:
        """The articles that changed since the links were made."""
        marker = graph_iri(self.store.base, "store")
        return sum(1 for _ in self.inner.quads_for_pattern(marker, DKG.unlinked, None, marker))

    def faults(self) -> Iterator[Fault]:
        """All that is wrong. Raises DataError where shapes are asked for and pyshacl is not there."""
        shaped: list[Quad] = []
        for article_id in self.store.articles():
            quads = list(self.inner.quads_for_pattern(None, None, None, article_iri(self.store.base, article_id)))
            derived = list(self.inner.quads_for_pattern(None, None, None, derived_iri(self.store.base, article_id)))
            self.articles += 1
            yield from self.check_quotes(article_id, quads)
            yield from self.check_references((*quads, *derived))
            shaped += quads
            if self.articles % SHAPED_AT_ONCE == 0:
                yield from self.check_shapes(shaped)
                shaped = []
        yield from self.check_shapes(shaped)
        yield from self.check_graphs()
        links = graph_iri(self.store.base, "links")
        yield from self.check_references(self.inner.quads_for_pattern(None, None, None, links))

    def check_quotes(self, article_id: str, quads: Iterable[Quad]) -> Iterator[Fault]:
        """Quotes that do not stand where they are said to."""
        facts: dict[tuple[object, NamedNode], list[NamedNode | Literal]] = {}
        for quad in quads:
            facts.setdefault((quad.subject, quad.predicate), []).append(quad.object)  # type: ignore[arg-type]
        content = find_content(facts, article_iri(self.store.base, article_id))
        if content is None:
            self.textless += 1
            return
        for (target, predicate), selectors in facts.items():
            if predicate == OA.hasSelector:
                self.quotes += 1
                quote, place = read_selectors(facts, selectors)
                if quote is None or place is None:
                    yield Fault("quote", article_id, f"{target} has no quote or no place")
                elif content[slice(*place)] != quote:
                    yield Fault("quote", article_id, f"{quote!r} does not stand at {place[0]} to {place[1]}")

    def check_references(self, quads: Iterable[Quad]) -> Iterator[Fault]:
        """Resources below the base that are pointed to and described nowhere."""
        for quad in quads:
            node = quad.object
            if isinstance(node, NamedNode) and node.value.startswith(self.store.base):
                self.references += 1
                if not self.is_described(node):
                    yield Fault("reference", str(quad.subject), f"{quad.predicate} leads to {node}, which is nowhere")

    def _is_described(self, node: NamedNode) -> bool:
        return next(self.inner.quads_for_pattern(node, None, None, None), None) is not None

    def check_graphs(self) -> Iterator[Fault]:
        """Graphs that belong to nothing."""
        known = {graph_iri(self.store.base, name) for name in ("reference", "ontology", "links", *BOOKKEEPING)}
        for graph in self.inner.named_graphs():
            if graph in known or not isinstance(graph, NamedNode):
                continue
            owner = graph.value.replace(f"{self.store.base}derived/", f"{self.store.base}article/", 1)
            node = NamedNode(owner) if is_derived(graph, self.store.base) else graph
            if next(self.inner.quads_for_pattern(node, RDF.type, DKG.Article, node), None) is None:
                yield Fault("graph", graph.value, "it belongs to no article")

    def check_shapes(self, quads: Iterable[Quad]) -> Iterator[Fault]:
        """What has not the form that it should have; nothing without pyshacl."""
        if not self.shapes or not quads:
            return
        from kg.graph.validate import validate_quads

        for violation in validate_quads(quads).violations:
            yield Fault("shape", violation.focus, f"{violation.path} {violation.value}: {violation.message}")


def find_content(facts: dict[tuple[object, NamedNode], list[NamedNode | Literal]], article: NamedNode) -> str | None:
    """Title, a newline and text of an article; None where the store has not its text."""
    title, text = facts.get((article, DCTERMS.title)), facts.get((article, SCHEMA.articleBody))
    return f"{title[0].value}\n{text[0].value}" if title and text else None


def read_selectors(
    facts: dict[tuple[object, NamedNode], list[NamedNode | Literal]], selectors: Iterable[object]
) -> tuple[str | None, tuple[int, int] | None]:
    """The quote and the place of a target, as far as they are given."""
    quote: str | None = None
    place: tuple[int, int] | None = None
    for selector in selectors:
        if exact := facts.get((selector, OA.exact)):
            quote = str(exact[0].value)
        start, end = facts.get((selector, OA.start)), facts.get((selector, OA.end))
        if start and end:
            place = int(start[0].value), int(end[0].value)
    return quote, place

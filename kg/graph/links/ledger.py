"""The index of accounts that the store keeps beside the links, with the changes of a run laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import graph_iri
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.accounts import Account

A = TypeVar("A", bound=Account)

ENTRY = "entry/"
MOST = 500_000  # keys and ids that are remembered at once


class Ledger:
    """What the index says, as if the changes of this run were written; ``fresh`` starts from an empty one."""

    def __init__(self, store: Store, fresh: bool) -> None:
        self.inner, self.base, self.fresh = store.inner, store.base, fresh
        self.marker, self.graph = graph_iri(store.base, "store"), graph_iri(store.base, "index")
        self.removed: set[str] = set()
        self.lists: dict[str, list[str]] = {}
        self.posted: dict[str, frozenset[str]] = {}
        self.known: dict[str, tuple[str, ...]] = {}  # what the store lists under a key
        self.room = MOST
        self.lines: list[str] = []  # of N-Quads, or parts of them

    def version(self) -> str | None:
        """By which settings and decisions the links were made; None if they never were."""
        found = self.inner.quads_for_pattern(self.marker, DKG.linksVersion, None, self.marker)
        return next((str(quad.object.value) for quad in found), None)  # type: ignore[union-attr]

    def changed_articles(self, most: int | None = None) -> list[NamedNode]:
        """The articles that were stored or removed since the links were made, or so many; all for a fresh index."""
        if self.fresh:
            articles = [quad.subject for quad in self.inner.quads_for_pattern(None, RDF.type, DKG.Article, None)]
        else:
            found = self.inner.quads_for_pattern(self.marker, DKG.unlinked, None, None)
            articles = [quad.object for quad in islice(found, most)]  # type: ignore[misc]
        return sorted((a for a in set(articles) if isinstance(a, NamedNode)), key=lambda node: node.value)

    def entry(self, id_: str) -> NamedNode:
        """The entry of an account."""
        return NamedNode(f"{self.base}{ENTRY}{id_}")

    def indexed(self, article: NamedNode) -> Iterator[str]:
        """The accounts of an article when it was last indexed."""
        if not self.fresh:
            found = self.inner.quads_for_pattern(None, DKG.indexedFrom, article, self.graph)
            yield from (quad.subject.value.removeprefix(self.base + ENTRY) for quad in found)  # type: ignore[union-attr]

    def keys(self, id_: str) -> Iterator[str]:
        """The keys under which an account stood when it was last indexed."""
        found = self.inner.quads_for_pattern(self.entry(id_), DKG.indexKey, None, self.graph)
        return (str(quad.object.value) for quad in found)  # type: ignore[union-attr]

    def remove(self, id_: str) -> None:
        """Strike an account out."""
        self.removed.add(id_)

    def add(self, id_: str, article: NamedNode, keys: frozenset[str]) -> None:
        """Post an account under its keys."""
        entry, end = self.entry(id_), f" {self.graph} .\n"
        self.posted[id_] = keys
        self.lines.append(f"{entry} {DKG.indexedFrom} {article}{end}")
        if keys:
            start = f"{entry} {DKG.indexKey} "
            self.lines += (start, f"{end}{start}".join(str(Literal(key)) for key in keys), end)
        for key in keys:
            self.lists.setdefault(key, []).append(id_)

    def find(self, key: str) -> Sequence[str]:
        """The accounts that stand under a key."""
        own = self.lists.get(key, ())
        if self.fresh:
            return own
        return [*own, *(id_ for id_ in self.find_stored(key) if id_ not in self.removed)]

    def find_stored(self, key: str) -> Sequence[str]:
        """The accounts that the store lists under a key; remembered, as many accounts seek under the same keys."""
        if key not in self.known:
            found = self.inner.quads_for_pattern(None, DKG.indexKey, Literal(key), self.graph)
            ids = tuple(quad.subject.value.removeprefix(self.base + ENTRY) for quad in found)  # type: ignore[union-attr]
            self.room -= 1 + len(ids)
            if self.room < 0:
                self.known.clear()
                self.room = MOST - len(ids)
            self.known[key] = ids
        return self.known[key]

    def old_quads(self, articles: Iterable[NamedNode]) -> Iterator[Quad]:
        """What the changes of this run take out of the index and the marker."""
        for article in articles:
            yield from self.inner.quads_for_pattern(self.marker, DKG.unlinked, article, self.marker)
        for id_ in self.removed:
            found = self.inner.quads_for_pattern(self.entry(id_), None, None, self.graph)
            yield from (quad for quad in found if not self.is_posted(id_, quad))
        yield from self.inner.quads_for_pattern(self.marker, DKG.linksVersion, None, self.marker)

    def is_posted(self, id_: str, quad: Quad) -> bool:
        """Whether what the index says of an account is what it is to say."""
        keys = self.posted.get(id_)
        return keys is not None and (quad.predicate == DKG.indexedFrom or quad.object.value in keys)  # type: ignore[union-attr]


class LedgerIndex(Generic[A]):
    """The index of a run, for accounts of one sort."""

    def __init__(self, ledger: Ledger, read: Callable[[str], A | None]) -> None:
        self.ledger, self.read = ledger, read

    def find(self, key: str) -> Iterable[str]:
        """The ids under a key."""
        return self.ledger.find(key)

    def account(self, id_: str) -> A | None:
        """The account of an id."""
        return self.read(id_)

    def keys(self, id_: str) -> frozenset[str] | None:
        """The keys under which an account was posted in this run."""
        return self.ledger.posted.get(id_)

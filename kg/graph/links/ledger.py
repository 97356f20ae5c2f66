"""The index of accounts that the store keeps beside the links, with the changes of a run laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import islice
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import graph_iri
from kg.graph.links.entries import ENTRY, Entry, read_account
from kg.graph.memory import MOST_LISTED, Known
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.accounts import Account

A = TypeVar("A", bound=Account)

PART = 10_000  # entries that are written at once, some 20 MB


class Ledger:
    """What the index says, as if the changes of this run were written; ``fresh`` starts from an empty one."""

    def __init__(self, store: Store, fresh: bool) -> None:
        self.store, self.inner, self.base, self.fresh = store, store.inner, store.base, fresh
        self.marker, self.graph = graph_iri(store.base, "store"), graph_iri(store.base, "index")
        self.removed: set[str] = set()
        self.stale: dict[str, bool] = {}
        self.keyed: dict[str, frozenset[str]] = {}
        self.struck: set[str] = set()  # the keys of what was removed
        self.before: dict[str, tuple[Known, ...]] = {}
        self.posted: dict[str, Entry] = {}
        self.lists: dict[str, list[str]] = {}
        self.known: dict[str, tuple[str, ...]] = {}  # what the store lists under a key
        self.room = MOST_LISTED

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

    def keys(self, id_: str) -> frozenset[str]:
        """The keys under which an account stood when it was last indexed; remembered."""
        if id_ not in self.keyed:
            found = self.inner.quads_for_pattern(self.entry(id_), DKG.indexKey, None, self.graph)
            self.keyed[id_] = frozenset(str(quad.object.value) for quad in found)  # type: ignore[union-attr]
        return self.keyed[id_]

    def remove(self, id_: str) -> None:
        """Strike an account out."""
        self.removed.add(id_)
        self.struck.update(self.keys(id_))

    def knows(self, id_: str) -> bool:
        """Whether an account is indexed; that of an article whose turn has not come is not, though it may be read."""
        return id_ in self.posted or (not self.fresh and id_ not in self.removed and bool(self.stored(id_)))

    def stored(self, id_: str) -> tuple[Known, ...]:
        """An account as it was when it was last indexed; two where a run that broke off has left two."""
        if id_ not in self.before:
            recalled = self.store.index.accounts.get(id_)
            self.before[id_] = self.read_stored(id_) if recalled is None else recalled
        return self.before[id_]

    def read_stored(self, id_: str) -> tuple[Known, ...]:
        """The same, from the store."""
        found = self.inner.quads_for_pattern(self.entry(id_), DKG.indexAccount, None, self.graph)
        return tuple(read_account(id_, quad.object.value) for quad in found)  # type: ignore[union-attr]

    def current(self, id_: str) -> Known | None:
        """An account as it stands in the index; None where it must be read from its article, as that has changed."""
        known = () if self.fresh or id_ in self.removed else self.stored(id_)
        return known[0] if len(known) == 1 and not self.is_unlinked(known[0][0].source.article) else None

    def is_unlinked(self, article: str) -> bool:
        """Whether an article has changed since it was indexed."""
        if article not in self.stale:
            self.stale[article] = self.is_noted(NamedNode(self.base + article))
        return self.stale[article]

    def is_noted(self, article: NamedNode) -> bool:
        """Whether an article is noted as changed."""
        return next(self.inner.quads_for_pattern(self.marker, DKG.unlinked, article, self.marker), None) is not None

    def add(self, entry: Entry) -> None:
        """Post an account under its keys."""
        self.posted[entry.id] = entry
        for key in entry.keys:
            self.lists.setdefault(key, []).append(entry.id)

    def load(self) -> None:
        """Write the new entries, in parts that the store takes in quickly. Raises StoreError."""
        self.store.index.forget()
        entries, keys = iter(self.posted.values()), self.store.index.keys
        while part := tuple(islice(entries, PART)):
            if keys is not None:
                keys.add(key for entry in part for key in entry.keys)
            self.store.load_lines("".join(entry.lines for entry in part).encode())

    def keep(self) -> None:
        """Have the store remember what was read of the index, once all changes are written."""
        changed = self.removed | self.posted.keys()
        lists = {key: (*ids, *self.lists.get(key, ())) for key, ids in self.known.items() if key not in self.struck}
        self.store.index.keep(lists, {id_: known for id_, known in self.before.items() if id_ not in changed})

    def find(self, keys: Set[str]) -> set[str]:
        """The accounts that stand under any of these keys."""
        found = set[str]() if self.fresh else self.find_stored(keys)
        found -= self.removed
        for key in keys & self.lists.keys():
            found.update(self.lists[key])
        return found

    def find_stored(self, keys: Set[str]) -> set[str]:
        """The accounts that the store lists under these keys."""
        known = self.store.index.keys
        return set().union(*map(self.list_stored, keys if known is None else known.select(keys)))

    def list_stored(self, key: str) -> tuple[str, ...]:
        """The accounts that the store lists under a key; remembered, as many accounts seek under the same keys."""
        if key not in self.known:
            recalled = self.store.index.lists.get(key)
            ids = self.read_list(key) if recalled is None else recalled
            self.room -= 1 + len(ids)
            if self.room < 0:
                self.known.clear()
                self.room = MOST_LISTED - 1 - len(ids)
            self.known[key] = ids
        return self.known[key]

    def read_list(self, key: str) -> tuple[str, ...]:
        """The same, from the store."""
        found = self.inner.quads_for_pattern(None, DKG.indexKey, Literal(key), self.graph)
        start = len(self.base) + len(ENTRY)
        return tuple(quad.subject.value[start:] for quad in found)  # type: ignore[union-attr]

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
        entry = self.posted.get(id_)
        return entry is not None and quad.object.value.removeprefix(self.base) in entry.values  # type: ignore[union-attr]


class LedgerIndex(Generic[A]):
    """The index of a run, for accounts of one sort."""

    def __init__(self, ledger: Ledger, read: Callable[[str], A | None]) -> None:
        self.ledger, self.read = ledger, read
        self.found: dict[str, A | None] = {}

    def find(self, keys: Set[str]) -> Set[str]:
        """The ids under any of these keys."""
        return self.ledger.find(keys)

    def account(self, id_: str) -> A | None:
        """The account of an id as it is indexed, even if its article has changed and its turn has not come; remembered.

        None where it is not indexed, where its article does not tell it any more, and where a run that broke off has
        left two of it. What is merged until its turn comes, has the article's new words.
        """
        if id_ not in self.found:
            self.found[id_] = self.find_account(id_)
        return self.found[id_]

    def find_account(self, id_: str) -> A | None:
        """The same, not remembered."""
        if not self.ledger.knows(id_):
            return None
        account = self.read(id_)
        if account is None or id_ in self.ledger.posted or self.ledger.current(id_):
            return account
        stored = self.ledger.stored(id_)
        return stored[0][0] if len(stored) == 1 else None  # type: ignore[return-value]

    def keys(self, id_: str) -> frozenset[str] | None:
        """The keys under which an account was posted in this run."""
        entry = self.ledger.posted.get(id_)
        return entry.keys if entry else None

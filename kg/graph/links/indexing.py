"""Indexing what changed: the accounts of changed articles, and those that name somebody who is no longer who it was."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from kg.graph.links.entries import Entry, make_entry
from kg.graph.links.ledger import Ledger
from kg.graph.links.names import Renaming
from kg.graph.links.reading import Reader
from kg.graph.links.told import Gists
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.components import are_likely
from kg.resolve.keys import make_keys, sought_keys


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done: the accounts that were indexed (``now``), of these the ``unseen`` that no run before has seen,
    those that are ``gone``, and the ``near`` ones that may have been one with what is no longer as it was.
    """

    now: frozenset[str]
    unseen: frozenset[str]
    gone: frozenset[str]
    near: frozenset[str]

    @property
    def seeds(self) -> frozenset[str]:
        """All that must be grouped anew."""
        return self.now | (self.near - self.gone)


class Indexer:
    """Indexes accounts; a class, because all of it needs store, reader and ledger."""

    def __init__(self, store: Store, reader: Reader, ledger: Ledger, gists: Gists) -> None:
        self.store, self.reader, self.ledger, self.gists = store, reader, ledger, gists
        self.settings = reader.settings

    def index(self, changed: Sequence[NamedNode], names: Renaming) -> Indexed:
        """Index the accounts of changed articles, and those that name somebody who is no longer who it was."""
        named = self.list_naming(changed, names)
        before = {id_ for article in changed for id_ in self.ledger.indexed(article)}
        before |= {id_ for article, ids in named.items() for id_ in ids.intersection(self.ledger.indexed(article))}
        near = set(before)
        for id_ in before:
            near.update(self.find_near(id_, near))
        for id_ in before:
            self.ledger.remove(id_)
        ids = (id_ for article in changed for id_ in self.list_accounts(article))
        now = frozenset(filter(self.post, chain(ids, *named.values())))
        return Indexed(now, now - before, frozenset(before) - now, frozenset(near - before))

    def list_naming(self, changed: Sequence[NamedNode], names: Renaming) -> dict[NamedNode, frozenset[str]]:
        """Of articles that did not change, the accounts that name somebody who is no longer who it was."""
        found = dict[NamedNode, set[NamedNode]]()
        for id_ in names.moved:
            for quad in self.store.inner.quads_for_pattern(None, None, self.reader.node(id_), None):
                if quad.graph_name in names.articles and isinstance(quad.subject, NamedNode):
                    found.setdefault(quad.graph_name, set()).add(quad.subject)  # type: ignore[arg-type]
        return {article: self.list_concerned(article, found[article]) for article in found.keys() - set(changed)}

    def list_concerned(self, article: NamedNode, subjects: set[NamedNode]) -> frozenset[str]:
        """The accounts of an article among some resources, and those of events that refer to these."""
        inner = self.store.inner
        referring = {q.subject for s in subjects for q in inner.quads_for_pattern(None, DKG.document, s, article)}
        return frozenset(map(self.reader.id, subjects | referring)).intersection(self.list_accounts(article))

    def list_accounts(self, article: NamedNode) -> Iterator[str]:
        """The events and documents that an article may tell of."""
        if article.value in self.gists:
            return (told.entry.id for told in self.gists[article.value].accounts)
        return chain(self.reader.list_documents(article), self.reader.list_events(article))

    def find_near(self, id_: str, found: Container[str]) -> Iterator[str]:
        """The accounts that may have been one with an account when it was last indexed, but for ``found`` ones."""
        entries, keys = self.ledger.stored(id_), sought_keys(self.ledger.keys(id_), self.settings)
        for other in self.ledger.find(keys):
            if other in found:
                continue
            pairs = ((one, two) for one, _ in entries for two, _ in self.ledger.stored(other))
            if any(are_likely(one, two, self.settings) for one, two in pairs):
                yield other

    def post(self, id_: str) -> bool:
        """Index an account; False where there is none."""
        told = self.reader.find_told(id_)
        entry = told.entry if told else self.read_entry(id_)
        if entry:
            self.ledger.add(entry)
        return entry is not None

    def read_entry(self, id_: str) -> Entry | None:
        """The entry of an account as it stands in the graph of its article."""
        account = self.reader.account(id_)
        if account is None:
            return None
        keys, renamed = make_keys(account, self.settings), id_ in self.reader.renamed
        return make_entry(account, keys, self.store.base, renamed=renamed)

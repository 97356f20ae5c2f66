"""One update of the links: index what changed, group anew what it touches, write the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.links.descriptions import describe_things
from kg.graph.links.ledger import Ledger, LedgerIndex
from kg.graph.links.merged import Triples, Writer, merged_id
from kg.graph.links.names import compare_names
from kg.graph.links.reading import Reader
from kg.graph.links.told import NO_GISTS, Gists
from kg.graph.links.updates import write_update
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.accounts import Account, EventAccount
from kg.resolve.components import Resolver, document_matcher, event_matcher
from kg.resolve.decisions import Decisions
from kg.resolve.keys import document_keys, event_keys, sought_keys
from kg.resolve.merging import merge_documents, merge_events
from kg.resolve.settings import Settings

PARTS = (DKG.stage, DKG.conflict, DKG.claim)
REFERENCES = (DKG.document, DKG.subEventOf)


@dataclass(frozen=True, slots=True)
class Linked:
    """What an update did: changed articles, accounts grouped anew, merged things touched, quads written and removed."""

    articles: int = 0
    accounts: int = 0
    merged: int = 0
    inserted: int = 0
    deleted: int = 0


class Run:
    """One update under way; a class, because its steps share what is read, indexed and grouped."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        decisions: Decisions,
        fresh: bool,
        most: int | None = None,
        gists: Gists = NO_GISTS,
    ) -> None:
        self.store, self.settings, self.fresh = store, settings, fresh
        self.reader, self.ledger = Reader(store, settings, decisions), Ledger(store, fresh)
        every = self.ledger.changed_articles(most)
        self.changed, self.rest = every[:most], every[most:] if most is not None else []
        self.gists = gists
        self.reader.told = {told.account.id: told for gist in gists.values() for told in gist.accounts}
        self.names = compare_names(self.reader.things, self.changed, fresh, gists)
        self.articles = sorted({*self.changed, *self.names.articles}, key=lambda node: node.value)
        self.events = Resolver(LedgerIndex(self.ledger, self.reader.event), event_matcher(settings), decisions)
        self.documents = Resolver(LedgerIndex(self.ledger, self.reader.document), document_matcher(settings), decisions)
        self.unseen: frozenset[str] = frozenset()  # accounts that no run before this one has seen
        self.new_target: dict[str, str] = {}
        self.groups: dict[str, tuple[str, ...]] = {}

    def write(self, version: str) -> Linked:
        """Do it all and write the difference.

        New entries of the index come first, as they are too many for one update. Whoever dies in between leaves entries
        without links, of articles that are noted as not linked: the next run finds both.
        """
        gone, seeds = self.index_articles()
        self.group(seeds, gone)
        old, new = self.compare_links(gone)
        marker = self.ledger.marker
        new |= {Quad(marker, DKG.linksVersion, Literal(version), marker)}
        if self.fresh:
            self.store.clear_index()
            old |= frozenset(self.store.quads(self.reader.links))
            old |= frozenset(self.store.inner.quads_for_pattern(marker, DKG.unlinked, None, marker))
            old -= self.store.note_unlinked(self.rest)
        else:
            old |= frozenset(self.ledger.old_quads(self.articles))
        self.store.load_lines("".join(self.ledger.lines).encode())
        deleted, inserted = old - new, new - old
        if deleted or inserted:
            self.store.update(write_update(deleted, inserted))
        return Linked(len(self.changed), len(self.new_target), len(self.groups), len(inserted), len(deleted))

    def index_articles(self) -> tuple[frozenset[str], frozenset[str]]:
        """Index the accounts of the changed articles; those that are gone, and all that must be grouped anew."""
        before = frozenset(id_ for article in self.articles for id_ in self.ledger.indexed(article))
        touched = {other for id_ in before for key in sought_keys(self.ledger.keys(id_)) for other in self.find(key)}
        for id_ in before:
            self.ledger.remove(id_)
        now = frozenset(id_ for article in self.articles for id_ in self.index_article(article))
        gone, self.unseen = before - now, now - before
        return gone, frozenset(now | (touched - gone))

    def find(self, key: str) -> Iterable[str]:
        """The accounts under a key of the index."""
        return self.ledger.find(key)

    def index_article(self, article: NamedNode) -> Iterator[str]:
        """Index the accounts of one article."""
        for id_ in self.list_accounts(article):
            account = self.reader.account(id_)
            if account is not None:
                told = self.reader.told.get(id_)  # after it was read: then it holds
                self.ledger.add(id_, article, told.keys if told else make_keys(account, self.settings))
                yield id_

    def list_accounts(self, article: NamedNode) -> Iterator[str]:
        """The events and documents that an article may tell of."""
        if article.value in self.gists:
            return (told.account.id for told in self.gists[article.value].accounts)
        return chain(self.reader.list_documents(article), self.reader.list_events(article))

    def group(self, seeds: frozenset[str], gone: frozenset[str]) -> None:
        """Group the seeds, and whoever shared a group with what is grouped anew, until nobody is left over."""
        rest = seeds
        while rest:
            for resolver, kind in ((self.documents, "document/"), (self.events, "event/")):
                for group in resolver.resolve(id_ for id_ in rest if id_.startswith(kind)):
                    self.settle(group)
            wholes = {self.old_target(id_) for id_ in (*self.new_target, *gone)}
            members = {id_ for whole in wholes for id_ in self.old_members(whole)}
            rest = frozenset(filter(self.reader.account, members - self.new_target.keys() - gone))

    def settle(self, group: tuple[str, ...]) -> None:
        """Note what stands for the accounts of a group from now on."""
        if len(group) == 1 and not self.reader.is_renamed(group[0]):
            self.new_target[group[0]] = group[0]
            return
        accounts = self.order(group)
        whole = merged_id(self.store.base, accounts)
        self.groups[whole] = accounts
        self.new_target.update(dict.fromkeys(group, whole))

    def order(self, group: tuple[str, ...]) -> tuple[str, ...]:
        """The accounts of a group, the first to tell of it first."""
        found = (self.reader.account(id_) for id_ in group)
        return tuple(a.id for a in sorted((a for a in found if a), key=lambda a: (a.source, a.id)))

    def old_target(self, id_: str) -> str:
        """What stood for an account before this run."""
        for same in (DKG.sameEvent, DKG.sameDocument) if not self.fresh and id_ not in self.unseen else ():
            for quad in self.store.inner.quads_for_pattern(self.reader.node(id_), same, None, self.reader.links):
                return self.reader.id(quad.object)
        return id_

    def old_members(self, whole: str) -> tuple[str, ...]:
        """The accounts that a merged thing had before this run; none for what is not merged."""
        if self.fresh:
            return ()
        found = self.store.inner.quads_for_pattern(self.reader.node(whole), DKG.merges, None, self.reader.links)
        return tuple(self.reader.id(quad.object) for quad in found)

    def target(self, id_: str) -> str:
        """What stands for an account from now on."""
        return self.new_target.get(id_) or self.old_target(id_)

    def compare_links(self, gone: frozenset[str]) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """The quads of the links that this run touches, as they were and as they are to be."""
        touched = {*self.new_target, *gone}
        changed = {id_ for id_ in touched if self.old_target(id_) != self.target(id_) or id_ in self.new_target}
        for referrer in self.find_referrers(changed) - touched:
            self.touch(referrer)
        accounts = {*self.new_target, *gone}
        wholes = {self.old_target(id_) for id_ in accounts} - accounts
        known = (*(accounts - self.unseen), *wholes)
        old = frozenset(quad for id_ in known for quad in self.stored(self.reader.node(id_)))
        new = self.written()
        old, new = old | self.names.old, new | self.names.new
        old_things, new_things = describe_things(self, old, new)
        return old | old_things, new | new_things

    def find_referrers(self, changed: Iterable[str]) -> set[str]:
        """The events that refer to any of these accounts."""
        inner, node = self.store.inner, self.reader.node
        quads = (q for id_ in changed for p in REFERENCES for q in inner.quads_for_pattern(None, p, node(id_), None))
        return {self.reader.id(quad.subject) for quad in quads if quad.graph_name != self.reader.links}

    def touch(self, id_: str) -> None:
        """Write an event and its group again, as it was grouped before."""
        whole = self.old_target(id_)
        if whole == id_:
            self.new_target[id_] = id_
        else:
            self.settle(tuple(filter(self.reader.account, self.old_members(whole))))

    def stored(self, node: NamedNode) -> Iterator[Quad]:
        """The quads of a resource in the graph of links, with those of its parts."""
        if self.fresh:
            return
        for quad in self.store.inner.quads_for_pattern(node, None, None, self.reader.links):
            yield quad
            if quad.predicate in PARTS and isinstance(quad.object, NamedNode):
                yield from self.stored(quad.object)

    def written(self) -> frozenset[Quad]:
        """The quads of all that was grouped anew."""
        writer = Writer(self.reader, self.target)
        quads = set[Quad]()
        for accounts in self.groups.values():
            quads |= writer.quads(self.merge(writer, accounts))
        for id_, whole in self.new_target.items():
            if whole == id_ and id_.startswith("event/") and self.may_refer(id_):
                quads |= writer.quads(writer.single(id_))
        return frozenset(quads)

    def may_refer(self, id_: str) -> bool:
        """Whether an event may refer to something that is merged."""
        told = self.reader.told.get(id_)
        return told is None or told.refers

    def merge(self, writer: Writer, accounts: tuple[str, ...]) -> Triples:
        """The triples of one merged thing."""
        if accounts[0].startswith("event/"):
            return writer.event(merge_events(filter(None, map(self.reader.event, accounts)), self.settings))
        return writer.document(merge_documents(filter(None, map(self.reader.document, accounts)), self.settings))


def make_keys(account: Account, settings: Settings) -> frozenset[str]:
    """The keys under which an account stands."""
    return event_keys(account, settings) if isinstance(account, EventAccount) else document_keys(account, settings)

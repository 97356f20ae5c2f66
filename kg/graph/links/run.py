"""One update of the links: index what changed, group anew what it touches, write the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.links.descriptions import describe_things
from kg.graph.links.indexing import Indexer
from kg.graph.links.ledger import Ledger, LedgerIndex
from kg.graph.links.merged import Triples, Writer, merged_id
from kg.graph.links.names import compare_names
from kg.graph.links.reading import Reader
from kg.graph.links.told import NO_GISTS, Gists
from kg.graph.links.updates import write_update
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.components import Resolver, document_matcher, event_matcher
from kg.resolve.decisions import Decisions
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
        self.reader.told = {told.entry.id: told for gist in gists.values() for told in gist.accounts}
        self.reader.find_indexed = self.ledger.current
        self.names = compare_names(self.reader.things, self.changed, fresh, gists)
        self.indexed = Indexer(store, self.reader, self.ledger, gists).index(self.changed, self.names)
        self.events = Resolver(LedgerIndex(self.ledger, self.reader.event), event_matcher(settings), decisions)
        self.documents = Resolver(LedgerIndex(self.ledger, self.reader.document), document_matcher(settings), decisions)
        self.new_target: dict[str, str] = {}
        self.kept: set[str] = set()  # accounts whose group stays as it is
        self.groups: dict[str, tuple[str, ...]] = {}

    def write(self, version: str) -> Linked:
        """Do it all and write the difference.

        New entries of the index come first, as they are too many for one update. Whoever dies in between leaves entries
        without links, of articles that are noted as not linked, those included that name somebody who is no longer who
        it was: the next run finds both.
        """
        self.group()
        old, new = self.compare_links()
        marker = self.ledger.marker
        new |= {Quad(marker, DKG.linksVersion, Literal(version), marker)}
        if self.fresh:
            self.store.clear_index()
            old |= frozenset(self.store.quads(self.reader.links))
            old |= frozenset(self.store.inner.quads_for_pattern(marker, DKG.unlinked, None, marker))
            old -= self.store.note_unlinked(self.rest)
        else:
            old |= frozenset(self.ledger.old_quads(self.changed))
            old |= self.store.note_unlinked(a for a in self.names.articles if not self.ledger.is_noted(a))
        self.ledger.load()
        deleted, inserted = old - new, new - old
        if deleted or inserted:
            self.store.update(write_update(deleted, inserted))
        self.ledger.keep()
        return Linked(
            len(self.changed), len(self.new_target) - len(self.kept), len(self.groups), len(inserted), len(deleted)
        )

    def group(self) -> None:
        """Group what was indexed, and whoever shared a group with what is grouped anew, until nobody is left over."""
        gone = self.indexed.gone
        rest = self.indexed.seeds | self.find_left(gone)
        while rest:
            for resolver, kind in ((self.documents, "document/"), (self.events, "event/")):
                for group in resolver.resolve(id_ for id_ in rest if id_.startswith(kind)):
                    if self.is_as_it_was(group):
                        self.keep(group)
                    else:
                        self.settle(group)
            rest = self.find_left((*self.new_target, *gone))

    def find_left(self, ids: Iterable[str]) -> frozenset[str]:
        """Whoever shared a group with these before this run, is there still and was not grouped anew."""
        wholes = {self.old_target(id_) for id_ in ids}
        members = {id_ for whole in wholes for id_ in self.old_members(whole)}
        return frozenset(filter(self.is_there, members - self.new_target.keys() - self.indexed.gone))

    def is_there(self, id_: str) -> bool:
        """Whether an account can be grouped now."""
        return (self.events if id_.startswith("event/") else self.documents).is_there(id_)

    def is_as_it_was(self, group: tuple[str, ...]) -> bool:
        """Whether the same accounts stood together before, and their articles did not change."""
        if self.fresh or not self.indexed.now.isdisjoint(group):
            return False
        whole = self.old_target(group[0])
        return group == (whole,) or set(self.old_members(whole)) == self.old_accounts(whole) == set(group)

    def keep(self, group: tuple[str, ...]) -> None:
        """Leave a group as it is written."""
        self.new_target.update(dict.fromkeys(group, self.old_target(group[0])))
        self.kept.update(group)

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
        for same in (DKG.sameEvent, DKG.sameDocument) if not self.fresh and id_ not in self.indexed.unseen else ():
            for quad in self.store.inner.quads_for_pattern(self.reader.node(id_), same, None, self.reader.links):
                return self.reader.id(quad.object)
        return id_

    def old_members(self, whole: str) -> tuple[str, ...]:
        """The accounts that a merged thing had before this run; none for what is not merged."""
        if self.fresh:
            return ()
        found = self.store.inner.quads_for_pattern(self.reader.node(whole), DKG.merges, None, self.reader.links)
        return tuple(self.reader.id(quad.object) for quad in found)

    def old_accounts(self, whole: str) -> set[str]:
        """The accounts for which a merged thing stood before this run, those included that are gone by now."""
        links, node = self.reader.links, self.reader.node(whole)
        same = DKG.sameEvent if whole.startswith("event/") else DKG.sameDocument
        return {self.reader.id(q.subject) for q in self.store.inner.quads_for_pattern(None, same, node, links)}

    def target(self, id_: str) -> str:
        """What stands for an account from now on."""
        return self.new_target.get(id_) or self.old_target(id_)

    def compare_links(self) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """The quads of the links that this run touches, as they were and as they are to be."""
        self.follow_references()
        unseen = self.indexed.unseen
        accounts = self.written_anew()
        wholes = {self.old_target(id_) for id_ in accounts} - accounts
        known = (*(accounts - unseen), *wholes)
        old = frozenset(quad for id_ in known for quad in self.stored(self.reader.node(id_)))
        new = self.written()
        old, new = old | self.names.old, new | self.names.new
        old_things, new_things = describe_things(self, old, new)
        return old | old_things, new | new_things

    def written_anew(self) -> set[str]:
        """The accounts whose links this run writes or takes away."""
        return (self.new_target.keys() - self.kept) | self.indexed.gone

    def follow_references(self) -> None:
        """Write anew also what refers to accounts for which something else stands now, and what refers to that.

        What an article tells whose turn has not come is left to that turn.
        """
        followed = set[str]()
        while changed := {a for a in self.written_anew() - followed if self.old_target(a) != self.target(a)}:
            followed |= changed
            for referrer in self.find_referrers(changed) - self.written_anew():
                if self.is_left(referrer) and self.ledger.current(referrer):
                    self.touch(referrer)

    def is_left(self, id_: str) -> bool:
        """Whether the links of an account stay as they are."""
        return id_ not in self.new_target or id_ in self.kept

    def find_referrers(self, changed: Iterable[str]) -> set[str]:
        """The events that refer to any of these accounts."""
        inner, node = self.store.inner, self.reader.node
        quads = (q for id_ in changed for p in REFERENCES for q in inner.quads_for_pattern(None, p, node(id_), None))
        return {self.reader.id(quad.subject) for quad in quads if quad.graph_name != self.reader.links}

    def touch(self, id_: str) -> None:
        """Write an event and its group again, as it was grouped before."""
        whole = self.old_target(id_)
        group = self.old_members(whole) or (id_,)
        self.kept.difference_update(group)
        if whole == id_:
            self.new_target[id_] = id_
        else:
            self.settle(tuple(filter(self.reader.account, group)))

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
            if whole == id_ and id_ not in self.kept and id_.startswith("event/") and self.may_refer(id_):
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

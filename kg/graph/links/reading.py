"""Accounts of events and documents, read from the graphs of articles; each is read once in a run."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.config import NAMESPACE
from kg.graph.derivation import is_derived
from kg.graph.iris import graph_iri
from kg.graph.links.curated import Curated, Holder
from kg.graph.links.things import Things
from kg.graph.links.told import Told
from kg.graph.namespaces import OA, RDF, RDFS, SCHEMA, SKOS
from kg.graph.ontology import DKG, load_ontology
from kg.records import ROLES, When
from kg.resolve.accounts import Account, DocumentAccount, EventAccount, Paper, Source, Spots
from kg.resolve.decisions import Decisions
from kg.resolve.settings import Settings
from kg.resolve.words import find_counts, find_stems, make_paper

GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph
DEPTH = 6  # levels of places that contain one another


class Facts:
    """The quads of one resource in the graph of its article, by predicate."""

    def __init__(self, quads: list[Quad]) -> None:
        self.graph = quads[0].graph_name
        self.values: dict[NamedNode, list[NamedNode | Literal]] = {}
        for quad in quads:
            self.values.setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]

    def texts(self, predicate: NamedNode) -> list[str]:
        """The values as text; own terms without their namespace."""
        return [value.value.removeprefix(NAMESPACE) for value in self.values.get(predicate, ())]

    def text(self, predicate: NamedNode) -> str | None:
        """The one value as text."""
        return next(iter(self.texts(predicate)), None)

    def kind(self, wanted: frozenset[str]) -> str | None:
        """The one of these classes that it belongs to."""
        return next((name for name in sorted(self.texts(RDF.type)) if name in wanted), None)

    def number(self, predicate: NamedNode) -> float:
        """The one value as a number; 0 where there is none."""
        return float(self.text(predicate) or 0)


class Reader:
    """Reads accounts of a store; a class, because it remembers what it has read.

    ``told`` are accounts that whoever read the article has sent with it: they are taken as they are, as long as the
    names in them stand for themselves. ``find_indexed`` gives those that need not be read again.
    """

    def __init__(
        self, store: Holder, settings: Settings, decisions: Decisions | None = None, curated: Curated | None = None
    ) -> None:
        self.inner, self.base, self.settings = store.inner, store.base, settings
        self.curated = curated or Curated(store.inner, store.base, settings)
        self.things = Things(self.curated, store.inner, decisions or Decisions())
        self.told: dict[str, Told] = {}
        self.find_indexed: Callable[[str], tuple[Account, bool] | None] = find_nothing
        self.renamed: set[str] = set()  # accounts that name somebody by another id than what stands for it
        self.links, self.reference = graph_iri(store.base, "links"), self.curated.graph
        self.events: dict[str, EventAccount | None] = {}
        self.documents: dict[str, DocumentAccount | None] = {}
        self.sources: dict[str, Source] = {}
        self.above: dict[tuple[object, str], str | None] = {}

    def node(self, id_: str) -> NamedNode:
        """The resource of an id."""
        return NamedNode(self.base + id_)

    def id(self, node: object) -> str:
        """The id of a resource below the base."""
        return str(getattr(node, "value", node)).removeprefix(self.base)

    def is_derived(self, graph: object) -> bool:
        """Whether a graph says what follows from an article, not what it tells."""
        return isinstance(graph, NamedNode) and is_derived(graph, self.base)

    def facts(self, id_: str) -> Facts | None:
        """What an article says of a resource; None where no article does."""
        told = self.told.get(id_)
        graph = self.node(told.entry.article) if told else None
        found = self.inner.quads_for_pattern(self.node(id_), None, None, graph)
        quads = [q for q in found if told or (q.graph_name != self.links and not self.is_derived(q.graph_name))]
        return Facts(quads) if quads else None

    def list_events(self, article: NamedNode) -> Iterator[str]:
        """The ids of the events that an article's graph holds."""
        return (self.id(q.subject) for q in self.inner.quads_for_pattern(None, RDF.type, DKG.Event, article))

    def list_documents(self, article: NamedNode) -> Iterator[str]:
        """The ids of the documents that an article's graph holds."""
        return (self.id(q.subject) for q in self.inner.quads_for_pattern(None, RDF.type, DKG.Document, article))

    def event(self, id_: str) -> EventAccount | None:
        """The account of an event."""
        if id_ not in self.events:
            known = self.find_known(id_)
            self.events[id_] = known if isinstance(known, EventAccount) else self.read_event(id_)
        return self.events[id_]

    def account(self, id_: str) -> Account | None:
        """The account of an event or a document."""
        return self.event(id_) if id_.startswith("event/") else self.document(id_)

    def read_event(self, id_: str) -> EventAccount | None:
        """The account of an event from the graph of its article."""
        facts = self.facts(id_)
        type_ = facts.kind(load_ontology().event_types) if facts and DKG.status in facts.values else None
        return self.make_event(id_, facts, type_) if facts and type_ else None

    def document(self, id_: str) -> DocumentAccount | None:
        """The account of a document."""
        if id_ not in self.documents:
            known = self.find_known(id_)
            self.documents[id_] = known if isinstance(known, DocumentAccount) else self.read_document(id_)
        return self.documents[id_]

    def read_document(self, id_: str) -> DocumentAccount | None:
        """The account of a document from the graph of its article."""
        facts = self.facts(id_)
        kind = facts.kind(load_ontology().document_kinds) if facts and DKG.documentStatus in facts.values else None
        return self.make_document(id_, facts, kind) if facts and kind else None

    def find_known(self, id_: str) -> Account | None:
        """The account that was sent with its article, or that stands in the index."""
        told = self.find_told(id_)
        if told:
            return told.account
        account, renamed = self.find_indexed(id_) or (None, False)
        if renamed:
            self.renamed.add(id_)
        return account

    def find_told(self, id_: str) -> Told | None:
        """What was sent with its article; it is forgotten where a name in it stands for another."""
        told = self.told.get(id_)
        if told and any(self.find_name(name, told.entry.article) != name for name in told.named):
            del self.told[id_]
            return None
        return told

    def make_event(self, id_: str, facts: Facts, type_: str) -> EventAccount:
        """The account of an event from its quads."""
        named = frozenset((role, self.id(thing)) for role in ROLES for thing in facts.values.get(DKG[role], ()))
        meant = self.find_meant(id_, {thing for _, thing in named}, facts)
        roles = frozenset((role, meant[thing]) for role, thing in named)
        documents = (self.document(self.id(node)) for node in facts.values.get(DKG.document, ()))
        label = facts.text(SKOS.prefLabel) or ""
        text = " ".join((label, *sorted(set(self.quotes(facts)))))
        return EventAccount(
            id=id_,
            source=self.source(facts.graph),
            type=type_,
            status=facts.text(DKG.status) or "",
            roles=roles,
            states=self.find_states(id_ for _, id_ in roles if id_.startswith("organization/")),
            spots=self.find_spots((id_ for role, id_ in named | roles if role == "place"), facts.graph),
            when=find_when(facts),
            rank=facts.text(DKG.visitRank),
            topics=frozenset(self.id(topic) for topic in facts.values.get(DKG.topic, ())),
            papers=tuple(sorted({document.paper for document in documents if document}, key=Paper.sort_key)),
            words=find_stems(text, self.settings) if self.settings.holds("wordy", type_) else frozenset(),
            counts=frozenset(find_counts(text, self.settings)),
            confidence=facts.number(DKG.confidence),
        )

    def make_document(self, id_: str, facts: Facts, kind: str) -> DocumentAccount:
        """The account of a document from its quads."""
        status = facts.text(DKG.documentStatus) or ""
        return DocumentAccount(
            id=id_,
            source=self.source(facts.graph),
            paper=self.make_paper(id_, kind, facts),
            status=status,
            day=self.find_day(id_, facts, status),
            confidence=facts.number(DKG.confidence),
        )

    def find_meant(self, account: str, named: Iterable[str], facts: Facts) -> dict[str, str]:
        """What stands for the things that an account names; notes the account where that is another."""
        article = self.id(facts.graph)
        meant = {id_: self.find_name(id_, article) for id_ in named}
        if any(id_ != other for id_, other in meant.items()):
            self.renamed.add(account)
        return meant

    def find_name(self, id_: str, article: str) -> str:
        """What stands for a thing that an article names."""
        return self.things.find(id_, article)

    def is_renamed(self, id_: str) -> bool:
        """Whether an account, read now if it was not yet, names somebody by another id than what stands for it."""
        return self.account(id_) is not None and id_ in self.renamed

    def parties(self, id_: str) -> Iterator[str]:
        """The parties that an article gives a document."""
        return (self.id(quad.object) for quad in self.inner.quads_for_pattern(self.node(id_), DKG.party, None, None))

    def make_paper(self, id_: str, kind: str, facts: Facts) -> Paper:
        """What a document is compared by."""
        named = self.find_meant(id_, map(self.id, facts.values.get(DKG.party, ())), facts).values()
        parties = frozenset(state for party in named for state in self.find_states((party,)) or (party,))
        return make_paper(kind, facts.text(RDFS.label) or "", parties, self.curated.country_stems, self.settings)

    def find_states(self, organizations: Iterable[str]) -> frozenset[str]:
        """The states of which some organisations are organs: those that have one member only."""
        found = (self.members(id_) for id_ in organizations)
        return frozenset(next(iter(members)) for members in found if len(members) == 1)

    def members(self, organization: str) -> frozenset[str]:
        """The member states of an organisation, by the reference graph."""
        return self.curated.members(organization)

    def find_day(self, id_: str, facts: Facts, status: str) -> datetime.date | None:
        """The day on which a document reached its status: that of the event which says so, if it has one day."""
        types, days = {DKG[name] for name in self.settings.stages.get(status, ())}, list[str]()
        for quad in self.inner.quads_for_pattern(None, DKG.document, self.node(id_), facts.graph):
            event = self.facts(self.id(quad.subject))
            if event and types.intersection(event.values.get(RDF.type, ())):
                first, last = event.text(DKG.earliest), event.text(DKG.latest)
                days += [first] if first and first == last else []
        return min(map(datetime.date.fromisoformat, days), default=None)

    def source(self, graph: object) -> Source:
        """The article of a graph."""
        article = self.id(graph)
        if article not in self.sources:
            quads = self.inner.quads_for_pattern(self.node(article), SCHEMA.datePublished, None, None)
            published = next((str(quad.object.value) for quad in quads), "")  # type: ignore[union-attr]
            self.sources[article] = Source(published, article)
        return self.sources[article]

    def quotes(self, facts: Facts) -> Iterator[str]:
        """The words of an article that support something."""
        for annotation in facts.values.get(DKG.evidence, ()):
            for selector in self.follow(annotation, OA.hasTarget, OA.hasSelector):
                yield from (str(value.value) for value in self.follow(selector, OA.exact))

    def follow(self, start: object, *path: NamedNode) -> list[NamedNode | Literal]:
        """What a path of predicates leads to."""
        nodes = [start]
        for predicate in path:
            nodes = [q.object for node in nodes for q in self.inner.quads_for_pattern(node, predicate, None, None)]
        return nodes  # type: ignore[return-value]

    def find_spots(self, places: Iterator[str], graph: GraphName) -> Spots:
        """Places and what contains them, by level, as the article of a graph and the reference have it."""
        found = {above for place in places for above in self.climb(place, graph)}
        venues, cities, countries = (
            frozenset(place for place in found if place.startswith(kind)) for kind in ("venue/", "city/", "country/")
        )
        return Spots(venues, cities, countries)

    def climb(self, place: str | None, graph: GraphName) -> Iterator[str]:
        """A place and those that contain it."""
        for _ in range(DEPTH):
            if place is None:
                return
            yield place
            if (graph, place) not in self.above:
                self.above[graph, place] = self.find_above(place, graph)
            place = self.above[graph, place]

    def find_above(self, place: str, graph: GraphName) -> str | None:
        """What contains a place: what the article itself says, else the reference; no other article has a say."""
        quads = self.inner.quads_for_pattern(self.node(place), DKG.within, None, graph)
        return min((self.id(quad.object) for quad in quads), default=None) or self.curated.above(place)


def find_nothing(id_: str) -> None:
    """There is no index."""


def find_when(facts: Facts) -> When | None:
    """The date or interval of an event."""
    start = facts.text(DKG.date) or facts.text(DKG.startDate)
    return When(start, facts.text(DKG.endDate)) if start else None

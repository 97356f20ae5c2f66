"""Merged events and documents as quads of the graph of links: no blank nodes, no time stamps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import graph_iri, hash_iri
from kg.graph.links.reading import Facts, Reader
from kg.graph.literals import make_date, make_day, make_decimal, make_integer, make_text
from kg.graph.namespaces import RDF, RDFS, SKOS
from kg.graph.ontology import DKG
from kg.graph.terms import Terms, load_terms
from kg.records import When
from kg.resolve.merging import Claim, Conflict, MergedDocument, MergedEvent, Stage

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]
Triples = Iterator[Triple]
Target = Callable[[str], str]  # from an account to what stands for it: the merged one, or itself

VALUES: dict[str, Callable[[str], NamedNode | Literal]] = {  # how the values of a conflict are written
    "date": make_date,
    "status": DKG.__getitem__,
    "visitRank": DKG.__getitem__,
    "count": lambda value: make_integer(int(value)),
}


def merged_id(base: str, accounts: tuple[str, ...]) -> str:
    """The id of what several accounts tell: made of the first of them, so that later articles do not change it."""
    kind = accounts[0].partition("/")[0]
    return hash_iri(base, kind, "merged", accounts[0]).value.removeprefix(base)


class Writer:
    """Writes merged things; a class, because all of it needs the reader and the labels of terms."""

    def __init__(self, reader: Reader, target: Target) -> None:
        self.reader, self.target = reader, target
        self.graph = graph_iri(reader.base, "links")

    @cached_property
    def terms(self) -> Terms:
        """The labels of the ontology's terms."""
        return load_terms()

    def node(self, id_: str) -> NamedNode:
        """The resource of an id."""
        return self.reader.node(id_)

    def quads(self, triples: Iterable[Triple]) -> frozenset[Quad]:
        """The triples in the graph of links."""
        return frozenset(Quad(*triple, self.graph) for triple in triples)

    def event(self, event: MergedEvent) -> Triples:
        """A merged event: what an article's event has, and the accounts and conflicts."""
        node = self.node(merged_id(self.reader.base, event.accounts))
        facts = self.members(event.accounts)
        yield node, RDF.type, DKG[event.type]
        yield node, RDF.type, DKG.Event
        for predicate in (SKOS.prefLabel, RDFS.label):
            yield from self.copy(node, predicate, [facts[event.best]])
        yield node, DKG.status, DKG[event.status]
        if event.rank:
            yield node, DKG.visitRank, DKG[event.rank]
        for role, id_ in event.roles:
            yield node, DKG[role], self.node(id_)
        for topic in event.topics:
            yield node, DKG.topic, self.node(topic)
        yield from when_triples(node, event.when)
        yield from self.references(node, facts.values())
        yield from self.common(node, event.accounts, facts, event.confidence)
        yield from self.conflicts(node, event.conflicts)

    def document(self, document: MergedDocument) -> Triples:
        """A merged document, with the stages that it went through."""
        node = self.node(merged_id(self.reader.base, document.accounts))
        facts = self.members(document.accounts)
        yield node, RDF.type, DKG[document.kind]
        yield node, RDF.type, DKG.Document
        yield from self.copy(node, RDFS.label, [facts[document.best]])
        yield node, DKG.documentStatus, DKG[document.status]
        for party in document.parties:
            yield node, DKG.party, self.node(party)
        for stage in document.stages:
            yield from self.stage(node, stage)
        yield from self.common(node, document.accounts, facts, document.confidence)
        yield from self.conflicts(node, document.conflicts)

    def members(self, accounts: tuple[str, ...]) -> dict[str, Facts]:
        """What the articles say of the accounts."""
        return {id_: facts for id_ in accounts if (facts := self.reader.facts(id_))}

    def copy(self, node: NamedNode, predicate: NamedNode, facts: Iterable[Facts]) -> Triples:
        """The values of the accounts as they are."""
        for account in facts:
            for value in account.values.get(predicate, ()):
                yield node, predicate, value

    def common(self, node: NamedNode, accounts: tuple[str, ...], facts: dict[str, Facts], confidence: float) -> Triples:
        """Accounts, evidence and confidence."""
        same = DKG.sameEvent if accounts[0].startswith("event/") else DKG.sameDocument
        for id_ in accounts:
            yield node, DKG.merges, self.node(id_)
            yield self.node(id_), same, node
        yield from self.copy(node, DKG.evidence, facts.values())
        decimal = make_decimal(confidence)
        if decimal is not None:
            yield node, DKG.confidence, decimal

    def references(self, node: NamedNode, facts: Iterable[Facts]) -> Triples:
        """The documents and the event that it is part of, as they are merged."""
        wholes = Counter[str]()
        for account in facts:
            for document in account.values.get(DKG.document, ()):
                yield node, DKG.document, self.node(self.target(self.reader.id(document)))
            wholes.update(self.target(self.reader.id(whole)) for whole in account.values.get(DKG.subEventOf, ()))
        del wholes[self.reader.id(node)]
        if wholes:
            yield node, DKG.subEventOf, self.node(min(wholes, key=lambda whole: (-wholes[whole], whole)))

    def single(self, id_: str) -> Triples:
        """What an event that one article tells refers to, where that is merged."""
        facts = self.reader.facts(id_)
        for predicate in (DKG.document, DKG.subEventOf) if facts else ():
            for value in facts.values.get(predicate, ()) if facts else ():
                whole = self.target(self.reader.id(value))
                if whole != self.reader.id(value):
                    yield self.node(id_), predicate, self.node(whole)

    def stage(self, node: NamedNode, stage: Stage) -> Triples:
        """A status, since when, and who says so."""
        own = hash_iri(self.reader.base, "stage", self.reader.id(node), stage.status)
        label = self.terms.label(stage.status)
        yield node, DKG.stage, own
        yield own, RDF.type, DKG.Stage
        yield own, RDFS.label, make_text(f"{label.ru} {stage.day}".strip(), "ru")
        yield own, RDFS.label, make_text(f"{label.en} {stage.day}".strip(), "en")
        yield own, DKG.documentStatus, DKG[stage.status]
        if stage.day:
            yield own, DKG.date, make_date(stage.day)
        for id_ in stage.accounts:
            yield own, DKG.account, self.node(id_)

    def conflicts(self, node: NamedNode, conflicts: Iterable[Conflict]) -> Triples:
        """What the accounts do not agree on, readable: «дата: 2025-08-18 / 2025-08-19»."""
        for conflict in conflicts:
            own = hash_iri(self.reader.base, "conflict", self.reader.id(node), conflict.about, conflict.of)
            yield node, DKG.conflict, own
            yield own, RDF.type, DKG.Conflict
            yield own, DKG.about, make_text(conflict.about)
            for lang in ("ru", "en"):
                yield own, RDFS.label, make_text(self.describe(conflict, lang), lang)
            for claim in conflict.claims:
                yield from self.claim(own, conflict, claim)

    def claim(self, conflict: NamedNode, of: Conflict, claim: Claim) -> Triples:
        """One side of a conflict."""
        own = hash_iri(self.reader.base, "claim", self.reader.id(conflict), claim.value)
        yield conflict, DKG.claim, own
        yield own, RDF.type, DKG.Claim
        yield own, RDFS.label, make_text(self.show(of, claim, "ru"), "ru")
        yield own, RDF.value, self.value(of, claim)
        for id_ in claim.accounts:
            yield own, DKG.account, self.node(id_)

    def value(self, conflict: Conflict, claim: Claim) -> NamedNode | Literal:
        """A claimed value as a term; an interval as text."""
        if conflict.about == "place":
            return self.node(claim.value)
        if "/" in claim.value:
            return make_text(claim.value)
        return VALUES[conflict.about](claim.value)

    def describe(self, conflict: Conflict, lang: str) -> str:
        """A conflict in one line."""
        name = conflict.of or getattr(self.terms.label(conflict.about), lang)
        return f"{name}: {' / '.join(self.show(conflict, claim, lang) for claim in conflict.claims)}"

    def show(self, conflict: Conflict, claim: Claim, lang: str) -> str:
        """A claimed value for people."""
        if conflict.about in ("status", "visitRank"):
            return str(getattr(self.terms.label(claim.value), lang))
        if conflict.about == "place":
            labels = self.reader.follow(self.node(claim.value), SKOS.prefLabel)
            texts = {getattr(label, "language", None): label.value for label in labels}
            return str(texts.get(lang) or min(texts.values(), default=claim.value))
        return claim.value


def when_triples(node: NamedNode, when: When | None) -> Triples:
    """The date as far as it is known, and its bounds."""
    if when is None:
        return
    if when.end is None:
        yield node, DKG.date, make_date(when.start)
    else:
        yield node, DKG.startDate, make_date(when.start)
        yield node, DKG.endDate, make_date(when.end)
    bounds = when.bounds()
    if bounds:
        yield node, DKG.earliest, make_day(bounds[0])
        yield node, DKG.latest, make_day(bounds[1])

"""What follows from one article and the reference: whom persons represented, where places lie, who the members are.

Each article has a graph for it, ``id:derived/<id>``, beside its own, and each derived fact a node that says what it
follows from. It is made anew in the same atomic update that replaces the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.iris import encode_segment, graph_iri, hash_iri, make_node
from kg.graph.namespaces import PROV, RDF, SCHEMA
from kg.graph.ontology import DKG
from kg.graph.scope import Triples

DAY = 10  # letters of a date that is known to the day


def derived_iri(base: str, article_id: str) -> NamedNode:
    """The graph of what follows from an article."""
    return make_node(f"{base}derived/{encode_segment(article_id)}")


def is_derived(graph: NamedNode, base: str) -> bool:
    """Whether a graph holds derived facts."""
    return graph.value.startswith(f"{base}derived/")


@dataclass(frozen=True, slots=True)
class Inference:
    """A derived fact about an event and what it follows from beside the event: a tenure, a place, an organization."""

    event: NamedNode
    predicate: NamedNode
    value: NamedNode
    basis: NamedNode
    person: NamedNode | None = None


class Facts:
    """The triples of an article, by subject, and those of the reference where the store has them."""

    def __init__(self, quads: Iterable[Quad], inner: Store, base: str) -> None:
        self.base = base
        self._inner = inner
        self._reference = graph_iri(base, "reference")
        self._own: dict[tuple[object, NamedNode], list[NamedNode | Literal]] = defaultdict(list)
        for quad in quads:
            self._own[quad.subject, quad.predicate].append(quad.object)  # type: ignore[arg-type]

    def stated(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """What the article says of a thing."""
        return [value for value in self._own.get((subject, predicate), ()) if isinstance(value, NamedNode)]

    def known(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """What the reference says of a thing."""
        found = self._inner.quads_for_pattern(subject, predicate, None, self._reference)
        return [quad.object for quad in found]  # type: ignore[misc]

    def date(self, subject: NamedNode, predicate: NamedNode) -> str:
        """A date that the article or the reference gives a thing, "" where there is none."""
        values = self._own.get((subject, predicate)) or self.known(subject, predicate)
        return next((value.value for value in values), "")

    def tenures(self, person: NamedNode) -> list[NamedNode]:
        """The tenures of a person in the reference."""
        found = self._inner.quads_for_pattern(None, DKG.person, person, self._reference)
        return [quad.subject for quad in found]  # type: ignore[misc]

    @cached_property
    def events(self) -> list[NamedNode]:
        """The events of the article."""
        return [s for (s, p), _ in self._own.items() if p == DKG.status and isinstance(s, NamedNode)]

    @cached_property
    def titles(self) -> dict[NamedNode, list[NamedNode]]:
        """The tenures that the article itself gives, by person."""
        held: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for (subject, predicate), values in self._own.items():
            if predicate == DKG.person and isinstance(subject, NamedNode) and isinstance(values[0], NamedNode):
                held[values[0]].append(subject)
        return dict(held)

    @cached_property
    def published(self) -> str:
        """The day of the article, "" where it has none."""
        return next((str(v[0].value) for (_, p), v in self._own.items() if p == SCHEMA.datePublished), "")

    def is_country(self, thing: NamedNode) -> bool:
        """Whether article or reference call a thing a country."""
        return DKG.Country in self.stated(thing, RDF.type) or DKG.Country in self.known(thing, RDF.type)


def derived_quads(
    quads: Iterable[Quad], inner: Store, base: str, graph: NamedNode, source: NamedNode
) -> Iterator[Quad]:
    """The derived graph of an article, each quad once; nothing where nothing follows."""
    inferences = list(derive(Facts(quads, inner, base)))
    triples = dict.fromkeys(triple for inference in inferences for triple in inference_triples(inference, base))
    if triples:
        yield Quad(graph, PROV.wasDerivedFrom, source, graph)
    for triple in triples:
        yield Quad(*triple, graph)


def inference_triples(fact: Inference, base: str) -> Triples:
    """The fact, and the node that says what it follows from."""
    parts = (fact.event, fact.predicate, fact.value, fact.basis)
    node = hash_iri(base, "inference", *(part.value for part in parts), fact.person.value if fact.person else "")
    yield fact.event, fact.predicate, fact.value
    yield node, RDF.type, DKG.Inference
    yield node, RDF.subject, fact.event
    yield node, RDF.predicate, fact.predicate
    yield node, RDF.object, fact.value
    yield node, PROV.wasDerivedFrom, fact.event
    yield node, PROV.wasDerivedFrom, fact.basis
    if fact.person is not None:
        yield node, DKG.person, fact.person


def derive(facts: Facts) -> Iterator[Inference]:
    """All that follows, event by event."""
    for event in facts.events:
        for person in facts.stated(event, DKG.participant):
            yield from derive_countries(event, person, facts)
        for place in facts.stated(event, DKG.place):
            yield from derive_places(event, place, facts)
        for organization in dict.fromkeys(facts.stated(event, DKG.participant) + facts.stated(event, DKG.host)):
            for country in facts.known(organization, DKG.member):
                if isinstance(country, NamedNode):
                    yield Inference(event, DKG.memberCountry, country, organization)


def derive_countries(event: NamedNode, person: NamedNode, facts: Facts) -> Iterator[Inference]:
    """The countries of which a participant held an office on the days of the event, else on the article's day.

    Of persons that the reference lacks the article's own titles tell.
    """
    first = facts.date(event, DKG.earliest) or facts.published
    last = facts.date(event, DKG.latest) or facts.published
    known = facts.tenures(person)
    held = [tenure for tenure in known if first and is_held(facts, tenure, first, last)]
    for tenure in held if known else facts.titles.get(person, ()):
        for country in (*facts.known(tenure, DKG.of), *facts.stated(tenure, DKG.of)):
            if isinstance(country, NamedNode) and facts.is_country(country):
                yield Inference(event, DKG.representedCountry, country, tenure, person)


def is_held(facts: Facts, tenure: NamedNode, first: str, last: str) -> bool:
    """Whether a tenure of the reference covers days (ISO 8601); dates compare as far as they are known.

    The last day of an exact end is the successor's, an imprecise end counts.
    """
    start, end = facts.date(tenure, DKG.startDate), facts.date(tenure, DKG.endDate)
    return start <= first and (not end or (last < end if len(end) == DAY else last[: len(end)] <= end))


def derive_places(event: NamedNode, place: NamedNode, facts: Facts) -> Iterator[Inference]:
    """The places in which the event's place lies, that the article does not name itself as such."""
    said = facts.stated(event, DKG.place)
    for area in list_areas(place, facts):
        if area not in said:
            yield Inference(event, DKG.locatedIn, area, place)


def list_areas(place: NamedNode, facts: Facts) -> Iterator[NamedNode]:
    """City, region and country around a place, the nearest first."""
    seen = {place}
    while True:
        values = facts.stated(place, DKG.within) or facts.known(place, DKG.within)
        area = next((value for value in values if isinstance(value, NamedNode) and value not in seen), None)
        if area is None:
            return
        yield area
        seen.add(area)
        place = area

"""What a briefing tells of one thing: events, documents, counterparts, places and the articles that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import QuerySolutions

from kg.config import data_path
from kg.errors import EmptyError
from kg.graph.excerpt import make_excerpt
from kg.graph.network import Network, Node, Source, make_network, text_of
from kg.graph.selection import Selection
from kg.graph.store import Store
from kg.graph.stretch import Stretch
from kg.graph.terms import Terms

Point: TypeAlias = tuple[float, float]  # longitude, latitude
MOST = 2000  # events of a briefing
ACTING = frozenset({"participant", "country", "host", "target"})
POINT = re.compile(r"POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)", re.IGNORECASE)
LAST = "9999"  # where what has no date stands


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with those who took part, where, and the documents that it names."""

    event: Node
    actors: tuple[Node, ...]
    countries: tuple[Node, ...]
    places: tuple[Node, ...]
    documents: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its parties."""

    document: Node
    parties: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """Who has events in common with the subject: how many, of which types, the latest."""

    node: Node
    events: int
    types: tuple[str, ...]
    last: Node


@dataclass(frozen=True, slots=True)
class Spot:
    """A city or region with its venues; ``point`` is None where nobody knows where it lies."""

    place: Node
    point: Point | None
    events: int
    venues: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that is told; ``cut`` says that there are more events than these."""

    subject: Node
    time: Stretch
    happened: tuple[Entry, ...]
    planned: tuple[Entry, ...]
    statements: tuple[Entry, ...]
    papers: tuple[Paper, ...]
    partners: tuple[Partner, ...]
    spots: tuple[Spot, ...]
    cut: bool

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All events, in the order in which they are told."""
        return (*self.happened, *self.planned, *self.statements)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The articles in the order of their first use."""
        told = (*(entry.event for entry in self.entries), *(paper.document for paper in self.papers))
        return tuple(dict.fromkeys(quote.source for node in told for quote in node.quotes))


def read_briefing(store: Store, thing: str, time: Stretch, terms: Terms, most: int = MOST) -> Briefing:
    """The briefing about a thing, by its IRI. Raises EmptyError where no article tells of it in that time."""
    excerpt, cut = make_excerpt(store, Selection((thing,), time=time), most)
    with excerpt:
        network, points = make_network(excerpt, terms=terms), read_points(excerpt)
    if thing not in network:
        raise EmptyError(describe_lack(thing.removeprefix(store.base), time))
    return make_briefing(network, thing, time, points, cut=cut)


def describe_lack(id_: str, time: Stretch) -> str:
    """That there is nothing to tell."""
    return f"no event or document{' of that time' if time else ''} names {id_}; nothing is written"


def read_points(store: Store) -> dict[str, Point]:
    """Where places lie, by IRI; what is no point is left out."""
    answer = store.query(data_path("report", "places.rq").read_text(encoding="utf-8"))
    rows = answer if isinstance(answer, QuerySolutions) else ()
    found = ((text_of(row["place"]), POINT.search(text_of(row["point"]))) for row in rows)
    points = {place: (float(match[1]), float(match[2])) for place, match in found if match}
    return {place: (x, y) for place, (x, y) in points.items() if abs(x) <= 180 and abs(y) <= 90}


def make_briefing(
    network: Network, thing: str, time: Stretch, points: Mapping[str, Point], *, cut: bool = False
) -> Briefing:
    """The briefing from a network that has all events of the thing. Raises EmptyError where none is of that time."""
    events = sorted(select_events(network, thing, time), key=sort_key)
    entries = [make_entry(network, event) for event in events]
    papers = sorted(select_papers(network, thing, entries, time), key=lambda node: (node.type, node.label.ru, node.iri))
    if not entries and not papers:
        raise EmptyError(describe_lack(thing.removeprefix(network.graph["base"]), time))
    told = [entry for entry in entries if entry.event.type != "Statement"]
    return Briefing(
        subject=network.nodes[thing]["record"],
        time=time,
        happened=tuple(entry for entry in told if entry.event.status != "planned"),
        planned=tuple(entry for entry in told if entry.event.status == "planned"),
        statements=tuple(entry for entry in entries if entry.event.type == "Statement"),
        papers=tuple(Paper(node, tuple(list_named(network, node.iri, {"party"}))) for node in papers),
        partners=tuple(count_partners(network, thing, told)),
        spots=tuple(count_spots(network, entries, points)),
        cut=cut,
    )


def select_events(network: Network, thing: str, time: Stretch) -> Iterator[Node]:
    """The events that name a thing, and itself if it is one, that may be of that time."""
    for iri in dict.fromkeys((thing, *network.predecessors(thing))):
        node: Node = network.nodes[iri]["record"]
        if node.kind == "Event" and (not time or (node.when and time.meets(node.when.start, node.when.end))):
            yield node


def select_papers(network: Network, thing: str, entries: Iterable[Entry], time: Stretch) -> Iterator[Node]:
    """The documents that these events name, and those of the thing that articles of that time tell of."""
    found = {node.iri: node for entry in entries for node in entry.documents}
    for iri in (thing, *network.predecessors(thing)):
        node: Node = network.nodes[iri]["record"]
        days = [quote.source.published for quote in node.quotes if quote.source.published]
        if node.kind == "Document" and (not time or any(time.meets(day[:10]) for day in days)):
            found.setdefault(iri, node)
    return iter(found.values())


def sort_key(event: Node) -> tuple[str, str, str]:
    """By time, what has no date last."""
    earliest = event.when.earliest if event.when else None
    return earliest or LAST, event.when.start if event.when else LAST, event.iri


def make_entry(network: Network, event: Node) -> Entry:
    """An event with what it names."""
    acting = list(list_named(network, event.iri, ACTING))
    return Entry(
        event=event,
        actors=tuple(node for node in acting if node.kind != "Country"),
        countries=tuple(node for node in acting if node.kind == "Country"),
        places=tuple(list_named(network, event.iri, {"place"})),
        documents=tuple(list_named(network, event.iri, {"document"})),
    )


def list_named(network: Network, iri: str, roles: Iterable[str]) -> Iterator[Node]:
    """What a statement names in some roles, each once."""
    wanted = frozenset(roles)
    edges = network.out_edges(iri, data="record")
    yield from dict.fromkeys(network.nodes[target]["record"] for _, target, edge in edges if edge.role in wanted)


def count_partners(network: Network, thing: str, entries: Iterable[Entry]) -> Iterator[Partner]:
    """Those who share events with a thing, the most frequent first; its own officials and offices left out."""
    pairs = (*network.out_edges(thing, data="record"), *network.in_edges(thing, data="record"))
    own = {thing, *(iri for a, b, edge in pairs if edge.role == "tenure" for iri in (a, b))}
    shared: dict[Node, list[Node]] = {}
    for entry in entries:
        if entry.event.status != "cancelled":
            for node in (*entry.actors, *entry.countries):
                if node.iri not in own:
                    shared.setdefault(node, []).append(entry.event)
    for node, events in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0].iri)):
        types = Counter(event.type for event in events)
        dated = [event for event in events if event.when and event.when.earliest] or events
        yield Partner(node, len(events), tuple(name for name, _ in types.most_common()), dated[-1])


def count_spots(network: Network, entries: Iterable[Entry], points: Mapping[str, Point]) -> Iterator[Spot]:
    """The cities and regions of events, the most frequent first; a venue counts for its city."""
    events: dict[Node, set[str]] = {}
    venues: dict[Node, dict[Node, None]] = {}
    for entry in entries:
        for place in entry.places:
            if place.kind != "Country":
                above = next(list_named(network, place.iri, {"within"}), None) if place.kind == "Venue" else None
                city = above if above and above.kind != "Country" else place
                events.setdefault(city, set()).add(entry.event.iri)
                venues.setdefault(city, {}).update({place: None} if place != city else {})
    for city, found in sorted(events.items(), key=lambda item: (-len(item[1]), item[0].iri)):
        yield Spot(city, points.get(city.iri), len(found), tuple(venues[city]))

"""How the events of one article hang together: who hosts, what is part of what, one visit a traveller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.knowledge.gazetteer import Gazetteer
from kg.records import Argument, Entity, Event

HOSTED = frozenset(("Visit", "Talks", "Meeting", "Summit", "Ceremony", "Reception", "Signing"))
PARTS = frozenset(("Talks", "Meeting", "Ceremony", "Reception", "Signing", "Accord", "Invitation", "Statement"))
WHOLES = ("Visit", "Summit")


def split_travellers(event: Event, country_of: Mapping[str, Entity]) -> Iterator[Event]:
    """A visit of travellers from several countries as one visit each («президенты прилетели …»)."""
    travellers = [
        a
        for a in event.arguments
        if a.role == "participant" and a.entity.kind == "Person" and a.entity.id in country_of
    ]
    homes = list(dict.fromkeys(country_of[a.entity.id].id for a in travellers))
    if event.type != "Visit" or len(homes) < 2:
        yield event
        return
    hosts = find_countries(event) - set(homes) or {homes[-1]}
    for home in homes:
        if home in hosts and len(homes) > 1 and home == homes[-1] and not find_countries(event) - set(homes):
            continue
        own = tuple(
            a
            for a in event.arguments
            if not (a in travellers and country_of[a.entity.id].id != home)
            and not (a.role == "country" and a.entity.id in homes and a.entity.id != home and a.entity.id not in hosts)
        )
        yield replace(event, arguments=own)


def split_journeys(event: Event, country_of: Mapping[str, Entity], gazetteer: Gazetteer) -> Iterator[Event]:
    """A tour as one visit a country («посетит Узбекистан и Таджикистан»)."""
    homes = {country_of[e.id].id for e in event.select("participant") if e.id in country_of}
    lands = {place.id: find_country(place, gazetteer) for place in event.select("place")}
    goals = dict.fromkeys(c.id for c in lands.values() if c is not None and c.id not in homes)
    if event.type != "Visit" or len(goals) < 2:
        yield event
        return
    for goal in goals:
        elsewhere = {
            ident for ident, land in lands.items() if land is not None and land.id in goals and land.id != goal
        }
        others = set(goals) - {goal}
        kept = [a for a in event.arguments if not (a.role == "place" and a.entity.id in elsewhere)]
        kept = [a for a in kept if not (a.role == "country" and a.entity.id in others)]
        if goal not in {a.entity.id for a in kept if a.role == "country"}:
            kept.append(Argument("country", gazetteer.entities[goal]))
        yield replace(event, arguments=tuple(kept))


def find_countries(event: Event) -> set[str]:
    """Ids of the countries of an event."""
    return {a.entity.id for a in event.arguments if a.role == "country"}


def add_host(event: Event, gazetteer: Gazetteer) -> Event:
    """The host: the country of the place where the event is, if it is one of those that take part or of a summit."""
    if event.type not in HOSTED or any(a.role == "host" for a in event.arguments):
        return event
    countries = find_countries(event)
    for place in event.select("place"):
        country = find_country(place, gazetteer)
        if country is not None and (country.id in countries or event.type == "Summit"):
            return replace(event, arguments=(*event.arguments, Argument("host", country)))
    return event


def find_country(place: Entity, gazetteer: Gazetteer) -> Entity | None:
    """The country that a place lies in."""
    current: Entity | None = place
    while current is not None and current.kind != "Country":
        current = gazetteer.entities.get(current.within) if current.within else None
    return current


def attach_parts(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events with the visit or summit that they belong to: in its days, with its traveller or its place."""
    wholes = [e for e in events if e.type in WHOLES and e.status != "cancelled"]
    return tuple(replace(e, part_of=find_whole(e, wholes)) if e.type in PARTS else e for e in events)


def find_whole(event: Event, wholes: Sequence[Event]) -> str | None:
    """The key of the visit or summit that an event is part of."""
    for kind in WHOLES:
        for whole in wholes:
            if whole.type == kind and whole.key != event.key and is_part(event, whole):
                return whole.key
    return None


def is_part(event: Event, whole: Event) -> bool:
    """Days meet (both known), the traveller takes part, and no place contradicts."""
    first, second = (e.when.bounds() if e.when else None for e in (event, whole))
    if first is None or second is None or not (first[0] <= second[1] and second[0] <= first[1]):
        return False
    people = {e.id for e in event.select("participant")}
    if not people & {e.id for e in whole.select("participant")}:
        return False
    here, there = ({e.id for e in x.select("place")} for x in (event, whole))
    return not here or not there or bool(here & there)

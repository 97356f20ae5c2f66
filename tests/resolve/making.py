"""Accounts by hand: short forms for what tests compare."""

from __future__ import annotations

import datetime
from typing import Any

from kg.records import When
from kg.resolve.accounts import DocumentAccount, EventAccount, Source, Spots
from kg.resolve.settings import load_settings
from kg.resolve.words import make_paper

PUTIN, XI, MODI, WANG, LAVROV = (
    f"person/{name}" for name in ("vladimir-putin", "xi-jinping", "narendra-modi", "wang-yi", "sergey-lavrov")
)
RU, CN, IN = "country/RU", "country/CN", "country/IN"
SETTINGS = load_settings()
COUNTRIES = {"city/beijing": CN, "city/harbin": CN, "city/moscow": RU}


def event(
    id_: str,
    type_: str = "Talks",
    who: tuple[str, ...] = (PUTIN, XI),
    countries: tuple[str, ...] = (RU, CN),
    when: str | None = "2025-06-10",
    published: str = "2025-06-10",
    places: tuple[str, ...] = (),
    status: str = "occurred",
    **rest: Any,
) -> EventAccount:
    """An account; its id is also that of its article unless ``article`` is given."""
    roles = {("participant", person) for person in who} | {("country", country) for country in countries}
    roles |= {("place", place) for place in places} | {("target", target) for target in rest.pop("targets", ())}
    cities = frozenset(place for place in places if place.startswith("city/"))
    lands = frozenset(COUNTRIES.get(place, place) for place in places)
    start, _, end = (when or "").partition("/")
    return EventAccount(
        id=f"event/{id_}",
        source=Source(published, f"article/{rest.pop('article', id_)}"),
        type=type_,
        status=status,
        roles=frozenset(roles),
        spots=Spots(frozenset(), cities, lands),
        when=When(start, end or None) if when else None,
        **rest,
    )


def document(
    id_: str,
    title: str = "соглашение о торговле",
    kind: str = "Agreement",
    parties: tuple[str, ...] = (RU, CN),
    published: str = "2025-06-10",
    status: str = "signed",
    day: str | None = None,
) -> DocumentAccount:
    """An account of a document."""
    return DocumentAccount(
        id=f"document/{id_}",
        source=Source(published, f"article/{id_}"),
        paper=make_paper(kind, title, frozenset(parties), frozenset(), SETTINGS),
        status=status,
        day=datetime.date.fromisoformat(day) if day else None,
    )

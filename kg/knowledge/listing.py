"""The tables for people to look through: what kinds there are, and the rows that a word finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.knowledge.stems import fold
from kg.knowledge.tables import Tables, TenureRow, Venue


@dataclass(frozen=True, slots=True)
class Item:
    """A row in short: ``id`` below the base, names, what else matters, Wikidata id; ``others`` are searched too."""

    id: str
    russian: str
    english: str
    detail: str
    qid: str = ""
    others: tuple[str, ...] = ()


def count_items(tables: Tables) -> Iterator[tuple[str, int]]:
    """Kinds and how many rows each has."""
    return ((kind, sum(1 for _ in lister(tables))) for kind, lister in LISTERS.items())


def list_items(tables: Tables, kind: str, text: str = "") -> Iterator[Item]:
    """The rows of a kind in which ``text`` stands, whatever its case; all rows without it."""
    wanted = fold(text)
    for item in LISTERS[kind](tables):
        if any(
            wanted in fold(name) for name in (item.id, item.russian, item.english, item.qid, item.detail, *item.others)
        ):
            yield item


def list_countries(tables: Tables) -> Iterator[Item]:
    for row in tables.countries:
        others = (row.official_ru, row.official_en, *row.aliases_ru, *row.aliases_en, *row.adjective_ru, *row.people_ru)
        yield Item(row.id, row.name_ru, row.name_en, row.capital_ru, row.qid, others)


def list_organizations(tables: Tables) -> Iterator[Item]:
    for row in tables.organizations:
        names = (row.name_ru, row.name_en, *row.aliases_ru, *row.aliases_en)
        members = f"{len(row.members_iso2)} members" if row.members_iso2 else row.kind
        yield Item(row.id, row.abbr_ru or row.name_ru, row.abbr_en or row.name_en, members, row.qid, names)


def list_persons(tables: Tables) -> Iterator[Item]:
    held: dict[str, list[TenureRow]] = {}
    for tenure in tables.tenures:
        held.setdefault(tenure.person, []).append(tenure)
    for row in tables.persons:
        offices = "; ".join(map(format_tenure, held.get(row.key, ())))
        yield Item(row.id, row.name_ru, row.name_en, offices, row.qid, (*row.aliases_ru, *row.aliases_en))


def list_offices(tables: Tables) -> Iterator[Item]:
    for row in tables.offices:
        yield Item(f"office/{row.office_kind}", row.phrase_ru, row.title_en, row.level)


def list_tenures(tables: Tables) -> Iterator[Item]:
    for row in tables.tenures:
        person = tables.person.get(row.person)
        names = (person.name_ru, person.name_en) if person else (row.person, row.person)
        yield Item(f"person/{row.person}", *names, format_tenure(row), others=(row.source,))


def format_tenure(row: TenureRow) -> str:
    """An office with whose it is and its dates."""
    return f"{row.title_ru}, {row.of}, {row.since or '?'} – {row.until}".rstrip(" –")


def list_venues(tables: Tables) -> Iterator[Item]:
    for row in tables.venues:
        yield Item(row.id, row.name_ru, row.name_en, format_place(row, tables), row.qid, row.aliases_ru)


def format_place(row: Venue, tables: Tables) -> str:
    """Kind, city and country of a venue."""
    city = tables.city.get(row.city)
    return ", ".join(filter(None, (row.kind, city.name_ru if city else "", row.iso2)))


def list_cities(tables: Tables) -> Iterator[Item]:
    for row in tables.cities:
        yield Item(row.id, row.name_ru, row.name_en, f"{row.iso2}, {row.population:,}", others=row.aliases_ru)


LISTERS: dict[str, Callable[[Tables], Iterator[Item]]] = {
    "country": list_countries,
    "organization": list_organizations,
    "person": list_persons,
    "office": list_offices,
    "tenure": list_tenures,
    "venue": list_venues,
    "city": list_cities,
}

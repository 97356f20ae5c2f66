"""What can be wrong in the curated tables; each problem names its table and row."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from kg.knowledge.tables import Country, Office, Person, Tables, TenureRow

QID = re.compile(r"Q[1-9]\d*\Z")
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
ISO2 = re.compile(r"[A-Z]{2}\Z")
LEVELS = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "ambassador",
    "spokesperson",
    "aide",
    "speaker_of_parliament",
    "secretary_general",
    "commissioner",
    "other",
)
VENUE_KINDS = (
    "airport",
    "conference",
    "government",
    "hotel",
    "memorial",
    "ministry",
    "other",
    "palace",
    "parliament",
    "residence",
    "square",
    "theatre",
)
PRECISIONS = ("", "month", "year")


def check_tables(tables: Tables) -> Iterator[str]:
    """The problems of the tables, one line each; none when all is well."""
    for check in CHECKS:
        yield from check(tables)


def check_keys(tables: Tables) -> Iterator[str]:
    """Keys are unique and of the right form."""
    yield from find_bad_keys("countries", (row.iso2 for row in tables.countries), ISO2)
    yield from find_bad_keys("organizations", (row.key for row in tables.organizations), KEY)
    yield from find_bad_keys("persons", (row.key for row in tables.persons), KEY)
    yield from find_bad_keys("venues", (row.key for row in tables.venues), KEY)
    yield from find_bad_keys("cities", (row.key for row in tables.cities), KEY)
    yield from find_repeated("offices", (row.phrase_ru for row in tables.offices))
    yield from find_repeated("cities", (str(row.geoname) for row in tables.cities))


def check_qids(tables: Tables) -> Iterator[str]:
    """A Wikidata id has the form Q1 and belongs to one row."""
    found = [(f"countries {row.iso2}", row.qid) for row in tables.countries]
    found += [(f"organizations {row.key}", row.qid) for row in tables.organizations]
    found += [(f"persons {row.key}", row.qid) for row in tables.persons]
    found += [(f"venues {row.key}", row.qid) for row in tables.venues]
    owners: dict[str, str] = {}
    for where, qid in found:
        if qid and not QID.match(qid):
            yield f"{where}: {qid!r} is no Wikidata id"
        elif qid and qid in owners:
            yield f"{where}: {qid} is also of {owners[qid]}"
        owners.setdefault(qid, where)


def check_names(tables: Tables) -> Iterator[str]:
    """Every row has its names, and no word mixes Latin and Cyrillic letters."""
    for where, required, others in chain(name_cells(tables), office_cells(tables)):
        if not all(required):
            yield f"{where}: a name is empty"
        for name in (*required, *others):
            if any(is_mixed(word) for word in re.findall(r"[^\W\d_]+", name)):
                yield f"{where}: {name!r} mixes Latin and Cyrillic letters"


def name_cells(tables: Tables) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Of each named row: where it stands, the names that it must have, its other Russian names."""
    for c in tables.countries:
        yield f"countries {c.iso2}", (c.name_ru, c.name_en, c.capital_ru, c.capital_en), c.aliases_ru + c.adjective_ru
    for o in tables.organizations:
        yield f"organizations {o.key}", (o.name_ru, o.name_en), o.aliases_ru
    for p in tables.persons:
        yield f"persons {p.key}", (p.name_ru, p.name_en, p.surname_ru), p.aliases_ru
    for v in tables.venues:
        yield f"venues {v.key}", (v.name_ru, v.name_en), v.aliases_ru
    for city in tables.cities:
        yield f"cities {city.key}", (city.name_ru, city.name_en), city.aliases_ru


def office_cells(tables: Tables) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The same of offices and tenures."""
    for f in tables.offices:
        yield f"offices {f.phrase_ru}", (f.lemma_ru, f.phrase_ru, f.title_en, f.office_kind), ()
    for t in tables.tenures:
        yield where_tenure(t), (t.title_ru, t.title_en, t.source), ()


def check_references(tables: Tables) -> Iterator[str]:
    """What a row refers to exists."""
    holders = tables.country.keys() | tables.organization.keys()
    for tenure in tables.tenures:
        if tenure.person not in tables.person:
            yield f"{where_tenure(tenure)}: no such person"
        if tenure.of not in holders:
            yield f"{where_tenure(tenure)}: {tenure.of!r} is neither a country nor an organisation"
    for where, iso2 in country_references(tables):
        if iso2 not in tables.country and not (where.startswith(("cities", "organizations")) and ISO2.match(iso2)):
            yield f"{where}: {iso2!r} is no country"
    for venue in tables.venues:
        if venue.city and venue.city not in tables.city:
            yield f"venues {venue.key}: {venue.city!r} is no city"


def country_references(tables: Tables) -> Iterator[tuple[str, str]]:
    """Every mention of an ISO2 code. GeoNames and memberships know territories that are no countries of ours."""
    for person in tables.persons:
        yield f"persons {person.key}", person.country_iso2
    for venue in tables.venues:
        yield f"venues {venue.key}", venue.iso2
    for city in tables.cities:
        yield f"cities {city.key}", city.iso2
    for organization in tables.organizations:
        for iso2 in organization.members_iso2:
            yield f"organizations {organization.key}", iso2


def check_tenures(tables: Tables) -> Iterator[str]:
    """Levels and precisions are known; no tenure ends before it starts or stands twice."""
    yield from find_repeated("tenures", (f"{where_tenure(row)} {row.of} {row.title_ru}" for row in tables.tenures))
    for row in tables.tenures:
        if row.office not in LEVELS:
            yield f"{where_tenure(row)}: {row.office!r} is no level of office"
        if row.start and row.end and row.end < row.start:
            yield f"{where_tenure(row)}: ends on {row.end}, before it starts"
        if {row.start_precision, row.end_precision} - set(PRECISIONS):
            yield f"{where_tenure(row)}: a precision is none of month, year and empty"
    for office in tables.offices:
        if office.level not in LEVELS:
            yield f"offices {office.phrase_ru}: {office.level!r} is no level of office"


def check_persons(tables: Tables) -> Iterator[str]:
    """The surname stands in a name; sex and order are known."""
    for person in tables.persons:
        names = " ".join((person.name_ru, *person.aliases_ru)).lower()
        if person.surname_ru.lower() not in names:
            yield f"persons {person.key}: the surname {person.surname_ru!r} is in none of the names"
        yield from check_choices(person)


def check_choices(person: Person) -> Iterator[str]:
    """Cells that have two values only."""
    if person.sex not in ("m", "f"):
        yield f"persons {person.key}: sex is {person.sex!r}"
    if person.native_order not in ("given-family", "family-given"):
        yield f"persons {person.key}: native_order is {person.native_order!r}"


def find_heads(tables: Tables, on: datetime.date) -> dict[tuple[str, str], list[str]]:
    """Who is head of state or government on a day, by (country, title): more than one is rare, look at it."""
    heads: dict[tuple[str, str], list[str]] = {}
    for row in tables.tenures:
        current = (row.start is None or row.start <= on) and (row.end is None or on < row.end)
        if row.office in ("head_of_state", "head_of_government") and current:
            heads.setdefault((row.of, row.title_ru), []).append(row.person)
    return heads


def find_bad_keys(table: str, keys: Iterable[str], form: re.Pattern[str]) -> Iterator[str]:
    """Repeated keys and those of another form."""
    keys = list(keys)
    yield from find_repeated(table, keys)
    yield from (f"{table} {key}: the key is malformed" for key in keys if not form.match(key))


def check_places(tables: Tables) -> Iterator[str]:
    """Degrees are some of the globe's, and a venue has both or neither; its kind is known."""
    places: list[tuple[str, float | None, float | None]] = []
    places += [(f"cities {row.key}", row.latitude, row.longitude) for row in tables.cities]
    places += [(f"venues {row.key}", row.latitude, row.longitude) for row in tables.venues]
    for where, latitude, longitude in places:
        if (latitude is None) != (longitude is None):
            yield f"{where}: a latitude without a longitude, or the reverse"
        elif latitude is not None and longitude is not None and not (abs(latitude) <= 90 and abs(longitude) <= 180):
            yield f"{where}: {latitude} {longitude} are no degrees"
    for venue in tables.venues:
        if venue.kind not in ("", *VENUE_KINDS):
            yield f"venues {venue.key}: {venue.kind!r} is no kind of venue"


def find_repeated(table: str, keys: Iterable[str]) -> Iterator[str]:
    """Keys that stand more than once, each told once a repetition."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield f"{table} {key}: stands twice"
        seen.add(key)


def is_mixed(word: str) -> bool:
    """Whether a word has letters of both scripts, as when a Latin «a» was typed in a Russian name."""
    scripts = {unicodedata.name(letter, "").split()[0] for letter in word}
    return {"LATIN", "CYRILLIC"} <= scripts


def name_row(table: str, row: Any) -> str:
    """How a problem names a row of a table."""
    if isinstance(row, TenureRow):
        return where_tenure(row)
    key = row.iso2 if isinstance(row, Country) else row.phrase_ru if isinstance(row, Office) else row.key
    return f"{table} {key}"


def where_tenure(row: TenureRow) -> str:
    """How a problem names a row of tenures.tsv."""
    return f"tenures {row.person} {row.office} {row.since or '?'}"


CHECKS: tuple[Callable[[Tables], Iterator[str]], ...] = (
    check_keys,
    check_qids,
    check_names,
    check_references,
    check_tenures,
    check_persons,
    check_places,
)

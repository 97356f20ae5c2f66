"""The curated tables of data/gazetteer as typed rows.

Tab-separated UTF-8 with a header row; ``|`` separates values inside a cell. Every row has a key;
``row.id`` is the IRI below the base that the graph uses ("country/KG", "venue/yntymak-ordo").
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.config import data_path
from kg.knowledge.cells import format_date, read_rows


@dataclass(frozen=True, slots=True)
class Country:
    """A state; ``iso2`` is its key. Names, adjectives and metonyms are lemmas (nominative).

    ``leader_office``: whom news calls its leader, "head_of_state" or "head_of_government".
    """

    iso2: str
    iso3: str
    qid: str
    name_ru: str
    name_en: str
    official_ru: str
    official_en: str
    aliases_ru: tuple[str, ...]
    aliases_en: tuple[str, ...]
    adjective_ru: tuple[str, ...]
    people_ru: tuple[str, ...]
    adjective_en: tuple[str, ...]
    capital_ru: str
    capital_en: str
    capital_qid: str
    government_names_ru: tuple[str, ...]
    leader_office: str = "head_of_state"

    @property
    def id(self) -> str:
        return f"country/{self.iso2}"


@dataclass(frozen=True, slots=True)
class Organization:
    """An intergovernmental body, alliance or forum."""

    key: str
    qid: str
    abbr_ru: str
    name_ru: str
    abbr_en: str
    name_en: str
    aliases_ru: tuple[str, ...]
    aliases_en: tuple[str, ...]
    kind: str
    members_iso2: tuple[str, ...]
    hq_city_en: str
    hq_iso2: str

    @property
    def id(self) -> str:
        return f"organization/{self.key}"


@dataclass(frozen=True, slots=True)
class Person:
    """A leader, minister or envoy; ``country_iso2`` is the country mainly worked for."""

    key: str
    qid: str
    name_ru: str
    name_en: str
    aliases_ru: tuple[str, ...]
    aliases_en: tuple[str, ...]
    sex: str
    surname_ru: str
    native_order: str
    country_iso2: str

    @property
    def id(self) -> str:
        return f"person/{self.key}"


@dataclass(frozen=True, slots=True)
class Office:
    """A title as it stands in text, with the kind of office and its level."""

    lemma_ru: str
    phrase_ru: str
    title_en: str
    office_kind: str
    level: str


@dataclass(frozen=True, slots=True)
class TenureRow:
    """A person held an office of a country (ISO2) or organisation (key) from ``start`` to before ``end``.

    ``office`` is a level of Office ("head_of_state", "foreign_minister"); ``title_ru`` is the very title. No end
    means that none is known. A date known to the month or year only stands as its first (start) or last (end) day,
    with "month" or "year" as its precision; "" is a day.
    """

    person: str
    office: str
    title_ru: str
    title_en: str
    of: str
    start: datetime.date | None
    end: datetime.date | None
    source: str
    start_precision: str = ""
    end_precision: str = ""

    @property
    def since(self) -> str:
        """The start as far as it is known: "2021-10-12", "2021-10", "2021" or ""."""
        return format_date(self.start, self.start_precision)

    @property
    def until(self) -> str:
        """The end as far as it is known, likewise."""
        return format_date(self.end, self.end_precision)


@dataclass(frozen=True, slots=True)
class Venue:
    """A residence, palace, airport, square: a place below the city. ``city`` is a key of cities.tsv.

    Degrees are WGS84, None where nobody has measured them.
    """

    key: str
    qid: str
    name_ru: str
    name_en: str
    aliases_ru: tuple[str, ...]
    kind: str
    city: str
    iso2: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def id(self) -> str:
        return f"venue/{self.key}"


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames (CC BY 4.0); degrees are WGS84, ``aliases_ru`` are other names, ``adjective_ru`` lemmas."""

    key: str
    geoname: int
    name_ru: str
    name_en: str
    aliases_ru: tuple[str, ...]
    iso2: str
    latitude: float
    longitude: float
    population: int
    adjective_ru: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"city/{self.key}"


@dataclass(frozen=True)
class Tables:
    """All tables, each in file order."""

    countries: tuple[Country, ...]
    organizations: tuple[Organization, ...]
    persons: tuple[Person, ...]
    offices: tuple[Office, ...]
    tenures: tuple[TenureRow, ...]
    venues: tuple[Venue, ...]
    cities: tuple[City, ...]

    @cached_property
    def country(self) -> Mapping[str, Country]:
        """Countries by ISO2."""
        return {row.iso2: row for row in self.countries}

    @cached_property
    def organization(self) -> Mapping[str, Organization]:
        """Organisations by key."""
        return {row.key: row for row in self.organizations}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """Persons by key."""
        return {row.key: row for row in self.persons}

    @cached_property
    def city(self) -> Mapping[str, City]:
        """Cities by key."""
        return {row.key: row for row in self.cities}


def load_tables(folder: Path | None = None) -> Tables:
    """All tables of ``folder`` (default: data/gazetteer). Raises DataError that names file and line."""
    folder = folder or data_path("gazetteer")
    return Tables(
        countries=tuple(read_rows(folder / "countries.tsv", Country)),
        organizations=tuple(read_rows(folder / "organizations.tsv", Organization)),
        persons=tuple(read_rows(folder / "persons.tsv", Person)),
        offices=tuple(read_rows(folder / "offices.tsv", Office)),
        tenures=tuple(read_rows(folder / "tenures.tsv", TenureRow)),
        venues=tuple(read_rows(folder / "venues.tsv", Venue)),
        cities=tuple(read_rows(folder / "cities.tsv", City)),
    )

"""Names to entities: what a stretch of text may mean, by the curated tables.

Names are kept as sequences of stems (see stems.py); a match returns candidates, the linker decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.knowledge.stems import CACHED, find_compounds, fold, make_sound, make_stem
from kg.knowledge.tables import City, Country, Organization, Person, Tables, TenureRow, Venue
from kg.knowledge.tenures import Tenures
from kg.records import Entity

WORD = re.compile(r"[\w’'-]+|\+")
DASHES = frozenset("–—")
LONG = {"Venue": 2, "Organization": 3}  # words from which a name may begin in lower case
REACH = 6  # words within which such a name has a capital
LEAST_TITLED = 5  # letters of an abbreviation that is also written as a word («Хамас»)
FLEETING = re.compile(r"(.{3,}[бвгджзйклмнпрстфхцчшщ])[ео]([тц])\Z")
UNIONS = frozenset(("EU",))  # rows of countries.tsv that are organisations


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity: its stems, whether it is an abbreviation, and what sort of name it is.

    ``sort``: "name", "capital" (of the country that ``entity`` is), "government" («Кремль»), "adjective", "people".
    """

    stems: tuple[str, ...]
    entity: Entity
    sort: str
    upper: bool
    prior: float


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``start`` to ``end`` (half-open) spell these names."""

    start: int
    end: int
    names: tuple[Name, ...]


class Gazetteer:
    """All names of the tables but persons' surnames, which the linker asks for by ``find_persons``."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.tenures = Tenures(tables)
        self.entities: dict[str, Entity] = {}
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        for country in tables.countries:
            if country.iso2 not in UNIONS:
                self._add_country(country)
        for city in tables.cities:
            self._add_city(city)
        for organization in tables.organizations:
            self._add_organization(organization)
        for venue in tables.venues:
            self._add_venue(venue)
        for person in tables.persons:
            self._add_person(person)
        self._starting = lru_cache(CACHED)(self._list_starting)

    def find_matches(self, words: Sequence[str]) -> Iterator[Match]:
        """The longest match at each position, left to right, without overlap."""
        words = ["-" if word in DASHES else word for word in words]
        end = 0
        for start, word in enumerate(words):
            if start >= end and self._starting(word) and (found := self._match_at(words, start)):
                yield found
                end = found.end

    def find_persons(self, word: str) -> list[tuple[Person, str]]:
        """Persons one word of whose surname or mononym this may be, with the ending it has."""
        return [(person, ending) for stem, ending in find_compounds(word) for person in self._surnames.get(stem, ())]

    def find_alike(self, word: str) -> list[Person]:
        """Persons whose surname or mononym sounds like one that this word may be («Кемерон»)."""
        sounds = dict.fromkeys(make_sound(stem) for stem, _ in find_compounds(word))
        return [person for sound in sounds for person in self._sounds.get(sound, ())]

    @cached_property
    def _sounds(self) -> dict[str, list[Person]]:
        sounds: dict[str, list[Person]] = defaultdict(list)
        for stem, persons in self._surnames.items():
            sounds[make_sound(stem)] += persons
        return dict(sounds)

    def person_entity(self, person: Person) -> Entity:
        """A row of persons.tsv as an entity."""
        return self.entities[person.id]

    def country_entity(self, iso2: str) -> Entity | None:
        """A country by its ISO code."""
        return self.entities.get(f"country/{iso2}")

    @cached_property
    def capitals(self) -> dict[str, str]:
        """City ids of capitals to country ids."""
        named = {(fold(c.capital_ru), c.iso2): c.id for c in self.tables.countries if c.id in self.entities}
        return {
            city.id: named[fold(city.name_ru), city.iso2]
            for city in self.tables.cities
            if (fold(city.name_ru), city.iso2) in named
        }

    @cached_property
    def capital_of(self) -> dict[str, Entity]:
        """Capitals by country id."""
        return {country: self.entities[city] for city, country in self.capitals.items()}

    @cached_property
    def offices_held(self) -> dict[str, list[TenureRow]]:
        """Tenures by person key."""
        held: dict[str, list[TenureRow]] = defaultdict(list)
        for row in self.tables.tenures:
            held[row.person].append(row)
        return dict(held)

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Country ids by adjective, folded («российский»)."""
        return {fold(a): c.id for c in self.tables.countries if c.id in self.entities for a in c.adjective_ru}

    @cached_property
    def homes(self) -> dict[str, Entity]:
        """Countries by the id of an organisation that sits there."""
        rows = ((o.id, self.country_entity(o.hq_iso2)) for o in self.tables.organizations)
        return {ident: country for ident, country in rows if country is not None}

    @cached_property
    def towns(self) -> dict[str, Entity]:
        """Cities by adjective, folded («московский»)."""
        return {fold(a): self.entities[c.id] for c in self.tables.cities for a in c.adjective_ru}

    @cached_property
    def office_kinds(self) -> dict[str, str]:
        """Kinds of office by phrase, folded («министр иностранных дел»)."""
        return {fold(office.phrase_ru): office.office_kind for office in self.tables.offices}

    @cached_property
    def people(self) -> dict[str, Entity]:
        """Countries by what their people are called, folded («киргиз», «киргизы»)."""
        return {
            fold(name): self.entities[c.id]
            for c in self.tables.countries
            if c.id in self.entities
            for name in c.people_ru
        }

    def _match_at(self, words: Sequence[str], start: int) -> Match | None:
        if not (words[start][:1].isupper() or any(w[:1].isupper() for w in words[start + 1 : start + REACH])):
            return None
        found = [name for name in self._starting(words[start]) if self._spells(name, words, start)]
        if not found:
            return None
        longest = max((len(n.stems), n.upper, sum(map(len, n.stems))) for n in found)
        best = [n for n in found if (len(n.stems), n.upper, sum(map(len, n.stems))) == longest]
        return Match(start, start + longest[0], tuple(best))

    def _list_starting(self, word: str) -> tuple[Name, ...]:
        """The names whose first word this may be; remembered, for few words start any.

        A word in lower case opens a longer name only («*храм* Христа Спасителя»).
        """
        names = (name for stem, _ in find_compounds(word) for name in self._names.get(stem, ()))
        if not word[:1].isupper():
            return tuple(n for n in names if len(n.stems) >= LONG.get(n.entity.kind, len(n.stems) + 1))
        plain = word[:1].isupper() and not (word.isupper() and len(word) < 4)
        return tuple(n for n in names if (word.isupper() and fold(word) == n.stems[0] if n.upper else plain))

    def _spells(self, name: Name, words: Sequence[str], start: int) -> bool:
        """Whether the words behind the first are the name's too; names in capitals have but one."""
        rest = name.stems[1:]
        part = words[start + 1 : start + len(name.stems)]
        if not words[start][:1].isupper() and not any(w[:1].isupper() for w in part):
            return False
        return len(part) == len(rest) and all(
            any(stem == s for stem, _ in find_compounds(w)) for w, s in zip(part, rest, strict=True)
        )

    def _add_name(self, text: str, entity: Entity, sort: str, prior: float) -> None:
        words = split_words(text)
        if not words or len(fold(text)) < 2:
            return
        upper = len(words) == 1 and text.isupper()
        for variant in ((fold(text),),) if upper else list_variants(words):
            name = Name(variant, entity, sort, upper, prior)
            if name not in self._names[variant[0]]:
                self._names[variant[0]].append(name)
        if upper and len(text) >= LEAST_TITLED and text.isalpha():
            self._add_name(text.capitalize(), entity, sort, prior)

    def _add_country(self, row: Country) -> None:
        entity = Entity(row.id, "Country", row.name_ru, row.name_en, iso2=row.iso2)
        self.entities[row.id] = entity
        for text in (row.name_ru, row.official_ru, row.iso3 if row.iso3 == "USA" else "", *row.aliases_ru):
            self._add_name(text, entity, "name", 0.9)
        for text in row.government_names_ru:
            self._add_name(text, entity, "government", 0.5)

    def _add_city(self, row: City) -> None:
        entity = Entity(row.id, "City", row.name_ru, row.name_en, within=f"country/{row.iso2}", aliases=row.aliases_ru)
        self.entities[row.id] = entity
        for text in (row.name_ru, *row.aliases_ru):
            self._add_name(text, entity, "name", min(0.9, 0.2 + row.population / 2_000_000))

    def _add_organization(self, row: Organization) -> None:
        entity = Entity(
            row.id,
            "Organization",
            row.abbr_ru or row.name_ru,
            row.abbr_en or row.name_en,
            aliases=tuple(t for t in (row.name_ru, row.name_en, *row.aliases_ru) if t),
        )
        self.entities[row.id] = entity
        for text in (row.abbr_ru, row.name_ru, row.abbr_en, *row.aliases_ru):
            if text:
                self._add_name(text, entity, "name", 0.8)

    def _add_venue(self, row: Venue) -> None:
        within = f"city/{row.city}" if row.city else f"country/{row.iso2}"
        entity = Entity(row.id, "Venue", row.name_ru, row.name_en, within=within, aliases=row.aliases_ru)
        self.entities[row.id] = entity
        for text in (row.name_ru, *row.aliases_ru):
            self._add_name(text, entity, "name", 0.6)

    def _add_person(self, row: Person) -> None:
        self.entities[row.id] = Entity(row.id, "Person", row.name_ru, row.name_en, aliases=row.aliases_ru)
        for word in surname_words(row):
            if row not in self._surnames[make_stem(word)]:
                self._surnames[make_stem(word)].append(row)


def split_words(text: str) -> list[str]:
    """The words of a name, a dash between two as «-»."""
    return WORD.findall(text.replace("–", "-").replace("—", "-"))


def list_variants(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The stems of a name's words; with vowels that flee, and with nouns in -ие («собрание», «собрания»)."""
    stems = tuple(map(make_stem, words))
    neuter = tuple(fold(w)[:-1] if fold(w).endswith("ие") else s for w, s in zip(words, stems, strict=True))
    yield from dict.fromkeys((stems, tuple(map(drop_vowel, stems)), neuter))


def drop_vowel(stem: str) -> str:
    """The stem before an ending where a vowel flees: «египет» → «египт», «донец» → «донц»."""
    match = FLEETING.match(stem)
    return match[1] + match[2] if match else stem


def surname_words(row: Person) -> Iterable[str]:
    """The words by which a person may be named alone or found: the surname's, and their variants in aliases."""
    words = [w for w in WORD.findall(row.surname_ru or row.name_ru) if w[:1].isupper() or "-" in w]
    order = -1 if row.native_order != "family-given" else 0
    spelt = (WORD.findall(alias) for alias in (*row.aliases_ru, row.name_en, *row.aliases_en))
    words += [parts[order] for parts in spelt if len(parts) > 1 and not parts[order].isupper()]
    return words

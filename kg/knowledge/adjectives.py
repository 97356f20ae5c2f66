"""Adjectives of cities («московский», «женевский»): made by rule, kept where dictionaries or news know them.

A tool for developers: ``python -m kg.knowledge.cities`` writes what it finds into cities.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.config import data_path
from kg.knowledge.stems import fold
from kg.knowledge.tables import City
from kg.knowledge.taxonomy import read_table

SHORTEST = 6  # letters of an adjective: shorter ones are other words
LEAST = 3  # letters of a stem before the longer endings


@dataclass(frozen=True, slots=True)
class Rules:
    """How adjectives are made, from ``[cities]`` of data/languages/ru.toml; the likeliest first."""

    vowels: re.Pattern[str]
    fleeting: re.Pattern[str]
    changes: tuple[tuple[str, str], ...]
    plain: str
    longer: tuple[str, ...]
    nominative: str
    forms: tuple[str, ...]


@cache
def load_rules() -> Rules:
    """The rules of Russian. Raises DataError where the file is missing or broken."""
    table = read_table(data_path("languages", "ru.toml"))["cities"]
    return Rules(
        re.compile(rf"[{table['vowels']}]+\Z"),
        re.compile(rf"[{table['fleeting']}](?=[{table['behind']}]\Z)"),
        tuple(table["changes"].items()),
        table["plain"],
        tuple(table["longer"]),
        table["nominative"],
        tuple(table["forms"]),
    )


def find_adjective(name: str, is_adjective: Callable[[str], bool]) -> str:
    """The likeliest adjective of a city of that name; "" where none is known, and of a name of several words."""
    first, hyphen, last = fold(name).rpartition("-")
    forms = (first + hyphen + form for form in list_forms(last)) if " " not in name else iter(())
    return next((form for form in forms if len(form) >= SHORTEST and is_adjective(form)), "")


def list_forms(word: str) -> Iterator[str]:
    """What an adjective of a word may be, the likeliest first: plain, with another consonant, with a longer ending."""
    rules = load_rules()
    stems = tuple(dict.fromkeys((rules.vowels.sub("", word), word, rules.fleeting.sub("", word))))
    yield from (stem + rules.plain for stem in stems)
    yield from (stem[: -len(end)] + ending for stem in stems for end, ending in rules.changes if stem.endswith(end))
    yield from (stem + ending for stem in stems for ending in rules.longer if len(stem) >= LEAST)


def list_cases(adjective: str) -> Iterator[str]:
    """Forms of an adjective in -ский, of which news may know one only."""
    rules = load_rules()
    return (adjective.removesuffix(rules.nominative) + ending for ending in rules.forms)


def select_adjectives(
    cities: Iterable[City],
    given: dict[int, tuple[str, ...]],
    reserved: Iterable[str],
    is_adjective: Callable[[str], bool],
) -> dict[int, tuple[str, ...]]:
    """Adjectives by GeoNames id; of several cities with one adjective the first has it, and none has a reserved one.

    ``given`` are corrections; an empty one leaves a city without adjective.
    """
    taken = {fold(word) for word in reserved} | {word for words in given.values() for word in words}
    owned = dict(given)
    for city in cities:
        if city.geoname not in given:
            found = find_adjective(city.name_ru, is_adjective)
            owned[city.geoname] = (found,) if found and found not in taken else ()
            taken.add(found)
    return owned

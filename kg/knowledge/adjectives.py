"""Adjectives of cities («московский», «женевский»): made by rule, kept where dictionaries or news know them.

A tool for developers: ``python -m kg.knowledge.cities`` writes what it finds into cities.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.knowledge.stems import fold
from kg.knowledge.tables import City

VOWELS = re.compile(r"[аяоеыийьую]+\Z")
FLEETING = re.compile(r"[ео](?=[лнц]\Z)")  # «Орёл», «Гродно»
# how a stem ends, and its adjective: «Прага», «Донецк», «Стамбул», «Омск»
CHANGES = (
    ("г", "жский"),
    ("цк", "цкий"),
    ("к", "цкий"),
    ("ц", "цкий"),
    ("л", "льский"),
    ("ск", "ский"),
    ("сс", "сский"),
    ("з", "зский"),
)
LONGER = ("инский", "енский", "йский", "ийский", "овский")
FORMS = ("ий", "ого", "ая", "ой", "ом", "ие", "их")
SHORTEST = 6  # letters of an adjective: shorter ones are other words
LEAST = 3  # letters of a stem before the longer endings


def find_adjective(name: str, is_adjective: Callable[[str], bool]) -> str:
    """The likeliest adjective of a city of that name; "" where none is known, and of a name of several words."""
    first, hyphen, last = fold(name).rpartition("-")
    forms = (first + hyphen + form for form in list_forms(last)) if " " not in name else iter(())
    return next((form for form in forms if len(form) >= SHORTEST and is_adjective(form)), "")


def list_forms(word: str) -> Iterator[str]:
    """What an adjective of a word may be, the likeliest first: plain, with another consonant, with a longer ending."""
    stems = tuple(dict.fromkeys((VOWELS.sub("", word), word, FLEETING.sub("", word))))
    yield from (stem + "ский" for stem in stems)
    yield from (stem[: -len(end)] + ending for stem in stems for end, ending in CHANGES if stem.endswith(end))
    yield from (stem + ending for stem in stems for ending in LONGER if len(stem) >= LEAST)


def list_cases(adjective: str) -> Iterator[str]:
    """Forms of an adjective in -ский, of which news may know one only."""
    return (adjective.removesuffix("ий") + ending for ending in FORMS)


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

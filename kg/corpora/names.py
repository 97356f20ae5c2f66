"""Names of a corpus against our entities: surnames of persons, names of countries and organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.knowledge.gazetteer import WORD, Gazetteer
from kg.knowledge.stems import fold, make_stem
from kg.records import Entity
from kg.text.language import load_language

LETTERS = re.compile(r"\w", re.UNICODE)


def same_person(entity: Entity, surnames: Iterable[str]) -> bool:
    """Whether one of the surnames (nominative) stands, all its words, in a name of a person of ours."""
    names = [list_stems(name) for name in (entity.name, *entity.aliases)]
    return any(wanted <= name for surname in surnames if (wanted := list_stems(surname)) for name in names)


def same_place(entity: Entity, names: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Whether a name means an organisation or country of ours, or contains it («парламент Грузии» for Georgia).

    Of a ministry or the like that is ours by its country alone, the country counts.
    """
    wanted = {entity.id, entity.within} if entity.kind == "Organization" else {entity.id}
    own = [list_stems(name) for name in (entity.name, *entity.aliases)]
    for name in names:
        if not wanted.isdisjoint(find_named(name, gazetteer)):
            return True
        stems = list_stems(name)
        if any(stems and mine and (stems <= mine or mine <= stems) for mine in own):
            return True
    return False


def find_named(name: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Ids of all that a name contains: entities of the tables, countries by adjective («российский парламент») too."""
    words = WORD.findall(name)
    raised = [word[:1].upper() + word[1:] for word in words]
    for part in (raised, *([word] for word in raised)):  # «Парламент Грузии» is a body of its own, and names Georgia
        for match in gazetteer.find_matches(part):
            yield from (found.entity.id for found in match.names)
    yield from (country for word in words if (country := find_adjective(word, gazetteer)))


def find_adjective(word: str, gazetteer: Gazetteer) -> str | None:
    """The country of an adjective in any gender of the nominative."""
    forms = (fold(word)[:-2] + ending for ending in sorted(load_language().words["adjectives.endings"]))
    return next((gazetteer.adjectives[form] for form in forms if form in gazetteer.adjectives), None)


def list_stems(name: str) -> frozenset[str]:
    """The stems of a name's words."""
    return frozenset(make_stem(word) for word in WORD.findall(name) if LETTERS.search(word))

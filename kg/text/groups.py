"""Plural nouns that stand for several persons: whom they fit, and which office they say each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.knowledge.tables import TenureRow
from kg.records import Entity
from kg.text.refs import Holding
from kg.text.roster import LEADERS, Roster

MINISTERS = frozenset(("foreign_minister", "defence_minister", "other"))
HEADS_OF_STATE = frozenset(("head_of_state",))
PREMIERS = frozenset(("head_of_government",))


@dataclass(frozen=True)
class Groups:
    """What the persons of one article are, as plural nouns ask: ``words`` are the lists of the language."""

    roster: Roster
    words: Mapping[str, frozenset[str]]
    _levels: dict[str, frozenset[str]] = field(default_factory=dict)

    def find_levels(self, token: Token) -> frozenset[str] | None:
        """The levels of office that a plural noun stands for; None if it names no office."""
        lemma, below = token.lemma_, self._genitives(token)
        if lemma in self.words["coreference.ministers"] or below & self.words["coreference.ministry"]:
            return MINISTERS
        if lemma in self.words["coreference.premiers"] or below & self.words["coreference.government"]:
            return PREMIERS
        if lemma in self.words["coreference.presidents"]:
            return HEADS_OF_STATE
        return LEADERS if lemma in self.words["coreference.leaders"] else None

    def fits(self, person: Entity, levels: frozenset[str]) -> bool:
        """Whether a person's offices are of these levels; who has none passes for any minister."""
        found = self._levels_of(person)
        return bool(found & levels) if found else "other" in levels

    def first_of_each(self, persons: Iterable[Entity]) -> tuple[Entity, ...]:
        """Of a president and a prime minister of one country only the president."""
        best: dict[str, Entity] = {}
        for person in persons:
            country = self.roster.find_country(person)
            key = country.id if country is not None else person.id
            if key not in best or "head_of_state" in self._levels_of(person):
                best[key] = person
        return tuple(best.values())

    def find_holdings(self, token: Token, persons: Iterable[Entity], levels: frozenset[str]) -> Iterator[Holding]:
        """«оба президента», «министры»: each holds the office that the plural names."""
        kinds = ("coreference.states", "coreference.government", "coreference.ministry")
        said = any(self._genitives(token) & self.words[kind] for kind in kinds)
        if not said and token.lemma_ not in self.words["coreference.offices"]:
            return
        for person in persons:
            rows = [r for r in self.roster.find_offices(person) if r.office in levels]
            row = next((r for r in rows if said or is_called(r, token.lemma_)), None)
            country = self.roster.gazetteer.country_entity(row.of) if row is not None else None
            if row is not None and country is not None and not self.roster.has_office(person, country):
                kind = self.roster.gazetteer.tenures.find_kind(row)
                yield Holding(person, token.lemma_, kind, country, token.i, token.i + 1)

    def _genitives(self, token: Token) -> frozenset[str]:
        """What heads are heads of: «главы *МИД*», «главы *государств*»."""
        if token.lemma_ not in self.words["coreference.heads"]:
            return frozenset()
        return frozenset(t.lower_ for t in token.subtree if t.i > token.i)

    def _levels_of(self, person: Entity) -> frozenset[str]:
        if person.id not in self._levels:
            self._levels[person.id] = self.roster.find_levels(person)
        return self._levels[person.id]


def is_called(row: TenureRow, lemma: str) -> bool:
    """Whether an office may go by a noun: by its title; foreign ministers and heads of government by any."""
    return row.title_ru.startswith(lemma) or row.office in ("foreign_minister", "head_of_government")

"""What is known of the persons in one article: country, office, level, sex."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.tables import TenureRow
from kg.records import Entity
from kg.text.language import load_language
from kg.text.refs import Holding, Ref

ANY_HEAD = ("leader", "head", "head_of_state")  # kinds of office that any country's first person bears
FIRST = ("leader", "head")  # of a country: its first person
OWN_HEAD = "head_of_state"
UNION_HEAD = "secretary_general"
LEADERS = frozenset(("head_of_state", "head_of_government"))


@dataclass(frozen=True)
class Roster:
    """Persons of an article by what the article and the tables say of them."""

    gazetteer: Gazetteer
    day: datetime.date | None
    refs: tuple[Ref, ...]
    holdings: tuple[Holding, ...]

    def find_country(self, person: Entity) -> Entity | None:
        """The country a person acts for: by the article's titles, else by office on the day."""
        for holding in self.holdings:
            if holding.person.id == person.id and not holding.former:
                if holding.of.kind == "Country":
                    return holding.of
                if holding.of.within:
                    return self.gazetteer.entities.get(holding.of.within)
                return None
        if not person.known:
            return None
        iso2 = self.gazetteer.tenures.find_country(person.id.partition("/")[2], self.day)
        return self.gazetteer.country_entity(iso2) if iso2 else None

    def find_levels(self, person: Entity) -> frozenset[str]:
        """The levels of a person's offices ("head_of_state", "foreign_minister")."""
        levels = {self.level(h.office) for h in self.holdings if h.person.id == person.id and h.office}
        return frozenset(levels | {row.office for row in self.find_offices(person)})

    def find_offices(self, person: Entity) -> tuple[TenureRow, ...]:
        """The offices that the tables give a person on the article's day."""
        return self.gazetteer.tenures.find_offices(person.id.partition("/")[2], self.day) if person.known else ()

    def has_office(self, person: Entity, of: Entity) -> bool:
        """Whether the article gives a person an office of a country or organisation."""
        return any(h.person.id == person.id and h.of.id == of.id for h in self.holdings)

    def level(self, office: str | None) -> str:
        """The level of a kind of office."""
        return self.gazetteer.tenures.levels.get(office or "", "other")

    def find_holder(self, office: str, of: Entity) -> Entity | None:
        """Whom the article names as holder of an office of a country or organisation."""
        wanted = self.level(office)
        if office in FIRST:
            return self.find_leader(of)
        for holding in reversed(self.holdings):
            if holding.of.id != of.id or holding.former:
                continue
            level = self.level(holding.office)
            if holding.office == office or level == wanted != "other":
                return holding.person
        return None

    def find_called(self, word: str, of: Entity) -> Entity | None:
        """Whom a title without its field means («российский министр»): the article's last holder of such an office."""
        held = (h for h in reversed(self.holdings) if h.of.id == of.id and not h.former)
        return next((h.person for h in held if h.title.split()[0] == word), None)

    def find_leader(self, of: Entity) -> Entity | None:
        """Whom «лидер» of a country means: of those the article gives a first office there, the most often named."""
        held = [h for h in self.holdings if h.of.id == of.id and not h.former]
        first = dict.fromkeys(h.person for h in reversed(held) if h.office in FIRST or self.level(h.office) in LEADERS)
        return max(first, key=lambda person: self.counts[person.id], default=None)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the article names each person."""
        return Counter(e.id for r in self.refs for e in r.entities if e.kind == "Person")

    def find_bearer(self, office: str | None, title: str, before: int) -> Entity | None:
        """The last person named before who bears a title («президент», «министр») that says no country.

        «Глава государства» is the first such person: the one whose country the article is written for.
        """
        word, *rest = title.split()
        if not load_language().words["titles.unions"].isdisjoint(rest):
            office = UNION_HEAD
        refs = self.refs if office == OWN_HEAD else reversed(self.refs)
        named = (r.entity for r in refs if r.start < before and r.entity.kind == "Person")
        for person in dict.fromkeys(named):
            called = any(h.person.id == person.id and h.title.split()[0] == word for h in self.holdings)
            if (called and office != UNION_HEAD) or self.bears(person, office):
                return person
        return None

    def bears(self, person: Entity, office: str | None) -> bool:
        """Whether a person holds an office of this kind or level; a king is no president, both are leaders."""
        levels, wanted = self.find_levels(person), self.level(office)
        if office in ANY_HEAD:
            return bool(levels & LEADERS)
        if wanted != "head_of_state":
            return wanted in levels and wanted != "other"
        kinds = {self.gazetteer.tenures.find_kind(row) for row in self.find_offices(person)}
        return office in kinds | {h.office for h in self.holdings if h.person.id == person.id}

    def persons(self) -> Iterable[Entity]:
        """Every person referred to, in the order of the text."""
        return dict.fromkeys(e for r in self.refs for e in r.entities if e.kind == "Person")


def make_roster(doc: Doc, gazetteer: Gazetteer) -> Roster:
    """The roster of a Doc with names and holdings."""
    day = doc._.article.published if doc._.article else None
    return Roster(gazetteer, day, tuple(doc._.refs), tuple(doc._.holdings))


def find_land(place: Entity, entities: Mapping[str, Entity]) -> str | None:
    """The id of the country in which a place lies."""
    while place.within and place.within in entities and place.kind != "Country":
        place = entities[place.within]
    return place.id if place.kind == "Country" else None


def sex_of(person: Entity, gazetteer: Gazetteer) -> str:
    """ "m" or "f": by the table, else by the name's endings."""
    row = gazetteer.tables.person.get(person.id.partition("/")[2])
    if row is not None and row.sex:
        return row.sex
    words, parts = load_language().words, person.name.split()
    female = parts[0].endswith(tuple(words["names.given"])) and parts[-1].endswith(tuple(words["names.surnames"]))
    return "f" if female else "m"

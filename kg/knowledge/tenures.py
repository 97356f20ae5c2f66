"""Who held which office when: a calendar over tenures.tsv.

An office is asked for by its kind («president», «chancellor»: the column office_kind of offices.tsv) or by its level
("head_of_state", "head_of_government", "foreign_minister" …: the column office of tenures.tsv and level of
offices.tsv). Countries are named by ISO2, organisations by key.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.knowledge.tables import Office, Tables, TenureRow

# Levels with one holder at a time: there, a kind that no title bears (the "prime minister" of Germany) means the level.
SINGLE = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "secretary_general")
LEADERS = ("leader", "head")  # «лидер», «глава»: of a country its leading office, of an organisation its head


class Tenures:
    """A calendar of tenures, indexed once from the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.kinds = title_kinds(tables.offices)
        self.levels = kind_levels(tables.offices)
        self._of: Mapping[str, list[TenureRow]] = group_rows(tables.tenures, "of")
        self._person: Mapping[str, list[TenureRow]] = group_rows(tables.tenures, "person")

    def find_holders(self, office: str, of: str, on: datetime.date | None = None) -> tuple[str, ...]:
        """Keys of the persons who hold ``office`` of ``of`` on a date, the latest to take office first.

        ``office`` is a kind or a level. Without a date: the latest holders known. None hold what is not known.
        """
        rows = self._select_office(office, of)
        rows = [row for row in rows if is_held(row, on)] if on else select_latest(rows)
        exact = [row for row in rows if self.find_kind(row) == office]
        return tuple(dict.fromkeys(row.person for row in sort_latest(exact or rows)))

    def find_offices(self, person: str, on: datetime.date | None = None) -> tuple[TenureRow, ...]:
        """The tenures of a person on a date, the latest to begin first; without a date their latest ones."""
        rows = self._person.get(person, [])
        return tuple(sort_latest([row for row in rows if is_held(row, on)] if on else select_latest(rows)))

    def find_country(self, person: str, on: datetime.date | None = None) -> str | None:
        """ISO2 of the country that a person acts for on a date; None if they act for an organisation, or are unknown.

        Who holds no office on that date acts for the country of persons.tsv.
        """
        home = self.tables.person[person].country_iso2 if person in self.tables.person else None
        offices = self.find_offices(person, on)
        countries = [row.of for row in offices if row.of in self.tables.country]
        if not offices or home in countries:
            return home
        return countries[0] if countries else None

    def find_kind(self, row: TenureRow) -> str:
        """The kind of office that a tenure's title names: the longest known phrase it begins with, else its level."""
        words = row.title_ru.lower().split()
        phrases = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next((self.kinds[phrase] for phrase in phrases if phrase in self.kinds), row.office)

    def _select_office(self, office: str, of: str) -> list[TenureRow]:
        rows = self._of.get(of, [])
        if office in LEADERS:
            country = self.tables.country.get(of)
            level = country.leader_office if country else "secretary_general"
            return [row for row in rows if row.office == level]
        exact = [row for row in rows if office in (row.office, self.find_kind(row))]
        level = self.levels.get(office, "")
        return exact or [row for row in rows if row.office == level and level in SINGLE]


def title_kinds(offices: Iterable[Office]) -> dict[str, str]:
    """Office kinds by phrase, lower case."""
    return {office.phrase_ru.lower(): office.office_kind for office in offices}


def kind_levels(offices: Iterable[Office]) -> dict[str, str]:
    """The level of each kind; where its phrases differ, the first that is not "other"."""
    levels: dict[str, str] = {}
    for office in offices:
        if levels.get(office.office_kind, "other") == "other":
            levels[office.office_kind] = office.level
    return levels


def group_rows(rows: Iterable[TenureRow], column: str) -> dict[str, list[TenureRow]]:
    """Rows by the value of a column."""
    groups: dict[str, list[TenureRow]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return dict(groups)


def is_held(row: TenureRow, on: datetime.date) -> bool:
    """Whether the tenure covers a day. The last day of an imprecise end counts, an exact end is the successor's."""
    begun = row.start is None or row.start <= on
    return begun and (row.end is None or on < row.end or (bool(row.end_precision) and on == row.end))


def select_latest(rows: Iterable[TenureRow]) -> list[TenureRow]:
    """The tenures without an end, or where all have ended the one that ended last."""
    rows = list(rows)
    ongoing = [row for row in rows if row.end is None]
    return ongoing or sorted(rows, key=lambda row: row.end or datetime.date.min)[-1:]


def sort_latest(rows: Iterable[TenureRow]) -> list[TenureRow]:
    """Tenures by their start, the latest first."""
    return sorted(rows, key=lambda row: row.start or datetime.date.min, reverse=True)

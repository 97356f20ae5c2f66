"""Who held which office when."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from kg.knowledge.tables import Tables, TenureRow, load_tables
from kg.knowledge.tenures import Tenures


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


@pytest.fixture(scope="module")
def tenures(tables: Tables) -> Tenures:
    return Tenures(tables)


HOLDERS = [
    ("president", "US", "2015-01-01", ("barack-obama",)),
    ("president", "US", "2025-06-01", ("donald-trump",)),
    ("head_of_state", "RU", "2010-06-01", ("dmitry-medvedev",)),
    ("head_of_government", "RU", "2010-06-01", ("vladimir-putin",)),
    ("president", "KG", "2025-11-26", ("sadyr-japarov",)),
    ("prime_minister", "KG", "2024-01-01", ("akylbek-japarov",)),
    ("foreign_minister", "RU", "2024-01-01", ("sergey-lavrov",)),
    ("secretary_of_state", "US", "2024-01-01", ("antony-blinken",)),
    ("foreign_minister", "US", "2024-01-01", ("antony-blinken",)),
    ("chancellor", "DE", "2020-01-01", ("angela-merkel",)),
    ("prime_minister", "DE", "2020-01-01", ("angela-merkel",)),
    ("president", "DE", "2020-01-01", ("frank-walter-steinmeier",)),
    ("leader", "DE", "2020-01-01", ("angela-merkel",)),
    ("leader", "RU", "2024-01-01", ("vladimir-putin",)),
    ("leader", "CN", "2024-01-01", ("xi-jinping",)),
    ("president", "IR", "2023-01-01", ("ebrahim-raisi",)),
    ("supreme_leader", "IR", "2023-01-01", ("ali-khamenei",)),
    ("secretary_general", "sco", "2024-01-01", ("zhang-ming",)),
    ("secretary_general", "un", "2024-01-01", ("antonio-guterres",)),
    ("head", "csto", "2024-01-01", ("imangali-tasmagambetov",)),
    ("commission_president", "ec", "2024-01-01", ("ursula-von-der-leyen",)),
    ("press_secretary", "RU", "2024-01-01", ("dmitry-peskov",)),
    ("speaker", "US", "2024-01-01", ("mike-johnson",)),
    ("president", "US", "1900-01-01", ()),
    ("president", "QQ", "2024-01-01", ()),
    ("astronaut", "RU", "2024-01-01", ()),
]


@pytest.mark.parametrize(("office", "of", "on", "persons"), HOLDERS)
def test_holders_on_a_date(tenures: Tenures, office: str, of: str, on: str, persons: tuple[str, ...]) -> None:
    assert tenures.find_holders(office, of, datetime.date.fromisoformat(on)) == persons


def test_without_a_date_the_latest_hold_it(tenures: Tenures) -> None:
    assert tenures.find_holders("foreign_minister", "RU") == ("sergey-lavrov",)


def test_an_office_that_is_no_more_keeps_its_last_holder_when_no_date_is_asked(tenures: Tenures) -> None:
    assert tenures.find_holders("president", "SU") == ("mikhail-gorbachev",)
    assert tenures.find_holders("president", "SU", datetime.date(2024, 1, 1)) == ()


def test_several_hold_an_office_that_has_many(tenures: Tenures) -> None:
    deputies = tenures.find_holders("deputy_foreign_minister", "RU", datetime.date(2024, 6, 1))
    assert {"sergei-ryabkov", "andrey-rudenko", "mikhail-galuzin"} <= set(deputies)


def test_the_day_of_change_belongs_to_the_successor(tenures: Tenures) -> None:
    assert tenures.find_holders("president", "US", datetime.date(2025, 1, 20)) == ("donald-trump",)
    assert tenures.find_holders("president", "US", datetime.date(2025, 1, 19)) == ("joe-biden",)


def test_an_imprecise_end_covers_its_last_day(tables: Tables) -> None:
    row = TenureRow("x", "other", "министр", "Minister", "RU", None, datetime.date(2020, 12, 31), "own", "", "year")
    held = Tenures(replace(tables, tenures=(row,)))
    assert held.find_offices("x", datetime.date(2020, 12, 31)) == (row,)
    assert held.find_offices("x", datetime.date(2021, 1, 1)) == ()


def test_offices_of_a_person(tenures: Tenures) -> None:
    kinds = [row.office for row in tenures.find_offices("marco-rubio", datetime.date(2025, 9, 1))]
    assert "foreign_minister" in kinds
    assert tenures.find_offices("nobody") == ()


COUNTRIES = [
    ("jens-stoltenberg", "2020-01-01", None),  # Secretary General of NATO
    ("jens-stoltenberg", "2012-01-01", "NO"),
    ("donald-trump", "2000-01-01", "US"),  # no office then: the country of persons.tsv
    ("vladimir-putin", None, "RU"),
    ("nobody", None, None),
]


@pytest.mark.parametrize(("person", "on", "iso2"), COUNTRIES)
def test_country_that_a_person_acts_for(tenures: Tenures, person: str, on: str | None, iso2: str | None) -> None:
    assert tenures.find_country(person, datetime.date.fromisoformat(on) if on else None) == iso2

"""Adjectives of cities: made by rule, kept where somebody knows them, one owner each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.knowledge.adjectives import find_adjective, list_cases, select_adjectives
from kg.knowledge.stems import fold
from kg.knowledge.tables import City, load_tables

KNOWN = frozenset(
    "минский пражский донецкий стамбульский сочинский женевский нью-йоркский гродненский делийский".split()  # noqa: SIM905
)
FORMS = [
    ("Минск", "минский"),
    ("Прага", "пражский"),
    ("Донецк", "донецкий"),
    ("Стамбул", "стамбульский"),
    ("Сочи", "сочинский"),
    ("Женева", "женевский"),
    ("Нью-Йорк", "нью-йоркский"),
    ("Гродно", "гродненский"),
    ("Дели", "делийский"),
    ("Ницца", ""),  # nobody knows its adjective here
    ("Нижний Новгород", ""),
]


@pytest.mark.parametrize(("name", "adjective"), FORMS)
def test_adjective(name: str, adjective: str) -> None:
    assert find_adjective(name, KNOWN.__contains__) == adjective


def make_city(geoname: int, name: str) -> City:
    return City(f"c{geoname}", geoname, name, "X", (), "BY", 0.0, 0.0, 1)


def test_an_adjective_has_one_owner_and_no_country_s_is_taken() -> None:
    cities = [make_city(1, "Минск"), make_city(2, "Минск"), make_city(3, "Прага"), make_city(4, "Москва")]
    given = {4: ("московский",), 3: ()}
    found = select_adjectives(cities, given, [], KNOWN.__contains__)
    assert found == {1: ("минский",), 2: (), 3: (), 4: ("московский",)}
    assert select_adjectives(cities[:1], {}, ["минский"], KNOWN.__contains__) == {1: ()}


def test_news_may_know_one_form_only() -> None:
    assert "минского" in list_cases("минский")


def test_no_adjective_of_the_table_is_a_country_s_or_stands_twice() -> None:
    tables = load_tables()
    adjectives = [adjective for city in tables.cities for adjective in city.adjective_ru]
    assert len(adjectives) == len(set(adjectives)) > 400
    assert not set(map(fold, adjectives)) & {fold(a) for country in tables.countries for a in country.adjective_ru}
    assert replace(tables.city["moscow"]).adjective_ru == ("московский",)

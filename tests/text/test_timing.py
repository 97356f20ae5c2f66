"""How a date relates to an event: order, distance from the day of publication, links to what is told before."""

from __future__ import annotations

import datetime

import pytest

from kg.records import When
from kg.text.timing import expression_clause, find_depth, find_lag, find_link, find_order, order_features
from tests.text.reading import find_cue, read_scene

DAY = datetime.date(2025, 6, 10)


@pytest.mark.parametrize(
    ("when", "order"),
    [
        (When("2025-06-09"), "past"),
        (When("2025-06-10"), "now"),
        (When("2025-06"), "now"),
        (When("2025-06-09", "2025-06-12"), "now"),
        (When("2025-06-11"), "future"),
        (When("--06-11"), "?"),
        (None, "?"),
    ],
)
def test_order(when: When | None, order: str) -> None:
    assert find_order(when, DAY) == order
    assert find_order(when, None) == "?"


def test_features_of_the_order_know_near_and_far() -> None:
    assert list(order_features(When("2025-06-09"), DAY, "occurred", "past")) == [
        "order=past|occurred",
        "order=past|past|near",
    ]
    assert list(order_features(When("2026-06-09"), DAY, "planned", "future"))[1] == "order=future|future|far"
    assert list(order_features(When("--06-09"), DAY, "planned", "future")) == []


@pytest.mark.parametrize(
    ("text", "lag"),
    [
        ("Переговоры прошли 9 июня в Москве.", "1"),
        ("Переговоры прошли сегодня в Москве.", "0"),
        ("Переговоры прошли 2 июня в Москве.", "past"),
        ("Переговоры пройдут завтра в Москве.", "future"),
        ("Переговоры прошли в Москве.", "-"),
    ],
)
def test_lag(text: str, lag: str) -> None:
    scene = read_scene(text)
    assert find_lag(scene, DAY) == lag


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Затем министры провели переговоры.", "then"),
        ("Ранее министры провели переговоры.", "prior"),
        ("Министры провели переговоры.", "-"),
        ("Затем всё было тихо. Министры провели переговоры.", "-"),  # another sentence
    ],
)
def test_link(text: str, link: str) -> None:
    scene = read_scene(text)
    assert find_link(scene, find_cue(scene, "переговоры")) == link


def test_the_clause_of_a_date_is_that_of_its_verb() -> None:
    scene = read_scene("Министр прибыл 9 июня и сообщил, что стороны подпишут соглашение 12 июня.")
    first, second = scene.doc._.dates
    signing, arrival = find_cue(scene, "подпишут"), find_cue(scene, "прибыл")
    assert expression_clause(scene, signing, second) == "same"
    assert expression_clause(scene, signing, first).startswith("above")
    assert expression_clause(scene, arrival, first) == "same"
    assert expression_clause(scene, arrival, second).startswith("below")
    assert [find_depth(scene, date) for date in (first, second)] == [0, 1]

"""Whether two accounts tell of one event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.resolve.accounts import EventAccount, Paper
from kg.resolve.events import compare_events
from kg.resolve.keys import event_keys, sought_keys
from tests.resolve.making import CN, IN, LAVROV, MODI, PUTIN, RU, SETTINGS, WANG, XI, event

BEIJING, HARBIN, MOSCOW = ("city/beijing",), ("city/harbin",), ("city/moscow",)
MERGE = SETTINGS.thresholds["merge"]

SAME = {
    "told twice": (event("a"), event("b")),
    "one account lacks a person": (event("a"), event("b", who=(XI,))),
    "countries only, one city": (event("a", who=(), places=BEIJING), event("b", places=BEIJING)),
    "a meeting that another calls talks": (event("a"), event("b", type_="Meeting", places=BEIJING)),
    "city and its country": (event("a", places=BEIJING), event("b", places=(CN,))),
    "planned, then held": (event("a", status="planned", published="2025-06-01"), event("b")),
    "planned without a date": (
        event("a", "Visit", (PUTIN,), when=None, status="planned", published="2025-05-20", places=(CN,)),
        event("b", "Visit", (PUTIN,), places=(CN,)),
    ),
    "by month and by day": (event("a", when="2025-06", status="planned", published="2025-05-20"), event("b")),
    "a day of an interval": (
        event("a", "Visit", (PUTIN,), when="2025-06-09/2025-06-11"),
        event("b", "Visit", (PUTIN,)),
    ),
    "without a year": (event("a", when="--06-10"), event("b")),
    "two dates for one visit": (
        event("a", "Visit", (PUTIN,), when="2025-06-10", places=BEIJING, rank="state"),
        event("b", "Visit", (PUTIN,), when="2025-06-11", places=BEIJING, rank="state"),
    ),
    "a call off": (
        event("a", status="planned", published="2025-06-01"),
        event("b", status="cancelled", published="2025-06-05"),
    ),
    "sanctions by their sides": (
        event("a", "Sanctions", (), (RU,), targets=(IN,)),
        event("b", "Sanctions", (), (RU,), targets=(IN,)),
    ),
}
APART = {
    "a month later": (event("a"), event("b", when="2025-07-10", published="2025-07-10")),
    "other city, same day": (event("a", places=BEIJING), event("b", places=HARBIN)),
    "city in another country": (event("a", "Visit", places=BEIJING), event("b", "Visit", places=MOSCOW)),
    "a call and a meeting": (event("a", "PhoneCall"), event("b", "Meeting")),
    "another guest": (event("a"), event("b", who=(PUTIN, MODI), countries=(RU, IN))),
    "other people of the same countries": (event("a"), event("b", who=(LAVROV, WANG))),
    "in one article": (event("a", article="x"), event("b", article="x")),
    "the other way round": (
        event("a", "Expulsion", (), (RU,), targets=(CN,)),
        event("b", "Expulsion", (), (CN,), targets=(RU,)),
    ),
    "calls on two days": (event("a", "PhoneCall"), event("b", "PhoneCall", when="2025-06-11")),
    "two agreements on one day": (
        event("a", "Signing", papers=(Paper("Agreement", frozenset({"торго"})),)),
        event("b", "Signing", papers=(Paper("Agreement", frozenset({"транз"})),)),
    ),
    "a plan of after it was": (
        event("a", when=None, status="planned", published="2025-06-20"),
        event("b"),
    ),
    "undated in another season": (event("a", when=None, published="2025-09-01"), event("b")),
    "two statements of one day": (
        event("a", "Statement", (PUTIN,), (RU,), words=frozenset({"торго", "рост", "рубль"})),
        event("b", "Statement", (PUTIN,), (RU,), words=frozenset({"мир", "войск", "граница"})),
    ),
    "nothing dated at all": (event("a", when=None, published=""), event("b", when=None, published="", who=())),
}


def is_one(a: EventAccount, b: EventAccount) -> bool:
    verdict = compare_events(a, b, SETTINGS)
    return verdict.veto is None and verdict.score >= MERGE


@pytest.mark.parametrize("case", SAME)
def test_same(case: str) -> None:
    a, b = SAME[case]
    assert is_one(a, b), compare_events(a, b, SETTINGS).explanation


@pytest.mark.parametrize("case", APART)
def test_apart(case: str) -> None:
    a, b = APART[case]
    assert not is_one(a, b), compare_events(a, b, SETTINGS).explanation


@pytest.mark.parametrize("case", SAME | APART)
def test_order_makes_no_difference(case: str) -> None:
    a, b = (SAME | APART)[case]
    assert compare_events(a, b, SETTINGS).score == compare_events(b, a, SETTINGS).score
    assert bool(compare_events(a, b, SETTINGS).veto) == bool(compare_events(b, a, SETTINGS).veto)


@pytest.mark.parametrize("case", SAME)
def test_the_index_finds_what_is_one(case: str) -> None:
    a, b = (event_keys(account, SETTINGS) for account in SAME[case])
    assert sought_keys(a, SETTINGS) & b
    assert sought_keys(b, SETTINGS) & a


def test_a_year_is_found_by_its_days_and_the_other_way_round() -> None:
    year, day = event("a", when="2025"), event("b")
    assert sought_keys(event_keys(year, SETTINGS), SETTINGS) & event_keys(day, SETTINGS)
    assert sought_keys(event_keys(day, SETTINGS), SETTINGS) & event_keys(year, SETTINGS)
    assert not event_keys(event("c", when=None, published=""), SETTINGS)


def test_a_day_that_no_calendar_has_is_undated() -> None:
    odd = replace(event("a"), when=event("a", when="2025-02-30").when)
    assert "undated" in compare_events(odd, event("b"), SETTINGS).reasons

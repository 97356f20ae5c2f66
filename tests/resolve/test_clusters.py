"""Groups: no chain brings together what contradicts, and the order of reading makes no difference."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.accounts import EventAccount, Paper
from kg.resolve.components import MemoryIndex, Resolver, event_matcher
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.settings import load_settings
from tests.resolve.making import CN, IN, LAVROV, MODI, PUTIN, RU, WANG, XI, event

MATCHER = event_matcher(load_settings())
Groups = set[tuple[str, ...]]


def group(accounts: list[EventAccount], decisions: Decisions | None = None) -> Groups:
    index = MemoryIndex(accounts, MATCHER)
    return set(Resolver(index, MATCHER, decisions or Decisions()).resolve(index.accounts))


def decide(*rows: tuple[str, str, bool]) -> Decisions:
    return Decisions({(a, b): Decision(a, b, same, row) for row, (a, b, same) in enumerate(rows, 2)})


def test_an_event_told_once_stands_alone() -> None:
    assert group([event("a"), event("b", when="2025-09-10", published="2025-09-10")]) == {("event/a",), ("event/b",)}


def test_a_chain_does_not_merge_what_contradicts() -> None:
    both = (Paper("Agreement", frozenset({"торго"})), Paper("Agreement", frozenset({"транз"})))
    accounts = [
        event("a", "Signing", papers=both[:1]),
        event("b", "Signing", papers=both),
        event("c", "Signing", papers=both[1:]),
    ]
    groups = group(accounts)
    assert sorted(map(len, groups)) == [1, 2]
    assert not any({"event/a", "event/c"} <= set(members) for members in groups)


def test_decisions_count_more_than_scores() -> None:
    one, other, far = event("a"), event("b"), event("c", when="2025-09-10", published="2025-09-10")
    assert group([one, other]) == {("event/a", "event/b")}
    assert group([one, other], decide(("event/a", "event/b", False))) == {("event/a",), ("event/b",)}
    assert ("event/a", "event/b", "event/c") in group([one, other, far], decide(("event/a", "event/c", True)))
    assert group([one], decide(("event/a", "event/gone", True))) == {("event/a",)}


DAYS = ("2025-06-10", "2025-06-11", "2025-06", None, "2025-06-09/2025-06-11", "2025")
ACCOUNTS = st.builds(
    lambda number, type_, who, when, places, status, published: event(
        str(number), type_, who[0], who[1], when, published, places, status
    ),
    st.integers(0, 999),
    st.sampled_from(("Talks", "Meeting", "Visit", "PhoneCall")),
    st.sampled_from(
        (
            ((PUTIN, XI), (RU, CN)),
            ((PUTIN,), (RU,)),
            ((LAVROV, WANG), (RU, CN)),
            ((), (RU, CN)),
            ((PUTIN, MODI), (RU, IN)),
        )
    ),
    st.sampled_from(DAYS),
    st.sampled_from(((), ("city/beijing",), ("city/harbin",), (CN,))),
    st.sampled_from(("planned", "occurred", "cancelled")),
    st.sampled_from(("2025-06-01", "2025-06-10", "2025-06-12", "")),
)


@given(st.lists(ACCOUNTS, unique_by=lambda account: account.id, max_size=14), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(accounts: list[EventAccount], chance: random.Random) -> None:
    shuffled = accounts.copy()
    chance.shuffle(shuffled)
    groups = group(accounts)
    assert group(shuffled) == groups
    assert sorted(id_ for members in groups for id_ in members) == sorted(account.id for account in accounts)


@given(st.lists(ACCOUNTS, unique_by=lambda account: account.id, max_size=14))
def test_no_group_holds_a_veto(accounts: list[EventAccount]) -> None:
    by_id = {account.id: account for account in accounts}
    for members in group(accounts):
        for a in members:
            for b in members:
                assert a == b or MATCHER.compare(by_id[a], by_id[b], MATCHER.settings).veto is None


@given(st.lists(ACCOUNTS, unique_by=lambda account: account.id, max_size=10))
def test_the_index_misses_no_likely_pair_with_something_in_common(accounts: list[EventAccount]) -> None:
    index = MemoryIndex(accounts, MATCHER)
    resolver = Resolver(index, MATCHER, Decisions())
    for a in accounts:
        for b in accounts:
            common = (a.persons & b.persons) or (len(a.countries & b.countries) > 1)
            if a.id < b.id and common and resolver.is_likely(a.id, b.id) and a.source.day and b.source.day:
                assert b.id in resolver.candidates(a.id)


@pytest.mark.parametrize("size", [2, 5, 40])
def test_one_event_told_by_many_is_one_group(size: int) -> None:
    (members,) = group([event(f"{n:03}") for n in range(size)])
    assert len(members) == size

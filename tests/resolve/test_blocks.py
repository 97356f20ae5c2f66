"""Blocks: what many articles tell alike is compared once, and comes out much as if each were compared with each."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.accounts import Account, DocumentAccount, EventAccount, Source
from kg.resolve.clusters import Bundle, Scores
from kg.resolve.components import Matcher, MemoryIndex, Resolver, document_matcher, event_matcher
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.settings import Settings
from kg.resolve.verdicts import Verdict
from tests.resolve.making import CN, RU, SETTINGS, document, event

DOCUMENTS, EVENTS = document_matcher(SETTINGS), event_matcher(SETTINGS)
A = TypeVar("A", bound=Account)
Groups = set[tuple[str, ...]]


def group(matcher: Matcher[A], accounts: Iterable[A], *decided: Decision) -> Groups:
    index = MemoryIndex(accounts, matcher)
    decisions = Decisions({decision.pair: decision for decision in decided})
    return set(Resolver(index, matcher, decisions).resolve(index.accounts))


def move(account: DocumentAccount, article: str) -> DocumentAccount:
    return replace(account, source=Source(account.source.published, f"article/{article}"))


def tell(number: int) -> DocumentAccount:
    """One agreement on some day of two years."""
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days=number * 7 % 730)
    return document(f"{number:05}", published=day.isoformat(), status="planned")


def count_comparisons(accounts: list[DocumentAccount]) -> int:
    """How many pairs are compared until all these are found to be one."""
    compared = list[str]()

    def compare(a: DocumentAccount, b: DocumentAccount, settings: Settings) -> Verdict:
        compared.append(a.id)
        return DOCUMENTS.compare(a, b, settings)

    (members,) = group(replace(DOCUMENTS, compare=compare), accounts)
    assert len(members) == len(accounts)
    return len(compared)


def test_what_more_articles_tell_alike_costs_no_more_comparisons() -> None:
    fewer, more = (count_comparisons([tell(number) for number in range(size)]) for size in (1000, 3000))
    assert more <= 1.1 * fewer


@pytest.mark.parametrize("vague", [False, True])
def test_events_told_alike_are_compared_once_however_many(vague: bool) -> None:
    """Also those of which too little is known to make them one."""
    compared = list[str]()

    def compare(a: EventAccount, b: EventAccount, settings: Settings) -> Verdict:
        compared.append(a.id)
        return EVENTS.compare(a, b, settings)

    accounts = [tell_vaguely(f"{n:05}") if vague else event(f"{n:05}") for n in range(2000)]
    groups = group(replace(EVENTS, compare=compare), accounts)
    assert len(groups) == (2000 if vague else 1)
    assert len(compared) < 10


def tell_vaguely(id_: str) -> EventAccount:
    """A statement of which the country alone is known."""
    return event(id_, "Statement", who=(), countries=(RU,), when=None)


def test_an_article_that_tells_it_twice_tells_two_apart() -> None:
    accounts = [move(document(f"{article}{n}"), article) for article in "abc" for n in range(2)]
    assert group(DOCUMENTS, accounts) == {
        ("document/a0", "document/b0", "document/c0"),
        ("document/a1", "document/b1", "document/c1"),
    }


WORDINGS = {
    "events": (EVENTS, event("a", places=("city/beijing",)), event("b")),
    "documents": (DOCUMENTS, document("a", status="planned"), document("b", day="2025-06-10")),
}


@pytest.mark.parametrize("sort", WORDINGS)
@pytest.mark.parametrize("both", [1, 2, 10])
def test_articles_that_tell_both_wordings_keep_only_their_own_apart(sort: str, both: int) -> None:
    matcher, *wordings = WORDINGS[sort]
    told = [(w, n, f"{n}{w}") for w in range(2) for n in range(6)]
    told += [(w, n, f"both{n}") for w in range(2) for n in range(6, 6 + both)]
    accounts = [
        replace(wordings[w], id=f"x/{n:02}{w}", source=Source("2025-06-10", f"article/{article}"))  # type: ignore[type-var]
        for w, n, article in told
    ]
    groups = sorted(map(len, group(matcher, accounts)))  # type: ignore[type-var]
    assert groups == [both, 12 + both]


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_on_an_account_leaves_it_among_those_that_say_the_same(same: bool) -> None:
    accounts = [event(f"a{n}") for n in range(4)] + [event(f"z{n}", article="z") for n in range(2)]
    other = event("v", when="2025-09-10", published="2025-09-10")
    groups = group(EVENTS, [*accounts, other], Decision("event/v", "event/z0", same, 2))
    assert groups == {
        ("event/a0", "event/a1", "event/a2", "event/a3", *(("event/v",) if same else ()), "event/z0"),
        ("event/z1",),
        *(() if same else [("event/v",)]),
    }


def test_a_bridge_between_two_days_counts_once_and_each_of_their_articles_too() -> None:
    """Two calls, and one article that leaves open which it was."""
    days = [event(f"{day}{n}", "PhoneCall", when=f"2025-06-{day}") for day in (10, 11) for n in range(6)]
    groups = group(EVENTS, [*days, event("x", "PhoneCall", when="2025-06-10/2025-06-11")])
    assert sorted(map(len, groups)) == [6, 7]


def test_a_document_is_near_to_any_that_is_told_within_the_week() -> None:
    transit = [
        document(str(day), "соглашение о торговле и транзите грузов", published=f"2025-06-{day:02}", status="planned")
        for day in (1, 15, 29)
    ]
    oil = document("oil", "соглашение о торговле и транзите нефти", published="2025-06-15", status="planned")
    assert len(group(DOCUMENTS, [*transit, oil])) == 1


@pytest.mark.parametrize("same", [True, False])
def test_decisions_count_within_a_block(same: bool) -> None:
    accounts = [document(str(n)) for n in range(4)]
    decision = Decision("document/0", "document/1", same, 2)
    groups = group(DOCUMENTS, accounts, decision)
    assert any({"document/0", "document/1"} <= set(members) for members in groups) is same
    assert any({"document/2", "document/3"} <= set(members) for members in groups)


TITLES = ("соглашение о торговле", "соглашение о торговле и транзите", "соглашение", "меморандум о культуре")
DAYS = ("2025-06-10", "2025-06-28", "2025-07-03", "2025-11-20", "")
ACCOUNTS = st.builds(
    lambda number, article, title, parties, published, status, signed: move(
        document(str(number), title, "Agreement", parties, published, status, signed), article
    ),
    st.integers(0, 999),
    st.sampled_from("abcdefgh"),
    st.sampled_from(TITLES),
    st.sampled_from(((RU, CN), (RU,), ())),
    st.sampled_from(DAYS),
    st.sampled_from(("signed", "planned", "mentioned")),
    st.sampled_from((None, "2025-06-10", "2025-06-11", "2025-02-01")),
)


@given(st.lists(ACCOUNTS, unique_by=lambda account: account.id, max_size=16), st.randoms(use_true_random=False))
def test_groups_of_documents_do_not_depend_on_the_order(accounts: list[DocumentAccount], chance: random.Random) -> None:
    shuffled = accounts.copy()
    chance.shuffle(shuffled)
    groups = group(DOCUMENTS, accounts)
    assert group(DOCUMENTS, shuffled) == groups
    assert sorted(id_ for members in groups for id_ in members) == sorted(account.id for account in accounts)


@given(st.lists(ACCOUNTS, unique_by=lambda account: account.id, max_size=16))
def test_no_group_holds_two_of_one_article_or_signed_long_apart(accounts: list[DocumentAccount]) -> None:
    by_id = {account.id: account for account in accounts}
    for members in group(DOCUMENTS, accounts):
        for a, b in combinations(members, 2):
            verdict = DOCUMENTS.compare(by_id[a], by_id[b], SETTINGS)
            assert verdict.veto != "one article tells them apart"
            assert verdict.veto != "signed on other days"


def test_many_wordings_in_varied_company_take_no_cube_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each article tells two of six agreements, so that hardly any two parts may join: none is tried twice."""
    titles = [f"соглашение о торговле {word}" for word in ("лесом", "рыбой", "зерном", "нефтью", "газом", "хлопком")]
    pairs = list(combinations(range(len(titles)), 2))
    accounts = [
        move(document(f"{n:03}{title}", titles[title], published=day.isoformat(), status="planned"), f"{n:03}")
        for n in range(120)
        for title in pairs[n % len(pairs)]
        for day in (datetime.date(2025, 1, 1) + datetime.timedelta(days=n),)
    ]
    asked = list[str]()
    find = Scores.find

    def count(scores: Scores, one: Bundle, other: Bundle) -> float | None:
        asked.append(one[0].first)
        return find(scores, one, other)

    monkeypatch.setattr(Scores, "find", count)
    groups = group(DOCUMENTS, accounts)
    assert sum(map(len, groups)) == len(accounts)
    assert len(asked) < len(accounts) ** 2 / 2

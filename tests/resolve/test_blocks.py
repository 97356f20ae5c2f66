"""Blocks: what many articles tell alike is compared once, and comes out as if each had been compared with each."""

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


def test_what_a_thousand_articles_tell_alike_is_compared_by_the_month_only() -> None:
    compared = list[tuple[str, str]]()

    def compare(a: DocumentAccount, b: DocumentAccount, settings: Settings) -> Verdict:
        compared.append((a.id, b.id))
        return DOCUMENTS.compare(a, b, settings)

    matcher = replace(DOCUMENTS, compare=compare)
    (members,) = group(matcher, [tell(number) for number in range(2000)])
    assert len(members) == 2000
    assert len(compared) < 10_000  # of two million pairs


def test_events_told_alike_are_one_group_however_many() -> None:
    compared = list[str]()

    def compare(a: EventAccount, b: EventAccount, settings: Settings) -> Verdict:
        compared.append(a.id)
        return EVENTS.compare(a, b, settings)

    (members,) = group(replace(EVENTS, compare=compare), [event(f"{n:05}") for n in range(2000)])
    assert len(members) == 2000
    assert len(compared) < 10


def test_an_article_that_tells_it_twice_tells_two_apart() -> None:
    accounts = [move(document(f"{article}{n}"), article) for article in "abc" for n in range(2)]
    assert group(DOCUMENTS, accounts) == {
        ("document/a0", "document/b0", "document/c0"),
        ("document/a1", "document/b1", "document/c1"),
    }


def test_equal_accounts_of_which_too_little_is_known_stay_apart() -> None:
    vague = [event(str(n), "Statement", who=(), countries=(RU,), when=None) for n in range(3)]
    assert not Resolver(MemoryIndex(vague, EVENTS), EVENTS, Decisions()).is_likely("event/0", "event/1")
    assert group(EVENTS, vague) == {("event/0",), ("event/1",), ("event/2",)}


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

"""Blocks: accounts that say the same, as far as it is compared.

What a thousand articles tell alike is compared once.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kg.resolve.accounts import Account, DocumentAccount, EventAccount
from kg.resolve.settings import Settings
from kg.resolve.windows import find_window


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account is compared by: those of which ``told`` is equal may be one block, which has its first and last
    ``day`` (None where only ``told`` counts).
    """

    told: Hashable
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Accounts of as many articles that are one from the start, in order; mostly one account.

    Others are compared with its ``delegates``, the first and the last by day.
    """

    ids: tuple[str, ...]
    articles: frozenset[str]
    delegates: tuple[str, ...]

    @property
    def first(self) -> str:
        """The id by which blocks are in order."""
        return self.ids[0]


def event_profile(account: EventAccount, settings: Settings) -> Profile:
    """All that events are compared by."""
    wordy = settings.holds("wordy", *settings.families.get(settings.family(account.type), (account.type,)))
    told = (
        account.type,
        find_window(account, settings),
        account.roles,
        account.states,
        account.spots,
        account.papers,
        account.rank,
        account.topics,
        account.words if wordy else None,
    )
    return Profile(told)


def document_profile(account: DocumentAccount, settings: Settings) -> Profile:
    """The paper with the day on which it was signed or, where it has a title, with the month in which it is told."""
    day = account.day or account.source.day
    signed = account.day if account.status == "signed" else None
    exact = day is None or signed or not account.paper.words
    return Profile((account.paper, signed, day if exact else (day.year, day.month)), day)  # type: ignore[union-attr]


def make_blocks(accounts: Iterable[tuple[Account, datetime.date | None]]) -> Iterator[Block]:
    """The blocks of accounts of one profile, each with its day: an article that tells it twice tells two apart.

    The first of each article are one block, the second ones another, and so on.
    """
    by_article: dict[str, list[tuple[str, datetime.date]]] = {}
    for account, day in accounts:
        by_article.setdefault(account.source.article, []).append((account.id, day or datetime.date.min))
    for row in zip_longest(*(sorted(found) for found in by_article.values())):
        members = {article: member for article, member in zip(by_article, row, strict=True) if member}
        yield make_block(dict(members.values()), members)


def make_block(days: dict[str, datetime.date], articles: Iterable[str]) -> Block:
    """A block of accounts with their days."""
    ordered = sorted(days, key=lambda id_: (days[id_], id_))
    first, last = ordered[0], ordered[-1]
    delegates = (first,) if days[first] == days[last] else (first, last)
    return Block(tuple(sorted(days)), frozenset(articles), delegates)

"""Blocks: accounts that say the same, as far as it is compared, so that others are compared with all at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.resolve.accounts import Account, DocumentAccount, EventAccount
from kg.resolve.settings import Settings
from kg.resolve.windows import find_window


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account is compared by. Those of equal ``content`` are compared alike, but for the ``day``, by which the
    first and the last of them speak for the others; None where it does not count.
    """

    content: object
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Accounts of one content, by id with the article of each; no article has two of them.

    Others are compared with its ``delegates``, the first and the last by day. Of a ``loose`` block so little is known
    that its accounts are not likely one; nor are they with others, as nothing is nearer to an account than its like.
    """

    first: str  # by which blocks are in order
    articles: Mapping[str, str]
    delegates: tuple[str, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Accounts of a block that are one from the start: mostly all of them, but for those whose articles tell of other
    blocks of the component too, and so keep these apart.
    """

    ids: tuple[str, ...]
    articles: frozenset[str]
    block: Block

    @property
    def first(self) -> str:
        """The id by which parts are in order."""
        return self.ids[0]


def event_profile(account: EventAccount, settings: Settings) -> Profile:
    """All that events are compared by."""
    wordy = settings.holds("wordy", *settings.families.get(settings.family(account.type), (account.type,)))
    content = (
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
    return Profile(content)


def document_profile(account: DocumentAccount, settings: Settings) -> Profile:
    """The paper with the day on which it was signed; or with that on which it is told, roughly if it has a title.

    Whatever is told within a stretch of as many days as count as near, is near, and of two stretches the last day of
    one and the first of the other are the nearest.
    """
    day = account.day or account.source.day
    if account.status == "signed" and account.day:
        return Profile((account.paper, "signed", account.day), day)
    if day is None or not account.paper.words:
        return Profile((account.paper, "told", day), day)
    return Profile((account.paper, "told about", day.toordinal() // (settings.document_days["near"] + 1)), day)


def make_blocks(
    accounts: Iterable[tuple[Account, Profile]], alone: frozenset[str] = frozenset(), *, loose: bool = False
) -> Iterator[Block]:
    """The blocks of accounts of one content: an article that tells it twice tells two apart.

    The first of each article are one block, the second ones another, and so on; but each of ``alone`` stands alone.
    """
    by_article: dict[str, list[tuple[str, datetime.date]]] = {}
    for account, profile in accounts:
        by_article.setdefault(account.source.article, []).append((account.id, profile.day or datetime.date.min))
    for row in zip_longest(*map(sorted, by_article.values())):
        found = [(*member, article) for article, member in zip(by_article, row, strict=True) if member]
        yield from (make_single(id_, article) for id_, _, article in found if id_ in alone)
        if rest := [member for member in found if member[0] not in alone]:
            yield make_block(rest, loose)


def make_block(members: Sequence[tuple[str, datetime.date, str]], loose: bool) -> Block:
    """The block of ids, each with its day and article."""
    articles = {id_: article for id_, _, article in members}
    days = sorted((day, id_) for id_, day, _ in members)
    delegates = (days[0], days[-1]) if days[0][0] < days[-1][0] else days[:1]
    return Block(min(articles), articles, tuple(id_ for _, id_ in delegates), loose)


def make_single(id_: str, article: str) -> Block:
    """The block of an account that stands alone."""
    return Block(id_, {id_: article}, (id_,))


def is_of_one_article(one: Block, other: Block) -> bool:
    """Whether both blocks are told by one article alone, which so keeps them apart."""
    return len(one.articles) == len(other.articles) == 1 and {*one.articles.values()} == {*other.articles.values()}


def split_blocks(blocks: Iterable[Block]) -> dict[Block, list[Part]]:
    """The parts of the blocks of a component, by which of its blocks an article tells of."""
    blocks = tuple(blocks)
    told: dict[str, list[str]] = {}
    for block in blocks:
        for article in block.articles.values():
            told.setdefault(article, []).append(block.first)
    return {block: list(split_block(block, told)) for block in blocks}


def split_block(block: Block, told: Mapping[str, list[str]]) -> Iterator[Part]:
    """The parts of one block; of a loose one each account is a part. ``told`` are the blocks that articles tell of."""
    parts: dict[object, list[str]] = {}
    for id_, article in block.articles.items():
        parts.setdefault(id_ if block.loose else tuple(sorted(told[article])), []).append(id_)
    for ids in parts.values():
        yield Part(tuple(sorted(ids)), frozenset(block.articles[id_] for id_ in ids), block)

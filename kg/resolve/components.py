"""Which accounts must be grouped together: those that likely pairs connect, found through an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from typing import Generic, Protocol, TypeVar

from kg.resolve.accounts import Account, DocumentAccount, EventAccount
from kg.resolve.blocks import (
    Block,
    Part,
    Profile,
    document_profile,
    event_profile,
    is_of_one_article,
    make_blocks,
    make_single,
    split_blocks,
)
from kg.resolve.clusters import make_groups
from kg.resolve.decisions import Decisions
from kg.resolve.documents import compare_documents
from kg.resolve.events import compare_events
from kg.resolve.keys import document_keys, event_keys, sought_keys
from kg.resolve.settings import Settings
from kg.resolve.verdicts import Verdict

A = TypeVar("A", bound=Account)
AnyAccount = TypeVar("AnyAccount", bound=Account, covariant=True)


class Index(Protocol[AnyAccount]):
    """Where accounts are found, by key and by id."""

    def find(self, keys: Set[str]) -> Set[str]:
        """The ids of the accounts that stand under any of these keys."""

    def account(self, id_: str) -> AnyAccount | None:
        """The account of an id; None where there is none (any more)."""

    def keys(self, id_: str) -> frozenset[str] | None:
        """The keys under which an account stands, if they are at hand."""


@dataclass(frozen=True, slots=True)
class Matcher(Generic[A]):
    """How accounts of one sort are indexed, brought into blocks and compared."""

    keys: Callable[[A, Settings], frozenset[str]]
    profile: Callable[[A, Settings], Profile]
    compare: Callable[[A, A, Settings], Verdict]
    settings: Settings


def is_likely(verdict: Verdict, settings: Settings) -> bool:
    """Whether two of this verdict may be one."""
    return verdict.veto is None and verdict.score >= settings.thresholds["merge"]


def are_likely(a: Account, b: Account, settings: Settings) -> bool:
    """Whether two accounts may be one, whatever people decided."""
    if isinstance(a, EventAccount) and isinstance(b, EventAccount):
        return is_likely(compare_events(a, b, settings), settings)
    if isinstance(a, DocumentAccount) and isinstance(b, DocumentAccount):
        return is_likely(compare_documents(a, b, settings), settings)
    return False


def event_matcher(settings: Settings) -> Matcher[EventAccount]:
    """The matcher of events."""
    return Matcher(event_keys, event_profile, compare_events, settings)


def document_matcher(settings: Settings) -> Matcher[DocumentAccount]:
    """The matcher of documents."""
    return Matcher(document_keys, document_profile, compare_documents, settings)


class Resolver(Generic[A]):
    """Groups accounts of one sort; remembers what it has compared, and lives for one run."""

    def __init__(self, index: Index[A], matcher: Matcher[A], decisions: Decisions) -> None:
        self.index, self.matcher, self.decisions = index, matcher, decisions
        self.settings = matcher.settings
        self.blocks: dict[str, Block] = {}
        self.profiles: dict[str, Profile] = {}
        self.contents: dict[object, int] = {}
        self.found: dict[str, frozenset[str]] = {}
        self.near: dict[Block, frozenset[Block]] = {}
        self.scores: dict[tuple[str, str], float | None] = {}

    def resolve(self, seeds: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """The groups of all components that hold a seed, single accounts included."""
        seen = set[str]()
        for seed in sorted(seeds):
            if seed not in seen and self.is_there(seed):
                component = self.find_component(self.find_block(seed))
                seen.update(id_ for block in component for id_ in block.articles)
                yield from self.group(component)

    def group(self, component: Iterable[Block]) -> tuple[tuple[str, ...], ...]:
        """The groups of a component."""
        parts = split_blocks(component)
        if len(parts) == 1:
            return tuple(part.ids for own in parts.values() for part in own)
        pairs = ((one, other) for one in parts for other in self.near[one] if one.first < other.first)
        edges = chain(
            (pair for one, other in pairs for pair in product(parts[one], parts[other])),
            (pair for block, own in parts.items() if not block.loose for pair in combinations(own, 2)),
        )
        mean = self.settings.thresholds["mean"]
        return make_groups(chain.from_iterable(parts.values()), edges, self.score, self.decisions, mean)

    def find_component(self, start: Block) -> frozenset[Block]:
        """All blocks that likely pairs connect with one."""
        found, rest = set[Block](), {start}
        while rest:
            block = rest.pop()
            found.add(block)
            rest |= self.neighbours(block) - found
        return frozenset(found)

    def find_block(self, id_: str) -> Block:
        """The block in which an account stands."""
        if id_ not in self.blocks:
            for block in self.list_blocks(id_):
                self.blocks.update(dict.fromkeys(block.articles, block))
        return self.blocks[id_]

    def list_blocks(self, id_: str) -> Iterator[Block]:
        """The blocks of the accounts that say what an account says; of what people decided each is one of its own."""
        accounts = self.list_alike(id_)
        if len(accounts) == 1:
            yield make_single(id_, accounts[0].source.article)
            return
        loose = not is_likely(self.judge(id_, id_), self.settings)
        yield from make_blocks(((a, self.profile(a)) for a in accounts), self.decisions.ids, loose=loose)

    def list_alike(self, id_: str) -> list[A]:
        """The accounts that say what an account says, this one included."""
        own = [account for account in (self.index.account(id_),) if account]
        others = [account for other in self.candidates(id_) if (account := self.index.account(other))]
        if not others:
            return own
        content = self.profile(*own).content
        return own + [account for account in others if self.profile(account).content == content]

    def profile(self, account: A) -> Profile:
        """What an account is compared by, with a number for the content; remembered."""
        if account.id not in self.profiles:
            profile = self.matcher.profile(account, self.settings)
            number = self.contents.setdefault(profile.content, len(self.contents))
            self.profiles[account.id] = replace(profile, content=number)
        return self.profiles[account.id]

    def neighbours(self, block: Block) -> frozenset[Block]:
        """The blocks that may be one with a block: of two delegates either finds the other; remembered."""
        if block not in self.near:
            decided = (self.decisions.partners.get(id_, frozenset()) for id_ in block.delegates)
            known = filter(self.is_there, chain.from_iterable(decided))
            self.near[block] = frozenset((*self.find_near(block), *map(self.find_block, known))) - {block}
            for id_ in block.delegates:  # nobody asks again, and there may be many
                self.found.pop(id_, None)
        return self.near[block]

    def find_near(self, block: Block) -> Iterator[Block]:
        """The blocks that are likely one with a block, some of them several times."""
        for own in block.delegates:
            candidates = self.candidates(own)
            unknown = [other for other in candidates if other not in self.blocks]
            for other in chain(candidates.difference(unknown), self.find_likely(own, unknown)):
                known = self.find_block(other)
                if known in self.near:
                    yield from (known,) if block in self.near[known] else ()
                elif other in known.delegates and not is_of_one_article(block, known) and self.is_likely(own, other):
                    yield known

    def find_likely(self, id_: str, candidates: Iterable[str]) -> Iterator[str]:
        """Of candidates those of a content that may be one with what an account says: if the nearest by day may.

        Those of one content are told from one another by their days only, and none is likelier for being farther.
        """
        alike: dict[object, list[A]] = {}
        for other in candidates:
            if account := self.index.account(other):
                alike.setdefault(self.profile(account).content, []).append(account)
        for accounts in alike.values():
            nearest = min(accounts, key=lambda account: self.count_days(id_, account))
            if is_likely(self.judge(id_, nearest.id), self.settings):
                yield from (account.id for account in accounts)

    def count_days(self, id_: str, other: A) -> int:
        """The days between two accounts, as far as they count; 0 if either has none."""
        account = self.index.account(id_)
        one, day = account and self.profile(account).day, self.profile(other).day
        return abs((one - day).days) if one and day else 0

    def candidates(self, id_: str) -> frozenset[str]:
        """The accounts that stand under the keys that an account seeks; remembered until it is known who is near."""
        if id_ not in self.found:
            self.found[id_] = self.find_candidates(id_)
        return self.found[id_]

    def find_candidates(self, id_: str) -> frozenset[str]:
        """The same, not remembered."""
        sought = sought_keys(self.keys(id_), self.settings)
        return frozenset(self.index.find(sought) - {id_})

    def keys(self, id_: str) -> frozenset[str]:
        """The keys under which an account stands."""
        account, known = self.index.account(id_), self.index.keys(id_)
        if account is None or known is not None:
            return known or frozenset()
        return self.matcher.keys(account, self.settings)

    def is_there(self, id_: str) -> bool:
        """Whether there is an account of an id: an article that changed may be indexed as it was."""
        return self.index.account(id_) is not None

    def is_likely(self, a: str, b: str) -> bool:
        """Whether two that are there may be one, whatever their articles, which keep them apart later."""
        return is_likely(self.judge(a, b), self.settings) and self.decisions.find(a, b) is not False

    def score(self, one: Part, other: Part) -> float | None:
        """The best score of two delegates; None where vetoes keep all apart, or an article tells of both parts."""
        if not one.articles.isdisjoint(other.articles):
            return None
        first, second = sorted((one.block.first, other.block.first))
        if (first, second) not in self.scores:
            verdicts = (self.judge(a, b) for a in one.block.delegates for b in other.block.delegates)
            found = (verdict.score for verdict in verdicts if verdict.veto is None)
            self.scores[first, second] = max(found, default=None)
        return self.scores[first, second]

    def compare(self, a: str, b: str) -> Verdict:
        """The verdict on two accounts."""
        return self.matcher.compare(*self.find_pair(a, b), self.settings)

    def judge(self, a: str, b: str) -> Verdict:
        """The verdict on what two accounts say, as if two articles said it."""
        one, other = self.find_pair(a, b)
        if one.source.article == other.source.article:
            other = replace(other, source=replace(other.source, article=""))
        return self.matcher.compare(one, other, self.settings)

    def find_pair(self, a: str, b: str) -> tuple[A, A]:
        """Two accounts, in an order that does not depend on who asks. Raises KeyError where one is not there."""
        one, other = (self.index.account(id_) for id_ in sorted((a, b)))
        if one is None or other is None:
            raise KeyError(a, b)
        return one, other


class MemoryIndex(Generic[A]):
    """An index over accounts at hand."""

    def __init__(self, accounts: Iterable[A], matcher: Matcher[A]) -> None:
        self.accounts: dict[str, A] = {}
        self.posted: dict[str, frozenset[str]] = {}
        self.lists: dict[str, list[str]] = {}
        for account in accounts:
            self.add(account, matcher.keys(account, matcher.settings))

    def add(self, account: A, keys: frozenset[str]) -> None:
        """Post an account under its keys."""
        self.accounts[account.id] = account
        self.posted[account.id] = keys
        for key in keys:
            self.lists.setdefault(key, []).append(account.id)

    def find(self, keys: Set[str]) -> Set[str]:
        """The ids of the accounts that stand under any of these keys."""
        return set().union(*(self.lists[key] for key in keys & self.lists.keys()))

    def account(self, id_: str) -> A | None:
        """The account of an id."""
        return self.accounts.get(id_)

    def keys(self, id_: str) -> frozenset[str] | None:
        """The keys under which an account stands."""
        return self.posted.get(id_)

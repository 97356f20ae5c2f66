"""Which accounts must be grouped together: those that likely pairs connect, found through an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kg.resolve.accounts import Account, DocumentAccount, EventAccount
from kg.resolve.blocks import Block, Profile, document_profile, event_profile, make_blocks
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

    def find(self, key: str) -> Iterable[str]:
        """The ids of the accounts that stand under a key."""

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
        self.found: dict[str, frozenset[str]] = {}
        self.scores: dict[tuple[str, str], float | None] = {}

    def resolve(self, seeds: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """The groups of all components that hold a seed, single accounts included."""
        seen = set[str]()
        for seed in sorted(seeds):
            if seed not in seen and self.is_there(seed):
                component = self.find_component(self.find_block(seed))
                seen.update(id_ for block in component for id_ in block.ids)
                yield from self.group(component)

    def group(self, component: Mapping[Block, frozenset[Block]]) -> tuple[tuple[str, ...], ...]:
        """The groups of a component, given as its blocks with the neighbours of each."""
        if len(component) == 1:
            return tuple(block.ids for block in component)
        edges = ((a, b) for a, near in component.items() for b in near if a.first < b.first)
        return make_groups(tuple(component), edges, self.score, self.decisions, self.settings.thresholds["mean"])

    def find_component(self, start: Block) -> dict[Block, frozenset[Block]]:
        """All blocks that likely pairs connect with one, each with its neighbours."""
        found, rest = dict[Block, frozenset[Block]](), {start}
        while rest:
            block = rest.pop()
            found[block] = self.neighbours(block)
            rest |= found[block] - found.keys()
        return found

    def find_block(self, id_: str) -> Block:
        """The block in which an account stands."""
        if id_ not in self.blocks:
            for block in self.list_blocks(id_):
                self.blocks.update(dict.fromkeys(block.ids, block))
        return self.blocks[id_]

    def list_blocks(self, id_: str) -> Iterator[Block]:
        """The blocks of the accounts that say what an account says."""
        found = {id_} if id_ in self.decisions.ids else self.list_alike(id_)
        rows = {a.id: (a, self.profile(a).day) for a in map(self.index.account, found) if a}
        for block in make_blocks(rows.values()):
            yield from (
                (block,) if self.is_one(block) else (one for own in block.ids for one in make_blocks([rows[own]]))
            )

    def is_one(self, block: Block) -> bool:
        """Whether the accounts of a block may be one: of what is hardly known even equal accounts may be two."""
        return len(block.ids) == 1 or self.is_likely(*(block.delegates if len(block.delegates) > 1 else block.ids[:2]))

    def list_alike(self, id_: str) -> set[str]:
        """The accounts that say what an account says, this one included."""
        candidates = [account for other in self.candidates(id_) if (account := self.index.account(other))]
        own = self.index.account(id_)
        if own is None or not candidates:
            return {id_}
        told = self.profile(own).told
        return {id_, *(a.id for a in candidates if a.id not in self.decisions.ids and self.profile(a).told == told)}

    def profile(self, account: A) -> Profile:
        """What an account is compared by; remembered."""
        if account.id not in self.profiles:
            self.profiles[account.id] = self.matcher.profile(account, self.settings)
        return self.profiles[account.id]

    def neighbours(self, block: Block) -> frozenset[Block]:
        """The blocks that may be one with a block: of two delegates either finds the other."""
        pairs = ((own, other) for own in block.delegates for other in self.candidates(own) if self.may_speak(other))
        likely = (other for own, other in pairs if self.is_there(other) and self.is_likely(own, other))
        found = {near for other in likely if other in (near := self.find_block(other)).delegates}
        decided = (other for id_ in block.ids for other in self.decisions.partners.get(id_, ()) if self.is_there(other))
        apart = (other for other in found if not other.articles.isdisjoint(block.articles))
        return frozenset((*found.difference(apart, {block}), *map(self.find_block, decided)))

    def may_speak(self, id_: str) -> bool:
        """Whether an account may be a delegate; what is known not to be one need not be compared."""
        return id_ not in self.blocks or id_ in self.blocks[id_].delegates

    def candidates(self, id_: str) -> frozenset[str]:
        """The accounts that an account is compared with; remembered, as it is asked of few accounts of a block."""
        if id_ not in self.found:
            self.found[id_] = self.find_candidates(id_)
        return self.found[id_]

    def find_candidates(self, id_: str) -> frozenset[str]:
        """The accounts that stand under the keys that an account seeks."""
        sought = sought_keys(self.keys(id_), self.settings)
        return frozenset[str]().union(*map(self.index.find, sought)) - {id_}

    def keys(self, id_: str) -> frozenset[str]:
        """The keys under which an account stands."""
        account, known = self.index.account(id_), self.index.keys(id_)
        if account is None or known is not None:
            return known or frozenset()
        return self.matcher.keys(account, self.settings)

    def is_there(self, id_: str) -> bool:
        """Whether there is an account of an id: an article that changed may be indexed as it was."""
        return self.index.account(id_) is not None

    def score(self, one: Block, other: Block) -> float | None:
        """The best score of two delegates; None where vetoes keep all apart, or an article tells of both blocks."""
        key = (one.first, other.first) if one.first < other.first else (other.first, one.first)
        if key not in self.scores:
            pairs = [(a, b) for a in one.delegates for b in other.delegates]
            verdicts = (self.compare(*pair) for pair in pairs if one.articles.isdisjoint(other.articles))
            self.scores[key] = max((verdict.score for verdict in verdicts if verdict.veto is None), default=None)
        return self.scores[key]

    def is_likely(self, a: str, b: str) -> bool:
        """Whether two accounts may be one."""
        return is_likely(self.compare(a, b), self.settings) and self.decisions.find(a, b) is not False

    def compare(self, a: str, b: str) -> Verdict:
        """The verdict on two accounts."""
        first, second = sorted((a, b))
        one, other = self.index.account(first), self.index.account(second)
        if one is None or other is None:
            raise KeyError(a, b)
        return self.matcher.compare(one, other, self.settings)


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

    def find(self, key: str) -> Iterable[str]:
        """The ids of the accounts that stand under a key."""
        return self.lists.get(key, ())

    def account(self, id_: str) -> A | None:
        """The account of an id."""
        return self.accounts.get(id_)

    def keys(self, id_: str) -> frozenset[str] | None:
        """The keys under which an account stands."""
        return self.posted.get(id_)

"""Which accounts must be grouped together: those that likely pairs connect, found through an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kg.resolve.accounts import Account, DocumentAccount, EventAccount
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
    """How accounts of one sort are indexed and compared."""

    keys: Callable[[A, Settings], frozenset[str]]
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
    return Matcher(event_keys, compare_events, settings)


def document_matcher(settings: Settings) -> Matcher[DocumentAccount]:
    """The matcher of documents."""
    return Matcher(document_keys, compare_documents, settings)


class Resolver(Generic[A]):
    """Groups accounts of one sort; remembers what it has compared, and lives for one run."""

    def __init__(self, index: Index[A], matcher: Matcher[A], decisions: Decisions) -> None:
        self.index, self.matcher, self.decisions = index, matcher, decisions
        self.verdicts: dict[tuple[str, str], Verdict] = {}
        self.near: dict[str, frozenset[str]] = {}

    def resolve(self, seeds: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """The groups of all components that hold a seed, single accounts included."""
        seen = set[str]()
        for seed in sorted(seeds):
            if seed not in seen and self.is_there(seed):
                component = self.find_component(seed)
                seen |= component
                yield from self.group(component)

    def group(self, component: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        """The groups of a component."""
        if len(component) == 1:
            return (tuple(component),)
        edges = [(a, b) for a in component for b in self.neighbours(a) if a < b]
        mean = self.matcher.settings.thresholds["mean"]
        return make_groups(sorted(component), edges, self.compare, self.decisions, mean)

    def find_component(self, seed: str) -> frozenset[str]:
        """All that likely pairs connect with an account."""
        found, rest = {seed}, [seed]
        while rest:
            new = self.neighbours(rest.pop()) - found
            found |= new
            rest.extend(new)
        return frozenset(found)

    def neighbours(self, id_: str) -> frozenset[str]:
        """The accounts that may be one with an account."""
        if id_ not in self.near:
            likely = (other for other in self.candidates(id_) if self.is_there(other) and self.is_likely(id_, other))
            decided = self.decisions.partners.get(id_, frozenset())
            known = filter(self.is_there, decided)
            self.near[id_] = frozenset((*likely, *known))
        return self.near[id_]

    def candidates(self, id_: str) -> frozenset[str]:
        """The accounts that an account is compared with."""
        sought = sought_keys(self.keys(id_), self.matcher.settings)
        return frozenset[str]().union(*map(self.index.find, sought)) - {id_}

    def keys(self, id_: str) -> frozenset[str]:
        """The keys under which an account stands."""
        account, known = self.index.account(id_), self.index.keys(id_)
        if account is None or known is not None:
            return known or frozenset()
        return self.matcher.keys(account, self.matcher.settings)

    def is_there(self, id_: str) -> bool:
        """Whether there is an account of an id: an article that changed may be indexed as it was."""
        return self.index.account(id_) is not None

    def is_likely(self, a: str, b: str) -> bool:
        """Whether two may be one."""
        return is_likely(self.compare(a, b), self.matcher.settings) and self.decisions.find(a, b) is not False

    def compare(self, a: str, b: str) -> Verdict:
        """The verdict on two accounts."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self.verdicts:
            one, other = self.index.account(pair[0]), self.index.account(pair[1])
            if one is None or other is None:
                raise KeyError(pair)
            self.verdicts[pair] = self.matcher.compare(one, other, self.matcher.settings)
        return self.verdicts[pair]


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

"""Accounts into groups: the likeliest pairs first, as long as nothing in the arising group speaks against it.

What comes out depends on the accounts alone, never on the order in which they were met.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kg.resolve.blocks import Part
from kg.resolve.decisions import Decisions

Score = Callable[[Part, Part], float | None]
Edge = tuple[Part, Part]
Bundle = tuple[Part, ...]  # accounts that were decided to be one, in order; mostly one part, of any number of accounts


class Partition:
    """Disjoint sets of ids that know their members; a class, because sets are joined in place."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.sets: dict[str, list[str]] = {id_: [id_] for id_ in ids}

    def join(self, a: str, b: str) -> None:
        """Make one of two sets; the smaller goes over to the larger."""
        large, small = sorted((self.sets[a], self.sets[b]), key=len, reverse=True)
        large.extend(small)
        for id_ in small:
            self.sets[id_] = large

    def joined(self, a: str, b: str) -> bool:
        """Whether both stand in one set."""
        return self.sets[a] is self.sets[b]

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The sets, each in order, by their first members."""
        distinct = {id(members): members for members in self.sets.values()}
        return iter(sorted(tuple(sorted(members)) for members in distinct.values()))


def make_groups(
    parts: Iterable[Part], edges: Iterable[Edge], score: Score, decisions: Decisions, mean: float
) -> tuple[tuple[str, ...], ...]:
    """The groups of one component. ``edges`` are the pairs that may be one; ``mean`` what all pairs must average.

    Accounts that were decided to be one are one from the start: to others they are as near as the nearest of them.
    """
    bundles = make_bundles(parts, decisions)
    bundle_of = {part.first: bundle for bundle in bundles.values() for part in bundle}
    scores = Scores(score, decisions)
    ends = ((find_name(bundle_of[a.first]), find_name(bundle_of[b.first])) for a, b in edges)
    pairs = {(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}
    scored = ((scores.find(bundles[pair[0]], bundles[pair[1]]), pair) for pair in pairs)
    partition, failed = Partition(bundles), set[tuple[str, int, str, int]]()
    for _, (one, other) in sorted((-score, pair) for score, pair in scored if score is not None):
        left, right = sorted((partition.sets[one], partition.sets[other]))
        attempt = left[0], len(left), right[0], len(right)  # a set keeps its first id and only grows
        if left is right or attempt in failed:
            continue
        if may_join([bundles[a] for a in left], [bundles[b] for b in right], scores, mean):
            partition.join(one, other)
        else:
            failed.add(attempt)
    groups = ((id_ for first in group for part in bundles[first] for id_ in part.ids) for group in partition.groups())
    return tuple(tuple(sorted(ids)) for ids in groups)


def make_bundles(parts: Iterable[Part], decisions: Decisions) -> dict[str, Bundle]:
    """The parts that were decided to be one, by the first id of each bundle."""
    known = {part.first: part for part in parts}
    partition = Partition(sorted(known))
    for a, b in sorted(list_decided(known, decisions)):
        if not partition.joined(a, b):
            partition.join(a, b)
    return {group[0]: tuple(known[first] for first in group) for group in partition.groups()}


class Scores:
    """How near bundles are; remembers what it has found."""

    def __init__(self, score: Score, decisions: Decisions) -> None:
        self.score, self.decisions = score, decisions
        self.found: dict[tuple[str, str], float | None] = {}

    def find(self, one: Bundle, other: Bundle) -> float | None:
        """The best score of any pair; None where a decision or every veto keeps the bundles apart."""
        left, right = find_name(one), find_name(other)
        key = (left, right) if left < right else (right, left)
        if key not in self.found:
            self.found[key] = self.measure(one, other)
        return self.found[key]

    def measure(self, one: Bundle, other: Bundle) -> float | None:
        """The best score, not remembered."""
        pairs = [(a, b) for a in one for b in other]
        if any(self.decisions.find(a.first, b.first) is False for a, b in pairs):
            return None
        scores = (self.score(a, b) for a, b in pairs)
        return max((score for score in scores if score is not None), default=None)


def list_decided(ids: Collection[str], decisions: Decisions) -> Iterator[tuple[str, str]]:
    """The pairs that were decided to be one."""
    known = set(ids)
    for a in ids:
        for b in decisions.partners.get(a, frozenset()) & known:
            if a < b:
                yield a, b


def may_join(one: Sequence[Bundle], other: Sequence[Bundle], scores: Scores, mean: float) -> bool:
    """Whether nothing keeps any two bundles apart, and all pairs of accounts together are near enough."""
    total, number = 0.0, 0
    for a in sorted(one, key=find_name):
        for b in sorted(other, key=find_name):
            score = scores.find(a, b)
            if score is None:
                return False
            weight = count_votes(a) * count_votes(b)
            total, number = total + score * weight, number + weight
    return total >= mean * number


def find_name(bundle: Bundle) -> str:
    """The id by which bundles are in order."""
    return bundle[0].first


def count_votes(bundle: Bundle) -> int:
    """The accounts of a bundle; those that were decided to be one count as one."""
    return len(bundle[0].ids) if len(bundle) == 1 else 1

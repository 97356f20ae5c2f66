"""Accounts into groups: the likeliest pairs first, as long as nothing in the group that arises speaks against it.

What comes out depends on the accounts alone, never on the order in which they were met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.resolve.decisions import Decisions
from kg.resolve.verdicts import Verdict

Compare = Callable[[str, str], Verdict]
Edge = tuple[str, str]
Block = tuple[str, ...]  # accounts that were decided to be one, in order; mostly one account


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
    ids: Sequence[str], edges: Iterable[Edge], compare: Compare, decisions: Decisions, mean: float
) -> tuple[tuple[str, ...], ...]:
    """The groups of one component. ``edges`` are the pairs that may be one; ``mean`` what all pairs must average.

    Accounts that were decided to be one are one from the start: to others they are as near as the nearest of them.
    """
    blocks = Partition(ids)
    for a, b in sorted(list_decided(ids, decisions)):
        if not blocks.joined(a, b):
            blocks.join(a, b)
    block_of = {id_: block for block in blocks.groups() for id_ in block}
    scores = Scores(compare, decisions)
    pairs = {tuple(sorted((block_of[a], block_of[b]))) for a, b in edges if block_of[a] != block_of[b]}
    partition = Partition(block[0] for block in blocks.groups())
    for one, other in sorted(pairs, key=lambda pair: (-(scores.find(*pair) or 0), pair)):
        left, right = partition.sets[one[0]], partition.sets[other[0]]
        if left is not right and may_join([block_of[a] for a in left], [block_of[b] for b in right], scores, mean):
            partition.join(one[0], other[0])
    return tuple(tuple(sorted(id_ for first in group for id_ in block_of[first])) for group in partition.groups())


class Scores:
    """How near blocks of accounts are; remembers what it has found."""

    def __init__(self, compare: Compare, decisions: Decisions) -> None:
        self.compare, self.decisions = compare, decisions
        self.found: dict[tuple[Block, Block], float | None] = {}

    def find(self, one: Block, other: Block) -> float | None:
        """The best score of any pair; None where a decision or every veto keeps the blocks apart."""
        key = (one, other) if one < other else (other, one)
        if key not in self.found:
            self.found[key] = self.measure(*key)
        return self.found[key]

    def measure(self, one: Block, other: Block) -> float | None:
        """The best score, not remembered."""
        pairs = [(a, b) for a in one for b in other]
        if any(self.decisions.find(a, b) is False for a, b in pairs):
            return None
        verdicts = (self.compare(a, b) for a, b in pairs)
        return max((verdict.score for verdict in verdicts if verdict.veto is None), default=None)


def list_decided(ids: Sequence[str], decisions: Decisions) -> Iterator[Edge]:
    """The pairs that were decided to be one."""
    known = set(ids)
    for a in ids:
        for b in decisions.partners.get(a, frozenset()) & known:
            if a < b:
                yield a, b


def may_join(one: Sequence[Block], other: Sequence[Block], scores: Scores, mean: float) -> bool:
    """Whether nothing keeps any two blocks apart, and all together are near enough."""
    total = 0.0
    for a in sorted(one):
        for b in sorted(other):
            score = scores.find(a, b)
            if score is None:
                return False
            total += score
    return total >= mean * len(one) * len(other)

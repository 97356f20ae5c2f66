"""Accounts into groups: the likeliest pairs first, as long as nothing in the group that arises speaks against it.

What comes out depends on the accounts alone, never on the order in which they were met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.resolve.decisions import Decisions
from kg.resolve.verdicts import Verdict

Compare = Callable[[str, str], Verdict]
Edge = tuple[str, str]


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
    """The groups of one component. ``edges`` are the pairs that may be one; ``mean`` what all pairs must average."""
    partition = Partition(sorted(ids))
    for a, b in sorted(edge for edge in list_decided(ids, decisions)):
        if not partition.joined(a, b):
            partition.join(a, b)
    for a, b in sorted(edges, key=lambda edge: (-compare(*edge).score, edge)):
        one, other = partition.sets[a], partition.sets[b]
        if one is not other and may_join(one, other, compare, decisions, mean):
            partition.join(a, b)
    return tuple(partition.groups())


def list_decided(ids: Sequence[str], decisions: Decisions) -> Iterator[Edge]:
    """The pairs that were decided to be one."""
    known = set(ids)
    for a in ids:
        for b in decisions.partners.get(a, frozenset()) & known:
            if a < b:
                yield a, b


def may_join(one: Sequence[str], other: Sequence[str], compare: Compare, decisions: Decisions, mean: float) -> bool:
    """Whether no pair across is kept apart by a decision or a veto, and all together are likely enough."""
    total = 0.0
    for a in sorted(one):
        for b in sorted(other):
            decided, verdict = decisions.find(a, b), compare(a, b)
            if decided is False or (decided is None and verdict.veto):
                return False
            total += verdict.score
    return total >= mean * len(one) * len(other)

"""The sums behind the figures: how many were found, stated and annotated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Count:
    """Right ones, ours and gold ones, summed over articles."""

    right: int = 0
    ours: int = 0
    gold: int = 0

    def add(self, right: int, ours: int, gold: int) -> None:
        """Add the numbers of one article."""
        self.right += right
        self.ours += ours
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of ours that is right; 0 when there are none."""
        return self.right / self.ours if self.ours else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold ones that was found; 0 when there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def make_counts() -> defaultdict[str, Count]:
    """Counts by name, each from zero."""
    return defaultdict(Count)


@dataclass(slots=True)
class Tally:
    """All sums of a run. ``alarms`` are events in the ``clean`` articles, which have none."""

    measures: defaultdict[str, Count] = field(default_factory=make_counts)
    shares: defaultdict[str, Count] = field(default_factory=make_counts)
    types: defaultdict[str, Count] = field(default_factory=make_counts)
    quoted: Count = field(default_factory=Count)
    alarms: int = 0
    clean: int = 0
    articles: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 of one measure; ``gold`` is how many are annotated."""

    name: str
    precision: float
    recall: float
    f1: float
    gold: int


def count_measure(name: str, count: Count, digits: int) -> Measure:
    """The rounded figures of a count."""
    return Measure(
        name, round(count.precision, digits), round(count.recall, digits), round(count.f1, digits), count.gold
    )


def rank_types(types: Mapping[str, Count]) -> tuple[Measure, ...]:
    """The figures by event type, the most frequent first."""
    ranked = sorted(sorted(types.items()), key=lambda item: -item[1].gold)
    return tuple(count_measure(name, count, 2) for name, count in ranked)

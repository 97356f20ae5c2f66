"""How well things are grouped: B-cubed, precision and recall of each thing's group averaged over all things.

Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision, recall and F1, 0 to 1, over ``things`` things; all 1 where there are none."""

    precision: float
    recall: float
    things: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_groups(ours: Mapping[Thing, str], gold: Mapping[Thing, str]) -> BCubed:
    """B-cubed over the things that both put into a group; what only one of them knows is left out."""
    things = ours.keys() & gold.keys()
    if not things:
        return BCubed(1.0, 1.0, 0)
    sizes, golden = Counter(ours[thing] for thing in things), Counter(gold[thing] for thing in things)
    both = Counter((ours[thing], gold[thing]) for thing in things)
    precision = sum(number**2 / sizes[mine] for (mine, _), number in both.items()) / len(things)
    recall = sum(number**2 / golden[theirs] for (_, theirs), number in both.items()) / len(things)
    return BCubed(precision, recall, len(things))

"""Articles dealt to folds, always alike."""

from __future__ import annotations

import random
from collections.abc import Sequence


def deal(items: Sequence[int], folds: int, seed: int | None = None) -> list[list[int]]:
    """The items dealt in turn to at most ``folds`` folds, none of them empty; with a seed they are shuffled before."""
    order = list(items)
    if seed is not None:
        random.Random(seed).shuffle(order)
    return [sorted(order[start::folds]) for start in range(min(folds, len(order)))]

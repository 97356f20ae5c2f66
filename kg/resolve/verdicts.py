"""What comes of comparing two accounts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.resolve.settings import Weights


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two accounts are one, 0 to 1, and why; ``veto`` names what makes them two, whatever the score."""

    score: float
    reasons: tuple[str, ...] = ()
    veto: str | None = None

    @property
    def explanation(self) -> str:
        """The reasons as one line."""
        return ", ".join(self.reasons + ((f"veto: {self.veto}",) if self.veto else ()))


class Weighing:
    """A sum of weights under way; a class, because each comparison adds to it what applies."""

    __slots__ = ("reasons", "total", "veto", "weights")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.total = weights["bias"]
        self.reasons: list[str] = []
        self.veto: str | None = None

    def add(self, name: str, share: float = 1.0) -> None:
        """Add a weight, or a share of it."""
        self.total += self.weights[name] * share
        self.reasons.append(name)

    def forbid(self, why: str) -> None:
        """Make them two; the first reason counts."""
        self.veto = self.veto or why

    def verdict(self) -> Verdict:
        """The sum as a share."""
        return Verdict(round(1 / (1 + math.exp(-self.total)), 6), tuple(self.reasons), self.veto)

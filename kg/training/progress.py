"""How far training is, for whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` of ``total`` parts of what ``label`` says."""

    label: str
    done: int
    total: int


Report = Callable[[Step], None]


def ignore(step: Step) -> None:
    """The report of a training that nobody watches."""

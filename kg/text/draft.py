"""A draft of an event: one cue read as one type, with what the models think of each entity in each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.records import When
from kg.text.scene import Cue

LIKELY = 0.5  # the probability from which an entity counts as playing a role


@dataclass(frozen=True)
class Draft:
    """A reading of a cue. ``roles`` holds the probability of each (role, entity id)."""

    cue: Cue
    type: str
    probability: float
    roles: Mapping[tuple[str, str], float]
    status: str
    when: When | None

"""A draft of an event: one cue read as one type, with what the models think of each entity in each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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

    @cached_property
    def likely(self) -> Mapping[str, frozenset[str]]:
        """Ids of the likely entities of each role."""
        names = {role for (role, _), p in self.roles.items() if p >= LIKELY}
        return {
            name: frozenset(ident for (role, ident), p in self.roles.items() if role == name and p >= LIKELY)
            for name in names
        }

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and last day it can have been."""
        return self.when.bounds() if self.when else None


def find_actors(draft: Draft, role: str = "participant") -> frozenset[str]:
    """Ids of the likely entities in a role."""
    return draft.likely.get(role, frozenset())

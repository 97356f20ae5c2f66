"""What the other events of an article tell of one of them: who takes part in them, where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.records import Entity
from kg.text.context import Context
from kg.text.draft import LIKELY, Draft, find_actors
from kg.text.scene import Scene

STEPS = 10  # of a probability
SHARES = 5  # of the other events


@dataclass(frozen=True, slots=True)
class Near:
    """An event that stands close to another: how it stands, whether they have participants and the date in common.

    ``everyone``: ids of the likely entities of all its roles.
    """

    source: str
    draft: Draft
    cast: str
    same: bool
    everyone: frozenset[str]


@dataclass(frozen=True)
class Surroundings:
    """A draft of a first reading among the others of its article; those of its own cue are left out."""

    context: Context
    draft: Draft
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def scene(self) -> Scene:
        """The article."""
        return self.context.scene

    @cached_property
    def others(self) -> tuple[Draft, ...]:
        """All drafts of other cues."""
        return tuple(d for d in self.context.drafts if d.cue.token != self.draft.cue.token)

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """Those that stand closest: "beside" and "beside2", "earlier", "later", "trip"."""
        return tuple(self.list_near(self.others))

    def list_near(self, others: Sequence[Draft]) -> Iterator[Near]:
        """Those of some drafts that stand closest, each source once: two of the sentence are enough."""
        used: set[str] = set()
        for source, other in self.context.list_others(self.draft.cue, others):
            name = source if source not in used else f"{source}2"
            if name not in used:
                used.add(name)
                everyone = frozenset().union(*other.likely.values())
                yield Near(name, other, self.compare_cast(other), self.is_same_day(other), everyone)

    @cached_property
    def actors(self) -> frozenset[str]:
        """The likely participants of the draft itself."""
        return find_actors(self.draft)

    @cached_property
    def homes(self) -> Counter[str]:
        """The countries of the likely participants, with how many come from each."""
        known = self.scene.country_of
        return Counter(known[ident].id for ident in self.actors if ident in known)

    @cached_property
    def here(self) -> int:
        """The sentence of the draft."""
        return self.scene.sentence[self.draft.cue.token]

    def list_entities(self, kinds: tuple[str, ...]) -> Iterator[Entity]:
        """The article's entities of some kinds."""
        return (e for e in self.scene.entities if e.kind in kinds)

    def list_rated(self, role: str) -> dict[str, float]:
        """What the first reading thinks of each entity in a role."""
        return {ident: p for (name, ident), p in self.draft.roles.items() if name == role}

    def count(self, role: str) -> Counter[str]:
        """How many of the others each entity is likely to play a role in."""
        if role not in self.counts:
            count = self.context.count(role).copy()
            for own in self.context.drafts_at[self.draft.cue.token]:
                count.subtract(find_actors(own, role))
            self.counts[role] = +count
        return self.counts[role]

    def share(self, role: str, ident: str) -> int:
        """The share of the others that an entity is likely to play a role in, in steps."""
        return min(self.count(role)[ident] * SHARES // max(1, len(self.others)), SHARES - 1)

    def compare_cast(self, other: Draft) -> str:
        """How the draft's likely participants relate to those of another."""
        if not self.actors:
            return "empty"
        theirs = find_actors(other)
        return "sub" if self.actors <= theirs else "overlap" if self.actors & theirs else "none"

    def is_same_day(self, other: Draft) -> bool:
        """Whether both have one date, or both none."""
        return self.draft.when == other.when


def step(probability: float | None) -> str:
    """A probability in steps; "x" for what the first reading did not look at."""
    return "x" if probability is None else str(int(min(probability, 0.999) * STEPS))


def count_likely(rated: dict[str, float]) -> int:
    """How many are likely, at most 3."""
    return min(sum(p >= LIKELY for p in rated.values()), 3)

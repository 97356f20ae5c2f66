"""Who takes part in an event, read again: who takes part in the other events of the article tells much of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.records import Entity
from kg.text.draft import Draft, find_actors
from kg.text.features import find_pair, gap_bucket, role_features
from kg.text.surroundings import Surroundings, count_likely, step
from kg.train.linear import LinearModel, sigmoid

RECAST = {  # the kinds of entities that a role takes, wherever the article names them
    "participant": ("Person", "Organization"),
    "country": ("Country",),
    "target": ("Person", "Country", "Organization"),
}
UNRANKED = 3
LEAST = 0.05  # below this the first reading rules an entity out that no other event has


@dataclass(frozen=True)
class Casting:
    """One role of a draft, and what is the same for all who may play it."""

    around: Surroundings
    role: str
    weights: dict[tuple[int, str], float] = field(default_factory=dict)  # of parts, by number and part

    @cached_property
    def rated(self) -> dict[str, float]:
        """The first reading of the role."""
        return self.around.list_rated(self.role)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Entities from the likeliest on."""
        ordered = sorted(self.rated, key=lambda ident: -self.rated[ident])
        return {ident: min(rank, UNRANKED) for rank, ident in enumerate(ordered)}

    @cached_property
    def likely(self) -> int:
        """How many the first reading takes."""
        return count_likely(self.rated)

    @cached_property
    def lemma(self) -> str:
        """The lemma of the cue."""
        return self.around.scene.lemma(self.around.draft.cue.token)

    @cached_property
    def sort(self) -> str:
        """Whether the type takes two, and gathers many."""
        kind = self.around.scene.taxonomy.types[self.around.draft.type]
        return f"{int(kind.mutual)}{int(kind.gathering)}"

    def list_candidates(self) -> Iterator[Entity]:
        """Who may play it: whom the first reading does not rule out, and who has a part in any other event."""
        for entity in self.around.list_entities(RECAST[self.role]):
            if self.rated.get(entity.id, 0.0) >= LEAST or any(entity.id in near.everyone for near in self.around.near):
                yield entity

    def list_features(self, entity: Entity) -> list[str]:
        """What tells whether an entity plays the role."""
        parts = self._find_parts(entity)
        return [
            *self._list_own(entity, parts),
            *(f for n, part in enumerate(parts) for f in self._describe_part(n, part)),
        ]

    def rate(self, entity: Entity, model: LinearModel) -> float:
        """The probability that it does: of all the features, but what many entities share is weighed once."""
        kind, parts = self.around.draft.type, self._find_parts(entity)
        total = model.score(self._list_own(entity, parts), kind)
        for key in enumerate(parts):
            if key not in self.weights:
                self.weights[key] = model.weigh(self._describe_part(*key), kind)
            total += self.weights[key]
        return sigmoid(total)

    def _list_own(self, entity: Entity, parts: Sequence[str]) -> list[str]:
        """The features that are no other entity's."""
        p = step(self.rated.get(entity.id))
        beside = (f"o={near.source}|{part}|p={p}" for near, part in zip(self.around.near, parts, strict=True))
        return [*self._describe(entity), *self._rate(entity, p), *beside, *self._tell_alike(entity, p)]

    def _find_parts(self, entity: Entity) -> list[str]:
        """Whether it plays the role in each of the events around, another one, or none."""
        everyone = (near.everyone for near in self.around.near)
        return [
            "in" if entity.id in members else "other" if entity.id in all_ else "out"
            for members, all_ in zip(self.members, everyone, strict=True)
        ]

    def _describe(self, entity: Entity) -> list[str]:
        """The entity and where it stands; of participants the first reading has told the rest."""
        scene, draft = self.around.scene, self.around.draft
        if self.role != "participant":
            return role_features(scene, draft.cue, draft.type, entity, self.around.actors)
        pair = find_pair(scene, draft.cue, entity)
        gap = self.around.here - scene.sentence[pair.ref.head]
        where = pair.slot.label if pair.slot is not None else "same" if gap == 0 else "before" if gap > 0 else "after"
        return [
            "bias",
            f"k={entity.kind}",
            f"where={where}|d={pair.depth}",
            f"gap={gap_bucket(gap)}|k={entity.kind}",
            f"sort={pair.ref.sort}|inner={pair.ref.inner}",
            f"rank={min(scene.rank_of[entity.id], 4)}|k={entity.kind}",
            f"title={entity.id in scene.in_title}",
        ]

    def _rate(self, entity: Entity, p: str) -> Iterator[str]:
        """What the first reading thinks of it, against the share of other events that it plays the role in."""
        around, ident = self.around, entity.id
        share = around.share(self.role, ident)
        yield f"p={p}"
        yield f"p={p}|likely={self.likely}"
        yield f"p={p}|first={self.ranks.get(ident, UNRANKED)}"
        yield f"p={p}|sort={self.sort}"
        yield f"p={p}|st={around.draft.status}"
        yield f"p={p}|target={step(around.draft.roles.get(('target', ident)))}"
        yield f"share={share}|k={entity.kind}"
        yield f"share={share}|p={p}"
        yield f"share={share}|likely={self.likely}|sort={self.sort}"
        yield f"share={share}|l={self.lemma}"
        yield f"share={share}|levels={around.scene.levels_of.get(ident, '')}|sort={self.sort}"
        yield f"likely={self.likely}|l={self.lemma}"
        yield from self._tell_home(entity, p)

    def _tell_home(self, entity: Entity, p: str) -> Iterator[str]:
        """How the entity's country relates to those of the likely participants."""
        homes = self.around.homes
        own = self.around.scene.country_of.get(entity.id)
        if self.role == "participant":
            yield f"homes={min(len(homes), 3)}|own={homes[own.id] if own is not None else '?'}"
        else:
            yield f"part={step(self.around.draft.roles.get(('participant', entity.id)))}|p={p}"
        if self.role == "country":
            yield f"own={min(homes[entity.id], 2)}|homes={min(len(homes), 3)}|p={p}"

    def _tell_alike(self, entity: Entity, p: str) -> Iterator[str]:
        """Its part in others of the type."""
        told = [other for other in self.alike if entity.id in find_actors(other, self.role)]
        yield f"like={min(len(told), 2)}|of={min(len(self.alike), 2)}|p={p}"
        if any(self.around.actors & find_actors(other) for other in told):
            yield f"likeshared|p={p}"

    @cached_property
    def alike(self) -> tuple[Draft, ...]:
        """The other events of the type."""
        return tuple(other for other in self.around.others if other.type == self.around.draft.type)

    @cached_property
    def members(self) -> tuple[frozenset[str], ...]:
        """Who plays the role in each of the events around."""
        return tuple(find_actors(near.draft, self.role) for near in self.around.near)

    def _describe_part(self, number: int, part: str) -> tuple[str, ...]:
        """The features of a part in an event around."""
        near, size = self.around.near[number], min(len(self.members[number]), 3)
        return (
            f"o={near.source}|{part}",
            f"o={near.source}|{part}|cast={near.cast}|same={near.same}",
            f"o={near.source}|{part}|{near.draft.type}",
            f"o={near.source}|{part}|likely={self.likely}",
            f"o={near.source}|{part}|l={self.lemma}",
            f"o={near.source}|{part}|sort={self.sort}|cast={near.cast}|n={size}",
        )


def recast(around: Surroundings, role: str, model: LinearModel) -> dict[tuple[str, str], float]:
    """The probability of each entity of the article in a role."""
    casting = Casting(around, role)
    return {(role, entity.id): casting.rate(entity, model) for entity in casting.list_candidates()}

"""Where an event took place: a choice among all places that the article names, and none.

The narrowest place is chosen; the wider ones, which it lies in, follow from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.knowledge.gazetteer import Gazetteer
from kg.records import Entity
from kg.text.draft import LIKELY, Draft, find_actors
from kg.text.features import find_pair
from kg.text.surroundings import Near, Surroundings, step
from kg.train.linear import LinearModel

PLACES = ("Venue", "City", "Region", "Country")
SECOND = 0.3  # from this probability on another place is one too: a walk through two museums
TOWN = 0.02  # and from this one on the town of a venue
LEAST = 0.02  # below this the first reading rules a place out where no other event is
JUST_BELOW = LIKELY - 0.01


@dataclass(frozen=True, slots=True)
class Location:
    """A place where an event may have been, and what tells for it. ``place`` is None for "not told"."""

    place: Entity | None
    features: list[str]


@dataclass(frozen=True)
class Search:
    """The places of an article as one draft sees them."""

    around: Surroundings

    @cached_property
    def places(self) -> tuple[Entity, ...]:
        """All places that the article names."""
        return tuple(self.around.list_entities(PLACES))

    @cached_property
    def wider(self) -> dict[str, tuple[str, ...]]:
        """By place the ids of those that it lies in, the narrowest first."""
        return {p.id: tuple(list_wider(p, self.around.scene.gazetteer)) for p in self.places}

    @cached_property
    def rated(self) -> dict[str, float]:
        """The first reading."""
        return self.around.list_rated("place")

    @cached_property
    def best(self) -> float:
        """The best probability of the first reading."""
        return max(self.rated.values(), default=0.0)

    @cached_property
    def inside(self) -> str:
        """The best one of the places that the sentence names."""
        scene = self.around.scene
        here = scene.refs_in.get(self.around.here, ())
        named = {e.id for ref in here for e in ref.entities}
        return step(max((p for ident, p in self.rated.items() if ident in named), default=0.0))

    @cached_property
    def placed(self) -> tuple[tuple[Draft, frozenset[str]], ...]:
        """The other events that have a place, with it."""
        found = ((other, find_actors(other, "place")) for other in self.around.others)
        return tuple((other, where) for other, where in found if where)

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """Those of them that stand closest."""
        return tuple(self.around.list_near(tuple(other for other, _ in self.placed)))

    @cached_property
    def stage(self) -> frozenset[str]:
        """Where most other events are: one place of each kind, of equals the first that is named."""
        told = self.around.count("place")
        top: dict[str, Entity] = {}
        for place in self.places:
            if told[place.id] > (told[top[place.kind].id] if place.kind in top else 0):
                top[place.kind] = place
        return frozenset(place.id for place in top.values())

    def list_locations(self) -> list[Location]:
        """None, and every place with all that tells for it."""
        return [Location(None, self._tell_none()), *(self._make_location(place) for place in self.candidates)]

    def list_scores(self, model: LinearModel) -> list[float]:
        """The log odds of the same locations; what many places share is weighed once."""
        kind, ties = self.around.draft.type, {}
        scores = [model.score(self._tell_none(), kind)]
        for place in self.candidates:
            own = self._find_ties(place)
            total = model.score(self._tell(place, own), kind)
            for key in own:
                if key not in ties:
                    ties[key] = model.weigh(self._describe_tie(*key), kind)
                total += ties[key]
            scores.append(total)
        return scores

    @cached_property
    def candidates(self) -> tuple[Entity, ...]:
        """The places that the first reading does not rule out or that another event is at, and those they lie in."""
        told = self.around.count("place")
        near = {p.id for p in self.places if self.rated.get(p.id, 0.0) >= LEAST or told[p.id]}
        wider = {ident for p in near for ident in self.wider[p]}
        return tuple(p for p in self.places if p.id in near or p.id in wider)

    def _make_location(self, place: Entity) -> Location:
        ties = self._find_ties(place)
        return Location(place, [*self._tell(place, ties), *(f for key in ties for f in self._describe_tie(*key))])

    def _find_ties(self, place: Entity) -> list[tuple[int, str]]:
        """The events around that are there, near by or around it, by number, and which of these."""
        ties = enumerate(self._compare(place, find_actors(near.draft, "place")) for near in self.near)
        return [(number, tie) for number, tie in ties if tie != "other"]

    def _tell_none(self) -> list[str]:
        """What tells that the article leaves the place open."""
        around = self.around
        best, lemma = step(self.best), around.scene.lemma(around.draft.cue.token)
        return [
            "none",
            f"none|st={around.draft.status}",
            f"none|best={best}",
            f"none|best={best}|st={around.draft.status}",
            f"none|inside={self.inside}",
            f"none|title={around.here == 0}",
            f"none|placed={bool(self.placed)}",
            f"none|l={lemma}",
            f"none|n={min(len(self.places), 4)}",
            *dict.fromkeys(f"none|has={near.source}" for near in self.near),
        ]

    def _tell(self, place: Entity, ties: Sequence[tuple[int, str]]) -> list[str]:
        """What tells for this place alone."""
        around = self.around
        features = find_pair(around.scene, around.draft.cue, place).brief
        tied = (f"o={self.near[number].source}|{tie}|{place.kind}" for number, tie in ties)
        return [*features, *self._rate(place), *tied, *self._share(place)]

    def _rate(self, place: Entity) -> Iterator[str]:
        """What the first reading thinks of it, and how many events are there."""
        kind, rated = place.kind, self.rated.get(place.id)
        p, on_stage, status = step(rated), place.id in self.stage, self.around.draft.status
        narrower = [self.rated.get(x.id, 0.0) for x in self.places if place.id in self.wider[x.id]]
        yield f"p={p}|{kind}"
        yield f"p={p}|inside={self.inside}"
        yield f"best={rated == self.best}|{kind}"
        yield f"best={rated == self.best}|p={p}"
        yield f"land={self._find_land(place)}|{kind}|homes={min(len(self.around.homes), 3)}"
        yield f"support={min(self.around.count('place')[place.id], 4)}|{kind}"
        yield f"stage={on_stage}|{kind}"
        yield f"stage={on_stage}|inside={self.inside}|{kind}"
        yield f"stage={on_stage}|st={status}|{kind}"
        yield f"narrower={step(max(narrower)) if narrower else '-'}|{kind}"
        yield f"within={any(ident in self.rated for ident in self.wider[place.id])}"
        yield f"k={kind}|inside={self.inside}"

    def _find_land(self, place: Entity) -> str:
        """Whose country it is in."""
        land = place.id if place.kind == "Country" else next(reversed(self.wider[place.id]), "")
        if land in self.around.homes:
            return "own"
        if land in find_actors(self.around.draft, "country"):
            return "party"
        return "other" if land.startswith("country/") else "?"

    def _describe_tie(self, number: int, tie: str) -> tuple[str, ...]:
        """The features of a tie to an event around."""
        near, status = self.near[number], self.around.draft.status
        gap = min(abs(self.around.here - self.around.scene.sentence[near.draft.cue.token]), 3)
        common = f"shared={near.cast in ('sub', 'overlap')}|same={near.same}"
        return (
            f"o={near.source}|{tie}|{common}",
            f"o={near.source}|{tie}|st={near.draft.status}>{status}",
            f"o={near.source}|{tie}|{near.draft.type}",
            f"o={near.source}|{tie}|gap={gap}|inside={self.inside}",
            f"o={near.source}|{tie}|inside={self.inside}|{common}",
        )

    def _compare(self, place: Entity, where: frozenset[str]) -> str:
        """How a place lies to others."""
        if place.id in where:
            return "same"
        if not where.isdisjoint(self.wider[place.id]):
            return "inside"
        return "around" if any(place.id in self.wider.get(ident, ()) for ident in where) else "other"

    def _share(self, place: Entity) -> Iterator[str]:
        """Whether events of the same day or the same people are there."""
        there = [other for other, where in self.placed if place.id in where]
        actors = self.around.actors
        if any(other.when is not None and self.around.is_same_day(other) for other in there):
            yield f"sameday|{place.kind}"
        if any(actors and find_actors(other) == actors for other in there):
            yield f"samecast|{place.kind}"
        elif any(actors & find_actors(other) for other in there):
            yield f"sharedcast|{place.kind}"


def list_wider(place: Entity, gazetteer: Gazetteer) -> Iterator[str]:
    """The ids of the places that one lies in, the narrowest first."""
    within = place.within
    while within:
        yield within
        above = gazetteer.entities.get(within)
        within = above.within if above is not None else None


def locate(around: Surroundings, model: LinearModel) -> dict[tuple[str, str], float]:
    """The probability of each place; what is chosen counts as likely, and nothing else does."""
    search = Search(around)
    scores = search.list_scores(model)
    sizes = [math.exp(score - max(scores)) for score in scores]
    whole = sum(sizes)
    untold, *shares = (size / whole for size in sizes)
    rated = dict(zip(search.candidates, shares, strict=True))
    chosen = set(choose(rated, search)) if max(shares, default=0.0) > untold else set()
    return {
        ("place", place.id): max(share, LIKELY) if place in chosen else min(share, JUST_BELOW)
        for place, share in rated.items()
    }


def choose(rated: Mapping[Entity, float], search: Search) -> Iterator[Entity]:
    """The likeliest place, those nearly as likely, and the town of a venue that no table knows."""
    best = max(rated, key=lambda place: rated[place])
    yield best
    yield from (place for place, share in rated.items() if share >= SECOND)
    if best.kind == "Venue" and not search.wider[best.id]:
        towns = [place for place in rated if place.kind != "Venue"]
        town = max(towns, key=lambda place: rated[place], default=best)
        if rated[town] >= TOWN:
            yield town

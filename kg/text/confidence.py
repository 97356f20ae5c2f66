"""How sure an event is as a whole: its mentions, actors, place and date together, and the other events beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.records import Event
from kg.text.draft import Draft
from kg.text.merging import compare_sets
from kg.text.scene import Scene

STEPS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96)


@dataclass(frozen=True)
class Proposal:
    """An event that drafts may mean, with them."""

    event: Event
    group: Sequence[Draft]

    @cached_property
    def best(self) -> Draft:
        """The surest draft."""
        return max(self.group, key=lambda d: d.probability)

    @cached_property
    def cast(self) -> frozenset[str]:
        """Ids of the participants."""
        return frozenset(e.id for e in self.event.select("participant"))

    @cached_property
    def countries(self) -> frozenset[str]:
        """Ids of the countries."""
        return frozenset(e.id for e in self.event.select("country"))


def event_features(proposal: Proposal, others: Sequence[Proposal], scene: Scene) -> list[str]:
    """What tells whether an event is one that the article reports; ``others`` are those proposed beside it."""
    return list(dict.fromkeys([*list_own(proposal, scene), *list_rivals(proposal, others, scene)]))


def list_rivals(proposal: Proposal, others: Sequence[Proposal], scene: Scene) -> Iterator[str]:
    """How the event relates to the others: one sentence tells of few, and one event may be taken for two."""
    level = find_level(proposal.best.probability) // 2
    for other in others:
        if other is proposal:
            continue
        if any(scene.sentence[d.cue.token] == scene.sentence[proposal.best.cue.token] for d in other.group):
            yield from compare_beside(proposal, other, level)
        elif other.event.type != proposal.event.type:
            yield from compare_apart(proposal, other)
        if other.event.type == proposal.event.type:
            yield from compare_alike(proposal, other)
    yield f"proposed={min(len(others) // 3, 5)}|level={level}"


def compare_beside(one: Proposal, other: Proposal, level: int) -> Iterator[str]:
    """Another event of the sentence."""
    cast, countries, same = compare_casts(one, other)
    strong, kind = is_weaker(one, other), other.event.type
    mine, theirs = one.best.cue, other.best.cue
    linked = theirs.token == mine.governor or mine.token == theirs.governor
    linked = linked or (mine.governor is not None and mine.governor == theirs.governor)
    yield f"beside={kind}|{strong}"
    yield f"beside={kind}|cast={cast}|{strong}"
    yield f"beside={kind}|same={same}|st={one.event.status}>{other.event.status}"
    yield f"beside={kind}|linked={linked}|{strong}"
    yield f"beside|cast={cast}|countries={countries}|same={same}|{strong}"
    yield f"beside|far={min(abs(mine.token - theirs.token) // 4, 3)}|{strong}|level={level}"
    if mine.token == theirs.token:
        yield f"cue={kind}|{strong}"


def compare_alike(one: Proposal, other: Proposal) -> Iterator[str]:
    """Another event of the type."""
    cast, countries, same = compare_casts(one, other)
    yield f"alike|cast={cast}|countries={countries}|same={same}"
    yield f"alike|cast={cast}|same={same}|{is_weaker(one, other)}"
    yield f"alike|cast={cast}|st={one.event.status}>{other.event.status}"


def compare_apart(one: Proposal, other: Proposal) -> Iterator[str]:
    """An event of another type elsewhere, of the same people on the same day."""
    cast, _, same = compare_casts(one, other)
    if same and cast in ("equal", "part"):
        yield f"apart={other.event.type}|cast={cast}|{is_weaker(one, other)}"


def compare_casts(one: Proposal, other: Proposal) -> tuple[str, str, bool]:
    """How participants and countries relate, and whether the dates are the same."""
    return (
        compare_sets(one.cast, other.cast),
        compare_sets(one.countries, other.countries),
        one.event.when == other.event.when,
    )


def is_weaker(one: Proposal, other: Proposal) -> bool:
    """Whether the other event is told of more surely."""
    return one.best.probability < other.best.probability


def list_own(proposal: Proposal, scene: Scene) -> list[str]:
    """What the event itself tells."""
    event, group, best = proposal.event, proposal.group, proposal.best
    level = find_level(best.probability)
    persons = [e for e in event.select("participant") if e.kind == "Person"]
    bodies = [e for e in event.select("participant") if e.kind == "Organization"]
    countries = event.select("country")
    here = scene.sentence[best.cue.token]
    named = {e.id for r in scene.refs_in.get(here, ()) for e in r.entities}
    near = sum(e.id in named for e in (*event.select("participant"), *countries))
    roles = [p for (role, _), p in best.roles.items() if role in ("participant", "country") and p >= 0.5]
    rivals = sum(other.token != best.cue.token for other in scene.cues_in.get(here, ()))
    actors = f"{min(len(persons), 3)}.{min(len(bodies), 2)}.{min(len(countries), 3)}"
    return [
        "bias",
        f"level={level}",
        f"level={level}|mentions={min(len(group), 3)}",
        f"mentions={min(len(group), 3)}",
        f"actors={actors}",
        f"persons={min(len(persons), 3)}|level={level}",
        f"countries={min(len(countries), 3)}|level={level}",
        f"none={not persons and not bodies}|countries={min(len(countries), 3)}",
        f"near={min(near, 4)}",
        f"near={min(near, 4)}|level={level}",
        f"sure={find_level(sum(roles) / len(roles)) if roles else '-'}",
        f"target={bool(event.select('target'))}",
        f"place={bool(event.select('place'))}",
        f"dated={event.when is not None}|status={event.status}",
        f"known={any(e.known for e in persons)}",
        f"title={here == 0}",
        f"rivals={min(rivals, 4)}",
        f"lemma={scene.lemmas[best.cue.token]}",
        f"lemma={scene.lemmas[best.cue.token]}|none={not persons and not bodies}",
        f"depth={min(here, 8)}",
        *(f"news={news}" for news in scene.news),
        *scene.totals,
    ]


def find_level(probability: float) -> int:
    """A probability in eight steps."""
    return sum(probability >= step for step in STEPS)

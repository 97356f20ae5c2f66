"""Annotated events against cues of the text, and annotated entities against those that the pipeline found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.evaluate.conversion import entity_thing
from kg.evaluate.facts import EventFact, Thing
from kg.evaluate.matching import same_thing
from kg.evaluate.scores import STATEMENT
from kg.records import Span
from kg.text.scene import Cue
from kg.training.lessons import Case

# The annotated name of each role: in EventFact the plural.
FACT_ROLES = {"participant": "participants", "country": "countries", "target": "target", "place": "places"}


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotated event with the place of its evidence and the ids of its participants and countries."""

    span: Span
    event: EventFact
    actors: frozenset[str]


@dataclass(frozen=True)
class Alignment:
    """What the cues and entities of a case stand for in its annotation."""

    case: Case

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The pipeline's entities by id, as the scorer compares them."""
        return {entity.id: entity_thing(entity) for entity in self.case.scene.entities}

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The annotated events whose evidence stands in the text."""
        pairs = ((find_quote(self.case, event.evidence[0]), event) for event in self.case.lesson.facts.events)
        return tuple(Placed(s, e, self.find_ids(e.participants + e.countries)) for s, e in pairs if s is not None)

    def find_ids(self, things: Iterable[Thing]) -> frozenset[str]:
        """The ids of the entities that are among ``things``."""
        wanted = tuple(things)
        return frozenset(id for id, thing in self.things.items() if any(same_thing(thing, other) for other in wanted))

    def find_numbers(self, cue: Cue, kind: str) -> Iterator[int]:
        """The annotated events of a kind, by number, whose evidence covers a cue."""
        at = self.case.scene.doc[cue.token].idx
        for number, placed in enumerate(self.placed):
            if placed.event.type == kind and placed.span.start <= at < placed.span.end:
                yield number

    def find_events(self, cue: Cue, kind: str) -> tuple[EventFact, ...]:
        """The annotated events of a kind whose evidence covers a cue."""
        return tuple(self.placed[number].event for number in self.find_numbers(cue, kind))

    def find_mentioned(self, cue: Cue, kind: str) -> Iterator[int]:
        """The annotated events of a kind, by number, that a cue outside their evidence may tell of once more.

        Its sentence names an actor of the event; or it names nobody, and there is only this event of the kind.
        """
        named = self._list_named(cue)
        like = [number for number, placed in enumerate(self.placed) if placed.event.type == kind]
        for number in like:
            if named & self.placed[number].actors or (not named and len(like) == 1):
                yield number

    def is_doubtful(self, cue: Cue, kind: str) -> bool:
        """Whether a cue outside all evidence may yet tell of an annotated event of its kind: it would be a wrong "no".

        It may if its sentence names one of the event's actors, or nobody at all. A statement is told of once.
        """
        named = self._list_named(cue)
        others = (placed.actors for placed in self.placed if placed.event.type == kind != STATEMENT)
        return any(not named or actors & named for actors in others)

    def _list_named(self, cue: Cue) -> frozenset[str]:
        scene = self.case.scene
        refs = scene.refs_in.get(scene.sentence[cue.token], ())
        return frozenset(entity.id for ref in refs for entity in ref.entities)

    def find_role(self, event: EventFact, role: str) -> frozenset[str]:
        """The ids of the entities that play a role in an annotated event."""
        return self.find_ids(event.select(FACT_ROLES[role]))


def find_quote(case: Case, quote: str) -> Span | None:
    """The first place of a quote."""
    start = case.scene.doc.text.find(quote) if quote else -1
    return Span(start, start + len(quote)) if start >= 0 else None

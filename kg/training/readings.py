"""Examples of cues, roles, status and dates: what the models are asked when a cue is read, with the right answers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.facts import EventFact
from kg.records import STATUSES, When
from kg.text.casting import RECAST, Casting
from kg.text.context import Context
from kg.text.dating import list_datings
from kg.text.drafts import ROLE_KINDS, TARGETED, select_entities
from kg.text.features import cue_features, role_features
from kg.text.location import Search
from kg.text.scene import Cue
from kg.text.status import list_features
from kg.text.surroundings import Surroundings
from kg.train.examples import Example, make_example, pack_features
from kg.train.settings import SECOND
from kg.training.alignment import Alignment

STATUS_MODELS = tuple(f"status-{status}" for status in STATUSES)
FIRST_MODELS = ("cue", *ROLE_KINDS, *STATUS_MODELS, "date")
SECOND_MODELS = tuple(f"{name}{SECOND}" for name in ("date", *STATUS_MODELS, *ROLE_KINDS))


def list_first(alignment: Alignment) -> Iterator[Example]:
    """The examples of the first reading, which knows nothing of other cues, but for those of the cues themselves."""
    for cue, event in list_clear(alignment):
        yield from list_roles(alignment, cue, event)
        yield from list_statuses(alignment, cue, event, None)
        yield from list_dates(alignment, cue, event, None)


def list_second(alignment: Alignment, context: Context) -> Iterator[Example]:
    """The examples of the second reading, which knows the first ones of the other cues."""
    for cue, event in list_clear(alignment):
        yield from list_statuses(alignment, cue, event, context)
        yield from list_dates(alignment, cue, event, context)
        draft = context.draft_at.get((cue.token, event.type))
        if draft is not None:
            yield from list_casts(alignment, event, Surroundings(context, draft))
            yield from list_places(alignment, event, Surroundings(context, draft))


def list_casts(alignment: Alignment, event: EventFact, around: Surroundings) -> Iterator[Example]:
    """Whether each entity of the article plays each role, in the light of the other events."""
    for role in RECAST:
        if role == "target" and event.type not in TARGETED:
            continue
        right, casting = alignment.find_role(event, role), Casting(around, role)
        for entity in casting.list_candidates():
            yield make_example(role + SECOND, event.type, casting.list_features(entity), entity.id in right)


def list_places(alignment: Alignment, event: EventFact, around: Surroundings) -> Iterator[Example]:
    """The choice of the narrowest annotated place, or of none where none is annotated."""
    right, search = alignment.find_role(event, "place"), Search(around)
    wider = {ident for place in right for ident in search.wider.get(place, ())}
    locations = search.list_locations()
    labels = tuple(not event.places if found.place is None else found.place.id in right - wider for found in locations)
    if any(labels) and len(labels) > 1:
        yield Example("place" + SECOND, event.type, tuple(pack_features(f.features) for f in locations), labels)


def list_cues(alignment: Alignment) -> Iterator[Example]:
    """Whether each cue stands for an event of each type that its lemma has; what the article is about is known."""
    scene = alignment.case.scene
    for cue in scene.cues:
        features = cue_features(scene, cue)
        for kind in cue.types:
            told = bool(alignment.find_events(cue, kind))
            doubtful = not told and alignment.is_doubtful(cue, kind)
            # evidence is hardly ever taken from a title: there, an event of the type with the same actors is meant
            if not doubtful or scene.sentence[cue.token] == 0:
                yield make_example("cue", kind, features, told or doubtful)


def list_clear(alignment: Alignment) -> Iterator[tuple[Cue, EventFact]]:
    """Cues that stand for one annotated event of a kind; where two share a sentence, nobody can say which is whose."""
    for cue in alignment.case.scene.cues:
        for kind in cue.types:
            events = alignment.find_events(cue, kind)
            if len(events) == 1:
                yield cue, events[0]


def list_roles(alignment: Alignment, cue: Cue, event: EventFact) -> Iterator[Example]:
    """Whether each entity that may play a role does; countries and places know the right participants."""
    scene, kind = alignment.case.scene, event.type
    actors = alignment.find_role(event, "participant")
    for role in ROLE_KINDS:
        if role == "target" and kind not in TARGETED:
            continue
        right, known = alignment.find_role(event, role), frozenset() if role == "participant" else actors
        for entity in select_entities(scene, cue, role):
            yield make_example(role, kind, role_features(scene, cue, kind, entity, known), entity.id in right)


def list_statuses(alignment: Alignment, cue: Cue, event: EventFact, context: Context | None) -> Iterator[Example]:
    """Whether the event has each status."""
    features = list_features(alignment.case.scene, cue, event.type, context)
    reading = SECOND if context is not None else ""
    for status in STATUSES:
        yield make_example(f"status-{status}{reading}", event.type, features, event.status == status)


def list_dates(alignment: Alignment, cue: Cue, event: EventFact, context: Context | None) -> Iterator[Example]:
    """The choice among the dates that the event may have, if the right one is among several."""
    datings = list_datings(alignment.case.scene, cue, event.type, event.status or "occurred", context)
    labels = tuple(format_when(dating.when) == event.date for dating in datings)
    if any(labels) and len(labels) > 1:
        model = "date" + SECOND if context is not None else "date"
        yield Example(model, event.type, tuple(pack_features(dating.features) for dating in datings), labels)


def format_when(when: When | None) -> str | None:
    """A date as annotations write it."""
    return str(when) if when is not None else None

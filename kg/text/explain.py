"""Why the events of an article are what they are: every cue with its readings, and what the models thought of each.

It asks the very functions that find events, so that it shows what they see; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import AnalysisError
from kg.records import STATUSES, Article, Entity, Event
from kg.text.components.events import LIMITS, EventFinder
from kg.text.context import Context
from kg.text.dating import list_datings
from kg.text.draft import Draft
from kg.text.drafts import list_readings, make_context
from kg.text.features import find_frame_role, find_nearest
from kg.text.pipeline import article_doc
from kg.text.scene import Cue, Scene, make_scene
from kg.text.setting import Dating
from kg.text.status import list_features

SOURCES = ("option", "other")  # features that say where a date comes from


@dataclass(frozen=True, slots=True)
class RoleRating:
    """An entity in a role. ``slot``: where it stands to the cue; ``frame``: the roles that the type gives that slot."""

    role: str
    entity: Entity
    slot: str
    frame: str
    probability: float
    kept: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A status or date with its score (log odds): the highest is chosen. ``source``: where a date comes from."""

    value: str
    score: float
    chosen: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue read as one type; ``threshold`` is what its probability must reach.

    A rejected reading has no roles, statuses, dates. ``events``: keys of the events that it became part of.
    """

    word: str
    sentence: int
    type: str
    probability: float
    threshold: float
    accepted: bool
    roles: tuple[RoleRating, ...] = ()
    statuses: tuple[Option, ...] = ()
    dates: tuple[Option, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merger:
    """Readings taken for one event: words with their sentences, and keys of what came of it.

    Without keys, ``dropped`` are the events that were not sure enough; without these as well, nobody acts.
    """

    type: str
    words: tuple[tuple[str, int], ...]
    events: tuple[str, ...]
    dropped: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article's sentences, all readings in the order of the text, and what became one event."""

    article: Article
    sentences: tuple[str, ...]
    readings: tuple[Reading, ...]
    mergers: tuple[Merger, ...]
    events: tuple[Event, ...]


def explain_article(nlp: Language, article: Article) -> Explanation | AnalysisError:
    """Analyse one article and say why, or what went wrong."""
    finder = nlp.get_pipe("event_finder")
    assert isinstance(finder, EventFinder)
    try:
        return explain_doc(next(nlp.pipe([article_doc(nlp, article)])), finder)
    except AnalysisError as error:
        return error
    except Exception as error:
        return AnalysisError(f"{article.name}: {type(error).__name__}: {error}")


def explain_doc(doc: Doc, finder: EventFinder) -> Explanation:
    """Why ``finder`` found the events that stand on an analysed Doc."""
    scene = make_scene(doc, finder.gazetteer, finder.taxonomy)
    context = make_context(scene, finder.models, finder.shift)
    groups = list(finder.list_groups(context))
    drafts = {(d.cue.token, d.type): (d, find_keys(scene, group)) for group in groups for d in group}
    readings = []
    for cue, kind, p in list_readings(scene, finder.models, -1.0):
        reading = make_reading(scene, cue, kind, p, finder)
        found = drafts.get((cue.token, kind))
        readings.append(reading if found is None else accept(reading, scene, *found, context, finder))
    sentences = tuple(" ".join(sentence.text.split()) for sentence in doc.sents)
    dropped = [p.event for p in finder.propose(scene) if p.event.confidence < finder.least]
    mergers = tuple(make_merger(scene, group, dropped) for group in groups)
    return Explanation(doc._.article, sentences, tuple(readings), mergers, tuple(doc._.events))


def make_reading(scene: Scene, cue: Cue, kind: str, probability: float, finder: EventFinder) -> Reading:
    """One reading as far as a rejected one goes."""
    threshold = finder.taxonomy.types[kind].threshold + finder.shift
    word, sentence = scene.doc[cue.token].text, scene.sentence[cue.token]
    return Reading(word, sentence, kind, probability, threshold, accepted=False)


def accept(
    reading: Reading, scene: Scene, draft: Draft, events: tuple[str, ...], context: Context, finder: EventFinder
) -> Reading:
    """A reading of which a draft was made, with all that was weighed."""
    return replace(
        reading,
        accepted=True,
        roles=tuple(rate_entities(scene, draft)),
        statuses=tuple(rate_statuses(scene, draft, context, finder)),
        dates=tuple(rate_dates(scene, draft, context, finder)),
        events=events,
    )


def rate_entities(scene: Scene, draft: Draft) -> Iterator[RoleRating]:
    """Every entity in every role, role by role, the likeliest first."""
    entities = {entity.id: entity for entity in scene.entities}
    places = {role: place for place, role in enumerate(LIMITS)}
    for (role, ident), p in sorted(draft.roles.items(), key=lambda item: (places[item[0][0]], -item[1])):
        ref, slot = find_nearest(scene, draft.cue, entities[ident])
        gap = scene.sentence[ref.head] - scene.sentence[draft.cue.token]
        where = slot.label if slot is not None else "same sentence" if gap == 0 else f"{gap:+d} sentences"
        frame = find_frame_role(scene, draft.type, slot)
        yield RoleRating(role, entities[ident], where, frame, p, p >= LIMITS[role])


def rate_statuses(scene: Scene, draft: Draft, context: Context, finder: EventFinder) -> list[Option]:
    """The statuses, the likeliest first."""
    features = list_features(scene, draft.cue, draft.type, context)
    scores = {status: finder.models[f"status-{status}-2"].score(features, draft.type) for status in STATUSES}
    return rank_options([Option(status, score, status == draft.status) for status, score in scores.items()])


def rate_dates(scene: Scene, draft: Draft, context: Context, finder: EventFinder) -> list[Option]:
    """The dates that were weighed, the likeliest first."""
    options = list_datings(scene, draft.cue, draft.type, draft.status, context)
    model = finder.models["date-2"]
    return rank_options(
        [
            Option(str(o.when or "unknown"), model.score(o.features, draft.type), o.when == draft.when, find_source(o))
            for o in options
        ]
    )


def rank_options(options: list[Option]) -> list[Option]:
    """Options, the highest score first."""
    return sorted(options, key=lambda option: -option.score)


def find_source(option: Dating) -> str:
    """Where a date comes from: "inside" its sentence, "published", "told" before, "earlier" events …"""
    pairs = (feature.partition("=") for feature in option.features if "|" not in feature)
    return ", ".join(dict.fromkeys(value for name, _, value in pairs if name in SOURCES))


def make_merger(scene: Scene, group: Sequence[Draft], dropped: Sequence[Event]) -> Merger:
    """Drafts that became one event, or one of the dropped."""
    words = tuple((scene.doc[d.cue.token].text, scene.sentence[d.cue.token]) for d in group)
    return Merger(group[0].type, words, find_keys(scene, group), tuple(select_events(scene, group, dropped)))


def find_keys(scene: Scene, group: Sequence[Draft]) -> tuple[str, ...]:
    """Keys of the Doc's events whose trigger is one of the cues."""
    return tuple(event.key for event in select_events(scene, group, scene.doc._.events))


def select_events(scene: Scene, group: Sequence[Draft], events: Sequence[Event]) -> Iterator[Event]:
    """The events whose trigger is one of the cues."""
    starts = {(d.type, scene.doc[d.cue.token].idx) for d in group}
    yield from (event for event in events if (event.type, event.trigger.start) in starts)

"""Drafts of events: one cue read as one type, with what the models think of each entity in each role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.records import Entity
from kg.text.context import Context
from kg.text.dating import find_when
from kg.text.draft import LIKELY, Draft
from kg.text.features import cue_features, role_features
from kg.text.scene import Cue, Scene
from kg.text.status import find_status
from kg.train.linear import LinearModel

ROLE_KINDS: dict[str, tuple[str, ...]] = {
    "participant": ("Person", "Organization"),
    "country": ("Country",),
    "target": ("Person", "Country", "Organization"),
    "place": ("Venue", "City", "Region", "Country"),
}
TARGETED = frozenset(("Invitation", "Expulsion", "Sanctions", "Protest", "Aid", "Appointment", "Recall", "RelationsChange"))
REACH = 5  # sentences around a cue in which an entity may play a role in it


def make_drafts(scene: Scene, models: Mapping[str, LinearModel], threshold: float) -> list[Draft]:
    """Every reading whose probability reaches the threshold, in the order of the text.

    All cues are read twice: the second time knowing what the first found around them.
    """
    first = [read_cue(scene, cue, kind, p, models, None) for cue, kind, p in list_readings(scene, models, threshold)]
    if "participant-2" not in models:
        return first
    context = Context(scene, first)
    return [read_cue(scene, d.cue, d.type, d.probability, models, context) for d in first]


def list_readings(scene: Scene, models: Mapping[str, LinearModel], threshold: float) -> Iterator[tuple[Cue, str, float]]:
    """Cues with types and their probability."""
    for cue in scene.cues:
        base = cue_features(scene, cue)
        for kind, full in cue.types:
            probability = models["cue"].probability([*base, f"full={full}"], kind)
            if probability >= threshold:
                yield cue, kind, probability


def read_cue(scene: Scene, cue: Cue, kind: str, probability: float, models: Mapping[str, LinearModel], context: Context | None) -> Draft:
    """One cue as one type."""
    roles = rate_roles(scene, cue, kind, models, context)
    status = find_status(scene, cue, kind, models)
    when = find_when(scene, cue, kind, status, models, context)
    return Draft(cue, kind, probability, roles, status, when)


def rate_roles(
    scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel], context: Context | None
) -> dict[tuple[str, str], float]:
    """Probabilities of all entities in all roles; countries and places are rated knowing the likely persons."""
    rated: dict[tuple[str, str], float] = {}
    suffix = "-2" if context is not None else ""
    actors: frozenset[str] = frozenset()
    for role in ROLE_KINDS:
        if role == "target" and kind not in TARGETED:
            continue
        for entity in select_entities(scene, cue, role):
            features = role_features(scene, cue, kind, entity, actors)
            if context is not None:
                features += context.role_features(cue, kind, role, entity.id)
            rated[role, entity.id] = models[role + suffix].probability(features, kind)
        if role == "participant":
            actors = frozenset(ident for (_, ident), p in rated.items() if p >= LIKELY)
    return rated


def select_entities(scene: Scene, cue: Cue, role: str) -> Iterator[Entity]:
    """The entities of the kinds that a role takes, near the cue or in the title."""
    here = scene.sentence[cue.token]
    for entity in scene.entities:
        if entity.kind not in ROLE_KINDS[role]:
            continue
        if any(abs(scene.sentence[r.head] - here) <= REACH or scene.sentence[r.head] == 0 for r in scene.refs_of[entity.id]):
            yield entity

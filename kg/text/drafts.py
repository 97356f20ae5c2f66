"""Drafts of events: one cue read as one type, with what the models think of each entity in each role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.records import Entity, When
from kg.text.dating import find_when
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
LIKELY = 0.5


@dataclass(frozen=True)
class Draft:
    """A reading of a cue. ``roles`` holds the probability of each (role, entity id)."""

    cue: Cue
    type: str
    probability: float
    roles: Mapping[tuple[str, str], float]
    status: str
    when: When | None


def make_drafts(scene: Scene, models: Mapping[str, LinearModel], threshold: float) -> Iterator[Draft]:
    """Every reading whose probability reaches the threshold, in the order of the text."""
    for cue in scene.cues:
        base = cue_features(scene, cue)
        for kind, full in cue.types:
            probability = models["cue"].probability(typed_features(kind, full, base))
            if probability >= threshold:
                roles = rate_roles(scene, cue, kind, models)
                status = find_status(scene, cue, kind, models)
                when = find_when(scene, cue, kind, status, models)
                yield Draft(cue, kind, probability, roles, status, when)


def typed_features(kind: str, full: bool, base: list[str]) -> list[str]:
    """The features of a cue as one type's."""
    return [*base, *(f"{kind}|{feature}" for feature in base), f"type={kind}|{full}"]


def rate_roles(scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel]) -> dict[tuple[str, str], float]:
    """Probabilities of all entities in all roles; countries and places are rated knowing the likely persons."""
    rated: dict[tuple[str, str], float] = {}
    actors: frozenset[str] = frozenset()
    for role in ROLE_KINDS:
        if role == "target" and kind not in TARGETED:
            continue
        for entity in select_entities(scene, cue, role):
            rated[role, entity.id] = models[role].probability(role_features(scene, cue, kind, entity, actors))
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

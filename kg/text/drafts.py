"""Drafts of events: one cue read as one type, with what the models think of each entity in each role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.records import Entity
from kg.text.casting import RECAST, recast
from kg.text.context import Context
from kg.text.dating import find_when
from kg.text.draft import LIKELY, Draft
from kg.text.features import cue_features, role_features
from kg.text.language import load_language
from kg.text.location import locate
from kg.text.merging import strength
from kg.text.news import find_news
from kg.text.refs import Ref
from kg.text.scene import Cue, Scene
from kg.text.status import SAID, find_status, is_denied
from kg.text.surroundings import Surroundings
from kg.train.linear import LinearModel

ROLE_KINDS: dict[str, tuple[str, ...]] = {
    "participant": ("Person", "Organization"),
    "country": ("Country",),
    "target": ("Person", "Country", "Organization"),
    "place": ("Venue", "City", "Region", "Country"),
}
TARGETED = frozenset(
    ("Invitation", "Expulsion", "Sanctions", "Protest", "Aid", "Appointment", "Recall", "RelationsChange")
)
SHARED = ("target",)  # like places, any mention may tell them
REACH = 2  # sentences around a cue in which an entity may play a role in it


def make_context(scene: Scene, models: Mapping[str, LinearModel], shift: float = 0.0) -> Context:
    """The first reading of an article: every reading of a cue that reaches its type's threshold, moved by ``shift``."""
    return Context(scene, make_first_drafts(scene, models, shift))


def make_drafts(context: Context, models: Mapping[str, LinearModel]) -> list[Draft]:
    """The drafts of the first reading, in the order of the text, status and date read again knowing all of them."""
    second = (read_again(draft, context, models) for draft in context.drafts)
    return [draft for draft in second if not is_denied(context.scene, draft.cue, draft.type, draft.status)]


def read_again(draft: Draft, context: Context, models: Mapping[str, LinearModel]) -> Draft:
    """A draft with status and date in the light of the others."""
    status = find_status(context.scene, draft.cue, draft.type, models, context)
    when = find_when(context.scene, draft.cue, draft.type, status, models, context)
    return replace(draft, status=status, when=when)


def recast_group(group: Sequence[Draft], context: Context, models: Mapping[str, LinearModel]) -> list[Draft]:
    """The drafts of one event with their roles in the light of the others.

    Its surest mention says who takes part, unless it gathers many: the rest is read again for what any may tell.
    """
    best = max(group, key=strength)
    gathering = context.scene.taxonomy.types[best.type].gathering
    told = (tuple(RECAST) if gathering or draft is best else SHARED for draft in group)
    return [recast_draft(draft, roles, context, models) for draft, roles in zip(group, told, strict=True)]


def recast_draft(draft: Draft, roles: Sequence[str], context: Context, models: Mapping[str, LinearModel]) -> Draft:
    """A draft with its place and some roles in the light of the others; what is said, its own sentence tells best."""
    if draft.type in SAID:
        return draft
    around = Surroundings(context, context.draft_at[draft.cue.token, draft.type])
    read = [role for role in roles if role != "target" or draft.type in TARGETED]
    rated = {key: p for key, p in draft.roles.items() if key[0] not in (*read, "place")}
    for role in read:
        rated |= recast(around, role, models[f"{role}-2"])
    return replace(draft, roles=rated | locate(around, models["place-2"]))


def make_first_drafts(scene: Scene, models: Mapping[str, LinearModel], shift: float = 0.0) -> list[Draft]:
    """The first reading: each cue by itself."""
    return [read_cue(scene, cue, kind, p, models) for cue, kind, p in list_readings(scene, models, shift)]


def list_readings(scene: Scene, models: Mapping[str, LinearModel], shift: float) -> Iterator[tuple[Cue, str, float]]:
    """Cues with types and their probability."""
    if not scene.news:
        scene.news.append(find_news(scene, models))
    for cue in scene.cues:
        features = cue_features(scene, cue)
        for kind in cue.types:
            probability = models["cue"].probability(features, kind)
            if probability >= scene.taxonomy.types[kind].threshold + shift:
                yield cue, kind, probability


def read_cue(scene: Scene, cue: Cue, kind: str, probability: float, models: Mapping[str, LinearModel]) -> Draft:
    """One cue as one type."""
    roles = rate_roles(scene, cue, kind, models)
    status = find_status(scene, cue, kind, models)
    when = find_when(scene, cue, kind, status, models, None)
    return Draft(cue, kind, probability, roles, status, when)


def rate_roles(scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel]) -> dict[tuple[str, str], float]:
    """Probabilities of all entities in all roles; countries and places are rated knowing the likely persons."""
    rated: dict[tuple[str, str], float] = {}
    actors: frozenset[str] = frozenset()
    for role in ROLE_KINDS:
        if role == "target" and kind not in TARGETED:
            continue
        for entity in select_entities(scene, cue, role):
            features = role_features(scene, cue, kind, entity, actors)
            rated[role, entity.id] = models[role].probability(features, kind)
        if role == "participant":
            actors = frozenset(ident for (_, ident), p in rated.items() if p >= LIKELY)
    return rated


def select_entities(scene: Scene, cue: Cue, role: str) -> Sequence[Entity]:
    """The entities of the kinds that a role takes, near the cue or in the title."""
    here = scene.sentence[cue.token]
    return scene.recall(("near", here, role), lambda: tuple(e for e in scene.entities if is_near(scene, e, here, role)))


def is_near(scene: Scene, entity: Entity, here: int, role: str) -> bool:
    """Whether an entity that a role takes is named near a sentence or in the title."""
    if entity.kind not in ROLE_KINDS[role]:
        return False
    refs = (r for r in scene.refs_of[entity.id] if role not in ("country", "target") or not is_firm(scene, r))
    return any(abs(scene.sentence[r.head] - here) <= REACH or scene.sentence[r.head] == 0 for r in refs)


def is_firm(scene: Scene, ref: Ref) -> bool:
    """The country of a company («турецкий банк»), which acts for none."""
    if ref.sort != "adjective":
        return False
    return scene.lemmas[scene.tokens[ref.head].head.i] in load_language().words["titles.business"]

"""Who takes part in an event as a whole: what its mentions say of each entity, made to fit together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.knowledge.taxonomy import EventType
from kg.text.draft import LIKELY, Draft
from kg.text.merging import strength

Roles = dict[tuple[str, str], float]
LEAST_TARGET = 0.2  # a deed that is done to somebody has a target: the likeliest, if it is at least this likely
LEAST_PARTNER = 0.3  # talks of one are no talks: the likeliest other takes part


def settle_roles(group: Sequence[Draft], kind: EventType) -> Roles:
    """The probability of each (role, entity id): the surest mention says who takes part, targets and places may stand
    with any; where two sides stand apart nobody is both, and a mutual event has a partner."""
    rated: Roles = dict(max(group, key=strength).roles)
    shared = ("participant", "country", "target", "place") if kind.gathering else ("target", "place")
    for draft in group:
        for key, p in draft.roles.items():
            if key[0] in shared:
                rated[key] = max(p, rated.get(key, 0.0))
    if kind.apart:
        set_apart(rated)
        name_target(rated)
    if kind.mutual:
        name_partner(rated)
    return rated


def set_apart(rated: Roles) -> None:
    """A country acts or is acted upon, whichever is likelier."""
    for role, ident in list(rated):
        if role != "country" or min(rated[role, ident], rated.get(("target", ident), 0.0)) < LIKELY:
            continue
        weaker = "country" if rated["target", ident] > rated["country", ident] else "target"
        rated[weaker, ident] = 0.0


def name_target(rated: Roles) -> None:
    """The likeliest target, where none is likely."""
    targets = [(p, ident) for (role, ident), p in rated.items() if role == "target"]
    free = [(p, ident) for p, ident in targets if p >= LEAST_TARGET and rated.get(("country", ident), 0.0) < LIKELY]
    if free and not any(p >= LIKELY for p, _ in targets):
        rated["target", max(free)[1]] = LIKELY


def name_partner(rated: Roles) -> None:
    """The second person, where one alone is likely."""
    persons = sorted((p, i) for (role, i), p in rated.items() if role == "participant" and i.startswith("person/"))
    if len(persons) > 1 and persons[-1][0] >= LIKELY > persons[-2][0] >= LEAST_PARTNER:
        rated["participant", persons[-2][1]] = LIKELY

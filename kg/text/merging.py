"""One event, one node: drafts of one type that tell of the same event become one group."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import When
from kg.text.draft import LIKELY, Draft
from kg.text.scene import Scene

NEAR = 3  # sentences between mentions of an event of which one names no actor


def group_drafts(drafts: Sequence[Draft], scene: Scene) -> list[list[Draft]]:
    """Groups of drafts, each of one event; the surest drafts found the groups."""
    groups: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: (-strength(d), d.cue.token)):
        home = next((g for g in groups if all(is_same(draft, other, scene) for other in g)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return sorted((sorted(g, key=lambda d: d.cue.token) for g in groups), key=lambda g: g[0].cue.token)


def strength(draft: Draft) -> float:
    """Drafts that name their actors come first: the others join them."""
    return draft.probability + 0.5 * min(len(find_actors(draft)), 2)


def find_actors(draft: Draft, role: str = "participant") -> frozenset[str]:
    """Ids of the likely entities in a role."""
    return frozenset(ident for (name, ident), p in draft.roles.items() if name == role and p >= LIKELY)


def is_same(a: Draft, b: Draft, scene: Scene) -> bool:
    """Whether two drafts may tell of one event."""
    if a.type != b.type:
        return False
    if a.cue.token == b.cue.token:
        return True
    if not compatible_dates(a.when, b.when) or {a.status, b.status} in ({"planned", "occurred"}, {"cancelled", "occurred"}):
        return False
    first, second = find_actors(a), find_actors(b)
    if a.type == "Statement":
        return bool(first & second) or not first or not second
    if a.type == "Visit" and not compatible_places(a, b):
        return False
    if first and second:
        return first <= second or second <= first
    countries = find_actors(a, "country"), find_actors(b, "country")
    close = abs(scene.sentence[a.cue.token] - scene.sentence[b.cue.token]) <= NEAR or 0 in (scene.sentence[a.cue.token], scene.sentence[b.cue.token])
    return close and (not countries[0] or not countries[1] or bool(countries[0] & countries[1]))


def compatible_dates(a: When | None, b: When | None) -> bool:
    """Unknown, or with a day in common."""
    first, second = a.bounds() if a else None, b.bounds() if b else None
    if first is None or second is None:
        return True
    return first[0] <= second[1] and second[0] <= first[1]


def compatible_places(a: Draft, b: Draft) -> bool:
    """Unknown, or one in common."""
    first, second = find_actors(a, "place"), find_actors(b, "place")
    return not first or not second or bool(first & second)

"""How sure an event is as a whole: its mentions, actors, place and date together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Event
from kg.text.draft import Draft
from kg.text.scene import Scene

STEPS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96)


def event_features(event: Event, group: Sequence[Draft], scene: Scene) -> list[str]:
    """What tells whether an event is one that the article reports."""
    best = max(group, key=lambda d: d.probability)
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
    features = [
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
    return list(dict.fromkeys(features))


def find_level(probability: float) -> int:
    """A probability in eight steps."""
    return sum(probability >= step for step in STEPS)

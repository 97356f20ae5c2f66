"""A cue on the way to its date: what all the dates that it may have share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kg.records import When
from kg.text.scene import Cue, Scene
from kg.text.tense import climb_verbs, find_time
from kg.text.timing import find_lag, find_link


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that an event may have, and what tells for it. ``when`` is None for "unknown"."""

    when: When | None
    features: list[str]

    def join(self, other: Dating) -> Dating:
        """The same date with what tells for both, each feature once."""
        return Dating(self.when, list(dict.fromkeys((*self.features, *other.features))))


def day_of(scene: Scene) -> datetime.date | None:
    """The day of publication."""
    article = scene.doc._.article
    return article.published if article is not None else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all dates of a cue share: the event's status, tense, day of publication,
    how the clause is linked to what is told before, common features.
    """

    scene: Scene
    cue: Cue
    status: str
    tense: str
    day: datetime.date | None
    link: str
    common: tuple[str, ...]

    @property
    def here(self) -> int:
        """The sentence of the cue."""
        return self.scene.sentence[self.cue.token]

    def with_common(self, mark: str) -> list[str]:
        """The common features as those of one sort of date."""
        return [f"{mark}|{feature}" for feature in self.common]


def make_setting(scene: Scene, cue: Cue, status: str) -> Setting:
    """The setting of a cue."""
    day, here = day_of(scene), scene.sentence[cue.token]
    token = scene.tokens[cue.token]
    tense = find_time(scene, (token, *list(climb_verbs(token))[:2]))
    inside = min(len(scene.dates_in.get(here, [])), 2)
    before = any(scene.sentence[e.start] < here for e in scene.doc._.dates)
    lag, link = find_lag(scene, day), find_link(scene, cue)
    common = (
        f"lag={lag}|{status}",
        f"inside={inside}|lag={lag}",
        f"{tense}|{status}",
        f"deep={min(here, 6)}|inside={inside > 0}",
        f"status={status}",
        f"inside={inside}",
        f"before={before}",
        f"title={here == 0}",
        f"link={link}",
        f"link={link}|inside={inside > 0}",
    )
    return Setting(scene, cue, status, tense, day, link, common)

"""Events of several days: for as long as the text says, or from one day that it tells of to another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from kg.records import When
from kg.text.language import load_language
from kg.text.scene import Cue, Scene

SPAN = 6  # days before and after publication that belong to the news


def find_stretch(scene: Scene, cue: Cue, when: When) -> When | None:
    """From a day on for as long as the sentence says («двухдневный визит»)."""
    duration, bounds = find_duration(scene, cue), when.bounds()
    if not duration or bounds is None or bounds[0] != bounds[1]:
        return None
    return When(bounds[0].isoformat(), (bounds[0] + datetime.timedelta(days=duration - 1)).isoformat())


def find_duration(scene: Scene, cue: Cue) -> int:
    """Days that the sentence gives an event: «двухдневный», «трёхдневный»; 0 where it gives none."""
    start, end = scene.bounds[scene.sentence[cue.token]]
    language = load_language()
    for lemma in scene.lemmas[start:end]:
        for ending in language.words["dates.lasting"]:
            if lemma.endswith(ending):
                return int(language.maps["dates.durations"].get(lemma.removesuffix(ending), 0))
    return 0


def list_spans(whens: Sequence[When], day: datetime.date | None) -> Iterator[When]:
    """The stretch of days that the article tells of, and from its first day to publication: for visits and summits."""
    if day is None:
        return
    days = sorted(b[0] for w in whens if (b := w.bounds()) and b[0] == b[1] and abs((b[0] - day).days) <= SPAN)
    if not days:
        return
    if days[0] < days[-1]:
        yield When(days[0].isoformat(), days[-1].isoformat())
    if days[0] < day != days[-1]:
        yield When(days[0].isoformat(), day.isoformat())

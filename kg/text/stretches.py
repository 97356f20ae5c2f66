"""How long an event lasts by the words of the text, and the stretch of days that the article's events span."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from kg.records import When
from kg.text.language import load_language
from kg.text.scene import Cue, Scene

SPAN = 6  # days before and after publication that belong to the news


def find_stretch(scene: Scene, cue: Cue, when: When) -> When | None:
    """From a day on for as long as the sentence says («двухдневный визит»)."""
    duration, bounds = list_durations(scene).get(scene.sentence[cue.token]), when.bounds()
    if not duration or bounds is None or bounds[0] != bounds[1]:
        return None
    return When(bounds[0].isoformat(), (bounds[0] + datetime.timedelta(days=duration - 1)).isoformat())


def list_durations(scene: Scene) -> dict[int, int]:
    """By sentence the days that it gives an event; sentences that give none are left out."""
    found = ((number, find_duration(scene, number)) for number in scene.bounds)
    return scene.recall("durations", lambda: {number: days for number, days in found if days})


def find_duration(scene: Scene, sentence: int) -> int:
    """Days that a sentence gives an event: «двухдневный», «двое суток»; 0 where it gives none."""
    start, end = scene.bounds[sentence]
    dated = {i for e in scene.dates_in.get(sentence, ()) for i in range(e.start, e.end)}
    return next((days for i in range(start, end) if i not in dated and (days := read_duration(scene, i, start))), 0)


def read_duration(scene: Scene, token: int, start: int) -> int:
    """The days that a word stands for, with the number before it; 0 for most."""
    language, lemma = load_language(), scene.lemmas[token]
    for ending in language.words["dates.lasting"]:
        if lemma.endswith(ending):
            return int(language.maps["dates.durations"].get(lemma.removesuffix(ending), 0))
    if token == start or language.maps["dates.units"].get(lemma) != "1":
        return 0
    counted = scene.words[token - 2] in language.words["dates.opening"] if token - 2 >= start else False
    return 0 if counted else int(language.maps["dates.numbers"].get(scene.lemmas[token - 1], 0))


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

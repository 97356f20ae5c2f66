"""When an event took place: a choice among its sentence's dates, those told of before, and the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from kg.records import When
from kg.text.calendar import Expression, list_readings, resolve
from kg.text.context import Context
from kg.text.scene import Cue, Scene
from kg.text.setting import Dating, Setting, make_setting
from kg.text.stretches import find_stretch
from kg.text.timing import find_depth, inside_features, order_features
from kg.train.linear import LinearModel

VAGUE = ("step", "year", "yearshift", "month")  # no day to count from
TOLD = 4  # dates told of before that an event may take over


def find_when(
    scene: Scene, cue: Cue, kind: str, status: str, models: Mapping[str, LinearModel], context: Context | None
) -> When | None:
    """The likeliest date."""
    model = models["date" if context is None else "date-2"]
    options = list_datings(scene, cue, kind, status, context)
    return max(options, key=lambda option: model.score(option.features, kind)).when


def list_datings(scene: Scene, cue: Cue, kind: str, status: str, context: Context | None) -> list[Dating]:
    """All dates that an event at a cue may have, each once with all that tells for it."""
    key = (cue.token, status)
    if key not in scene.settings:
        setting = make_setting(scene, cue, status)
        scene.settings[key] = (setting, merge_datings(make_datings(setting)))
    setting, own = scene.settings[key]
    return merge_datings([*own, *context.list_datings(setting, kind)]) if context is not None else own


def merge_datings(datings: Iterable[Dating]) -> list[Dating]:
    """Each date once, with all that tells for it."""
    merged: dict[When | None, dict[str, None]] = {}
    for dating in datings:
        merged.setdefault(dating.when, {}).update(dict.fromkeys(dating.features))
    return [Dating(when, list(features)) for when, features in merged.items()]


def make_datings(setting: Setting) -> Iterator[Dating]:
    """The dates of the sentence, those told of before, that of the lead, the day of publication, and none."""
    yield from list_inside(setting)
    yield from list_told(setting)
    yield from list_lead(setting)
    if setting.day is not None:
        day = setting.day.isoformat()
        yield Dating(When(day), ["option=published", *setting.with_common("published")])
        yield Dating(When(day[:7]), ["option=month", *setting.with_common("month")])
    yield Dating(None, ["option=unknown", *setting.with_common("unknown")])


def list_inside(setting: Setting) -> Iterator[Dating]:
    """The dates of the cue's own sentence, in all their readings."""
    scene, cue, status, tense, day = setting.scene, setting.cue, setting.status, setting.tense, setting.day
    inside = scene.dates_in.get(setting.here, [])
    for expression in inside:
        facts = inside_features(scene, cue, expression, len(inside))
        for reading, when in list_readings(expression, day, find_previous(scene, expression, day)):
            how = [
                f"read={reading}|{expression.kind}|{status}",
                f"read={reading}|{tense}|{status}",
                f"read={reading}|{expression.kind}|{tense}",
                *order_features(when, day, status, tense),
            ]
            yield Dating(when, [*facts, *how, *setting.common])
            stretch = find_stretch(scene, cue, when)
            if stretch is not None:
                yield Dating(stretch, ["option=duration", *(f"duration|{f}" for f in facts[:4])])


def list_told(setting: Setting) -> Iterator[Dating]:
    """The last dates told of before the sentence."""
    scene, status, day = setting.scene, setting.status, setting.day
    before = [e for e in scene.doc._.dates if scene.sentence[e.start] < setting.here]
    for rank, expression in enumerate(reversed(before[-TOLD:])):
        when = resolve(expression, day, False, find_previous(scene, expression, day))
        if when is not None:
            gap = min(setting.here - scene.sentence[expression.start], 4)
            facts = [
                "option=told",
                f"told={expression.kind}|gap={gap}|{status}",
                f"told|depth={find_depth(scene, expression)}|gap={gap}",
                f"toldrank={rank}",
                f"toldrank={rank}|{expression.kind}|{status}",
                *order_features(when, day, status, setting.tense),
            ]
            yield Dating(when, [*facts, *setting.with_common(f"told{min(rank, 1)}")])


def list_lead(setting: Setting) -> Iterator[Dating]:
    """The first date of the article's opening; to a title that of the sentence behind it."""
    scene = setting.scene
    lead = next((e for e in scene.doc._.dates if scene.sentence[e.start] < min(setting.here, 3)), None)
    when = resolve(lead, setting.day, False, None) if lead is not None else None
    if lead is not None and when is not None:
        yield Dating(when, ["option=lead", f"lead={lead.kind}|{setting.status}"])
    ahead = next(iter(scene.dates_in.get(1, ())), None) if setting.here == 0 else None
    when = resolve(ahead, setting.day, setting.status == "planned", None) if ahead is not None else None
    if when is not None:
        yield Dating(when, ["option=ahead", *setting.with_common("ahead")])


def find_previous(scene: Scene, expression: Expression, day: datetime.date | None) -> datetime.date | None:
    """The day told of before an expression, from which «днём ранее» counts; at first the day of publication.

    To a day or month without a year the last month or year will do: «в декабре того же года».
    """
    yearly = expression.kind in ("day", "month")
    earlier = [e for e in scene.doc._.dates if e.start < expression.start and (yearly or e.kind not in VAGUE)]
    for other in reversed(earlier):
        when = resolve(other, day, False, day)
        bounds = when.bounds() if when else None
        if bounds is not None and (yearly or bounds[0] == bounds[1]):
            return bounds[0]
    return day

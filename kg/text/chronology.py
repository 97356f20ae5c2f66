"""Dates that the article tells outside an event's sentence: before it, behind it, in the lead, and within a stretch."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from kg.records import When
from kg.text.calendar import Expression, list_readings, resolve
from kg.text.scene import Scene
from kg.text.setting import Dating, Setting
from kg.text.timing import find_depth, order_features

VAGUE = ("step", "year", "yearshift", "month")  # no day to count from
TOLD = 4  # dates told of before that an event may take over
AHEAD, LATER = 2, 3  # dates told of behind, within so many sentences
LONGEST = 10  # days of a stretch that is told by its days
ROOM = 3  # tokens beside a date that stands alone, as a heading

Day = datetime.date


def list_elsewhere(setting: Setting) -> Iterator[Dating]:
    """All of them."""
    yield from list_told(setting)
    yield from list_later(setting)
    yield from list_days(setting)
    yield from list_lead(setting)


def list_told(setting: Setting) -> Iterator[Dating]:
    """The last dates told of before the sentence."""
    scene, status = setting.scene, setting.status
    before = [e for e in scene.doc._.dates if scene.sentence[e.start] < setting.here and e.kind != "stay"]
    marked = setting.with_common("told0"), setting.with_common("told1")
    for rank, expression in enumerate(reversed(before[-TOLD:])):
        gap, alone = min(setting.here - scene.sentence[expression.start], 4), stands_alone(scene, expression)
        facts = [
            "option=told",
            f"told={expression.kind}|gap={gap}|{status}",
            f"told|depth={find_depth(scene, expression)}|gap={gap}",
            f"told|alone={alone}|gap={gap}",
            f"told|alone={alone}|rank={rank}",
            f"toldrank={rank}",
            f"toldrank={rank}|{expression.kind}|{status}",
            *marked[min(rank, 1)],
        ]
        yield from list_likely(setting, expression, facts)


def list_later(setting: Setting) -> Iterator[Dating]:
    """The first dates told of behind the sentence: news are told before their day."""
    scene, status = setting.scene, setting.status
    behind = [e for e in scene.doc._.dates if 0 < scene.sentence[e.start] - setting.here <= LATER and e.kind != "stay"]
    for rank, expression in enumerate(behind[:AHEAD]):
        gap = scene.sentence[expression.start] - setting.here
        facts = [
            "option=later",
            f"later={expression.kind}|gap={gap}|{status}",
            f"later|gap={gap}|rank={rank}",
            f"later|rank={rank}|{expression.kind}|{status}",
            f"later|depth={find_depth(scene, expression)}|gap={gap}",
        ]
        yield from list_likely(setting, expression, facts)


def list_likely(setting: Setting, expression: Expression, facts: Sequence[str]) -> Iterator[Dating]:
    """The readings of a date told of elsewhere, with what tells for all of them: what occurred lies in the past."""
    for reading, when in read_dates(setting.scene, expression, setting.day):
        if reading != "future" or setting.status != "occurred":
            yield Dating(when, [*facts, *order_features(when, setting.day, setting.status, setting.tense)])


def list_days(setting: Setting) -> Iterator[Dating]:
    """The days of the last stretches told of, above all where the sentence says which: «в первый день»."""
    scene = setting.scene
    said = {e.values[0] for e in scene.dates_in.get(setting.here, ()) if e.kind == "stay"}
    for rank, (expression, first, last) in enumerate(find_stretches(setting)):
        gap = max(-1, min(setting.here - scene.sentence[expression.start], 4))
        days = (last - first).days + 1
        for number in range(1, days + 1):
            place = "last" if number == days else str(number)
            fit = "-" if not said else str(number in said or (0 in said and number == days))
            yield Dating(
                When((first + datetime.timedelta(days=number - 1)).isoformat()),
                [
                    "option=stay",
                    f"stay={place}|{setting.status}",
                    f"stay={place}|fit={fit}",
                    f"stay={place}|fit={fit}|gap={gap}|rank={rank}",
                    f"stay|fit={fit}|gap={gap}",
                    f"stay={place}|days={min(days, 5)}|fit={fit}",
                    f"stay={place}|link={setting.link}",
                ],
            )


def find_stretches(setting: Setting) -> list[tuple[Expression, Day, Day]]:
    """The two stretches of days told of last, not far behind the sentence."""
    scene, found = setting.scene, []
    for expression in reversed(scene.doc._.dates):
        if scene.sentence[expression.start] <= setting.here + 1:
            for _, when in read_dates(scene, expression, setting.day):
                bounds = when.bounds() if when.end is not None else None
                if bounds is not None and (bounds[1] - bounds[0]).days < LONGEST:
                    found.append((expression, *bounds))
    return found[:2]


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


def read_dates(scene: Scene, expression: Expression, day: Day | None) -> list[tuple[str, When]]:
    """All readings of an expression, each with how it was read; made once a scene."""
    key = ("dates", expression.start)
    return scene.recall(key, lambda: list_readings(expression, day, find_previous(scene, expression, day)))


def find_previous(scene: Scene, expression: Expression, day: Day | None) -> Day | None:
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


def stands_alone(scene: Scene, expression: Expression) -> bool:
    """Whether a date is a sentence of its own: the heading of a diary."""
    start, end = scene.bounds[scene.sentence[expression.start]]
    return end - start - (expression.end - expression.start) <= ROOM

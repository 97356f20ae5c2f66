"""The days of a visit or summit: every stretch from one day that the article tells of to another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.records import When
from kg.text.chronology import Day, read_dates
from kg.text.draft import Draft, find_actors
from kg.text.setting import Dating, Setting
from kg.text.stretches import list_durations
from kg.text.syntax import find_governor

LASTING = frozenset(("Visit", "Summit"))
LONGEST = 10  # days of a stay
ONE_DAY = datetime.timedelta(days=1)
NEARNESS = ("-", "event", "shared", "kind")  # an event of a day: none, any, of the same people, and of the same type


@dataclass(frozen=True, slots=True)
class Mark:
    """A day, how its nearest expression tells of it, and the closest event that is on it.

    ``text`` is "inside", "before" or "after" the sentence, with the end for one of two ends, or "lasting" for a day
    that follows from how long something lasts; "-" stands for nothing.
    """

    day: Day
    text: str = "-"
    event: str = "-"
    verb: str = "-"
    preposition: str = "-"

    @property
    def source(self) -> str:
        """What tells of it."""
        return f"{self.text}.{self.event}"


@dataclass(frozen=True)
class Stay:
    """A visit or summit on the way to its days: its first reading, if there is one, and the other events with dates."""

    setting: Setting
    own: Draft | None
    dated: Sequence[Draft]

    @cached_property
    def actors(self) -> frozenset[str]:
        """Who takes part by the first reading."""
        return find_actors(self.own) if self.own is not None else frozenset()

    @cached_property
    def durations(self) -> frozenset[int]:
        """How many days the article gives anything."""
        return frozenset(list_durations(self.setting.scene).values())

    @cached_property
    def marks(self) -> dict[Day, Mark]:
        """The days that the article tells of."""
        marks = dict(self._list_named())
        for draft in self.dated:
            for day in dict.fromkeys(draft.days or ()) if is_short(draft.days) else ():
                mark = marks.get(day, Mark(day))
                marks[day] = replace(mark, event=max(mark.event, self._relate(draft), key=NEARNESS.index))
        for mark in tuple(marks.values()):
            if mark.event in NEARNESS[2:] or mark.text.startswith("inside"):
                for days in self.durations:
                    for day in (mark.day + ONE_DAY * (days - 1), mark.day - ONE_DAY * (days - 1)):
                        marks.setdefault(day, Mark(day, "lasting"))
        if self.setting.day is not None:
            marks.setdefault(self.setting.day, Mark(self.setting.day, "published"))
        return marks

    @cached_property
    def shared(self) -> tuple[Day, ...]:
        """The days of events with the same people."""
        return tuple(mark.day for mark in self.marks.values() if mark.event in NEARNESS[2:])

    def list_datings(self) -> Iterator[Dating]:
        """Every stretch of two days or more."""
        days = sorted(self.marks)
        for place, first in enumerate(days):
            for last in days[place + 1 :]:
                length = (last - first).days + 1
                if length > LONGEST:
                    break
                ends = self.marks[first], self.marks[last]
                if length in self.durations or "lasting" not in (ends[0].text, ends[1].text):
                    yield Dating(When(first.isoformat(), last.isoformat()), list(self._describe(*ends, length)))

    def _list_named(self) -> Iterator[tuple[Day, Mark]]:
        """The days that expressions name, those of the nearest sentence last."""
        scene, here = self.setting.scene, self.setting.here
        for expression in sorted(scene.doc._.dates, key=lambda e: -abs(scene.sentence[e.start] - here)):
            gap = scene.sentence[expression.start] - here
            where = "inside" if gap == 0 else "before" if gap < 0 else "after"
            verb = find_governor(scene.tokens[expression.start])
            mark = Mark(
                day=Day.min,
                verb=scene.lemmas[verb.i] if verb is not None else "-",
                preposition=scene.words[expression.start - 1] if expression.start else "-",
            )
            for _, when in read_dates(scene, expression, self.setting.day):
                bounds = when.bounds()
                if bounds is not None and is_short(bounds):
                    ends = ("",) if bounds[0] == bounds[1] else ("0", "1")
                    for day, end in zip(bounds, ends, strict=False):
                        yield day, replace(mark, day=day, text=where + end)

    def _relate(self, draft: Draft) -> str:
        """How close another event is."""
        if not self.actors & find_actors(draft):
            return "event"
        return "kind" if self.own is not None and draft.type == self.own.type else "shared"

    def _describe(self, first: Mark, last: Mark, length: int) -> Iterator[str]:
        """What tells for a stretch."""
        status, lemma = self.setting.status, self.setting.scene.lemmas[self.setting.cue.token]
        own, fit, order = self._compare(first.day, last.day), self._fit(length), self._order(first.day, last.day)
        cover = self._cover(first.day, last.day)
        yield "option=stretch"
        yield f"stretch|{status}"
        yield f"stretch|{status}|{order}"
        yield f"stretch|{status}|ends={first.event}>{last.event}"
        yield f"stretch|ends={first.source}>{last.source}"
        yield f"stretch|from={first.source}"
        yield f"stretch|to={last.source}"
        yield f"stretch|len={min(length, 5)}|fit={fit}"
        yield f"stretch|own={own}|{order}"
        yield f"stretch|own={own}|l={lemma}"
        yield f"stretch|own={own}|fit={fit}"
        yield f"stretch|own={own}|days={min(len(self.shared), 3)}"
        yield f"stretch|cover={cover}"
        yield f"stretch|cover={cover}|edges={first.event}{last.event}"
        yield f"stretch|fromverb={first.verb}"
        yield f"stretch|fromword={first.preposition}|{first.text}"
        yield f"stretch|toverb={last.verb}"
        yield f"stretch|toword={last.preposition}|{last.text}"
        yield f"stretch|l={lemma}|{order}"

    def _compare(self, first: Day, last: Day) -> str:
        """How the date of the first reading lies to a stretch."""
        told = self.own.days if self.own is not None else None
        if told is None:
            return "none"
        if told in ((first, last), (first, first), (last, last)):
            return "equal" if told[0] != told[1] else "start" if told[0] == first else "end"
        if first <= told[0] and told[1] <= last:
            return "in"
        return "over" if told[0] <= first and last <= told[1] else "out"

    def _fit(self, length: int) -> str:
        """Whether the text says that something lasts so long."""
        here = list_durations(self.setting.scene).get(self.setting.here)
        if length == here:
            return "here"
        if length in self.durations:
            return "any"
        return "off" if here else "elsewhere" if self.durations else "none"

    def _order(self, first: Day, last: Day) -> str:
        """How the day of publication lies to a stretch."""
        day = self.setting.day
        if day is None:
            return "?"
        if first <= day <= last:
            return "first" if day == first else "last" if day == last else "in"
        return "behind" if last < day else "ahead"

    def _cover(self, first: Day, last: Day) -> str:
        """How many of the days of events with the same people a stretch has."""
        inside = sum(first <= day <= last for day in self.shared)
        if not self.shared or not inside:
            return "out" if self.shared else "none"
        return "all" if inside == len(self.shared) else "most" if inside * 2 > len(self.shared) else "some"


def is_short(bounds: tuple[Day, Day] | None) -> bool:
    """Whether a date is a few days at most."""
    return bounds is not None and (bounds[1] - bounds[0]).days < LONGEST

"""What date expressions mean against the day of publication, the tense, and the day told of before."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterator

from kg.records import When
from kg.text.expression import Expression
from kg.text.expressions import find_expressions

__all__ = ["Expression", "find_expressions", "list_readings", "resolve"]

ONE_DAY = datetime.timedelta(days=1)
WEEK = 7
SATURDAY = 5
TOLD = ("step", "offset", "weekday", "monthday")  # may count from the day told of before
Day = datetime.date


def resolve(expression: Expression, day: Day | None, future: bool, previous: Day | None) -> When | None:
    """What an expression means. ``day`` is the day of publication, ``previous`` the day told of before.

    A missing year is the nearest one that fits the tense; without ``day`` the result lacks the year, or is None.
    """
    kind, values = expression.kind, expression.values
    if kind == "day":
        return resolve_days(values, day, future)
    if kind == "month":
        return resolve_month(values, day, future)
    if kind == "year":
        return When(f"{values[0]:04d}")
    if kind == "stay":
        return None  # a stretch is no day
    if kind == "step" and previous is not None:
        return shift_day(values, previous, future)
    return RELATIVE[kind](values, day, future) if day is not None else None


def list_readings(expression: Expression, day: Day | None, previous: Day | None) -> list[tuple[str, When]]:
    """All that an expression may mean, each with how it was read, "only" where that makes no difference.

    "past" and "future" of the day of publication, "told": counted from the day told of before or in its year, and
    "rough": the month or year of a week or season, as far as sources commit themselves.
    """
    readings = [(name, resolve(expression, day, name == "future", day)) for name in ("past", "future")]
    readings += [("told", when) for when in list_told(expression, day, previous)]
    found: dict[When, str] = {}
    for name, when in readings:
        if when is not None:
            found[when] = name if when not in found else "only"
    for when in tuple(found):
        rough = find_rough(expression, when)
        if rough is not None:
            found.setdefault(rough, "rough")
    return [(name, when) for when, name in found.items()]


def list_told(expression: Expression, day: Day | None, previous: Day | None) -> Iterator[When | None]:
    """What an expression means seen from the day told of before: «6 июня» in the year of the story so far."""
    if previous is None or previous == day:
        return
    if expression.kind in TOLD:
        yield resolve(expression, previous, expression.kind == "monthday", previous)
    elif expression.kind in ("day", "month") and not expression.values[0] and day and previous.year != day.year:
        dated = (previous.year, *expression.values[1:])
        yield resolve(Expression(expression.start, expression.end, expression.kind, dated), day, False, previous)


def find_rough(expression: Expression, when: When) -> When | None:
    """The month of a week or of a day told in weeks, the year of a season; None for what is exact."""
    weekly = expression.kind in ("offset", "step") and expression.values[0] and expression.values[0] % WEEK == 0
    if expression.kind == "week" or weekly:
        return When(when.start[:7])
    return When(when.start[:4]) if expression.kind == "season" else None


def shift_day(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«вчера», «два дня спустя»."""
    return When((day + ONE_DAY * values[0]).isoformat())


def shift_monthday(values: tuple[int, ...], day: Day, future: bool) -> When | None:
    """«вечером 10-го»: the nearest such day in the direction of the tense."""
    month = day.year * 12 + day.month - 1
    month += (values[0] < day.day) if future else -(values[0] > day.day)
    told = format_day(month // 12, month % 12 + 1, values[0])
    return When(told) if told is not None else None


def shift_week(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«на прошлой неделе»: Monday to Sunday."""
    monday = day + ONE_DAY * (WEEK * values[0] - day.weekday())
    return When(monday.isoformat(), (monday + 6 * ONE_DAY).isoformat())


def shift_weekend(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«в выходные»: the Saturday and Sunday last begun, or the next ones."""
    saturday = find_weekday(SATURDAY, values[0], day, future)
    return When(saturday.isoformat(), (saturday + ONE_DAY).isoformat())


def shift_month(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«в прошлом месяце»."""
    year, month = divmod(day.year * 12 + day.month - 1 + values[0], 12)
    return When(f"{year:04d}-{month + 1:02d}")


def shift_year(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«в прошлом году»."""
    return When(f"{day.year + values[0]:04d}")


def shift_weekday(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«в среду»."""
    return When(find_weekday(values[0], values[1], day, future).isoformat())


def find_weekday(weekday: int, shift: int, day: Day, future: bool) -> Day:
    """The nearest such day in the direction of the tense; the day itself when it is one and the past is told."""
    if shift > 0 or (future and not shift):
        ahead = (weekday - day.weekday()) % WEEK
        return day + ONE_DAY * (ahead or WEEK)
    behind = (day.weekday() - weekday) % WEEK
    return day - ONE_DAY * (behind or (WEEK if shift < 0 else 0))


def shift_season(values: tuple[int, ...], day: Day, future: bool) -> When:
    """«прошлой осенью»: the season as an interval of months."""
    first, last, shift = values
    year = day.year + shift
    if not shift and future and day.month > (last if last >= first else last + 12):
        year += 1
    if not shift and not future and first > day.month:
        year -= 1
    return When(f"{year:04d}-{first:02d}", f"{year + (last < first):04d}-{last:02d}")


def resolve_days(values: tuple[int, ...], day: Day | None, future: bool) -> When | None:
    """A day, or two ends of an interval."""
    year, month, first, last_month, last = values
    inferred = infer_year(year, month, first, day, future)
    start = format_day(inferred, month, first)
    end = format_day(inferred + (inferred > 0 and last_month < month), last_month, last)
    if start is None or end is None:
        return None
    return When(start) if start == end else When(start, end)


def resolve_month(values: tuple[int, ...], day: Day | None, future: bool) -> When:
    """A month, or two."""
    year, month, last = values
    inferred = infer_year(year, month, 0, day, future)
    start = format_month(inferred, month)
    return When(start) if month == last else When(start, format_month(inferred + (inferred > 0 and last < month), last))


def infer_year(year: int, month: int, first: int, day: Day | None, future: bool) -> int:
    """The year of a month (and day) that has none: the nearest before or after ``day``; 0 without ``day``."""
    if year >= 1000 or day is None:
        return max(year, 0)
    if year:
        return day.year + year
    own, here = (month, first or day.day), (day.month, day.day)
    if future:
        return day.year + (own < here and (day.month - month) % 12 > 1)
    return day.year - (own > here and (month - day.month) % 12 > 1)


def format_day(year: int, month: int, day: int) -> str | None:
    """An ISO day, without a year where it is 0; None where there is no such day."""
    if day > calendar.monthrange(year or 2000, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def format_month(year: int, month: int) -> str:
    """An ISO month, without a year where it is 0."""
    return f"{year:04d}-{month:02d}" if year else f"--{month:02d}"


RELATIVE: dict[str, Callable[[tuple[int, ...], Day, bool], When | None]] = {
    "monthday": shift_monthday,
    "offset": shift_day,
    "step": shift_day,
    "weekday": shift_weekday,
    "week": shift_week,
    "weekend": shift_weekend,
    "monthshift": shift_month,
    "yearshift": shift_year,
    "season": shift_season,
}

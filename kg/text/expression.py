"""A date expression of a text, and when two of them tell one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

DASHES = ("-", "–", "—")
LOOSE = ("step", "offset", "weekday", "week", "weekend", "season", "yearshift", "monthshift")
ASIDE = frozenset((",", "(", *DASHES))  # between a date and the same date in other words, beside some of these


@dataclass(frozen=True, slots=True)
class Expression:
    """Tokens ``start`` to ``end`` that name a date. ``kind`` says how to read ``values``:

    day (year, month, day, last month, last day) · month (year, first, last) · year (year), where a year of 0 is not
    told and -1 and 1 are last and next year · monthday (day) of the month told of · weekday (number, shift)
    · offset (days from publication) · step (days from the day told of before)
    · stay (day of a stretch told of, 0 for its last)
    · week, weekend, monthshift, yearshift (shift)
    · season (first month, last month, shift).
    """

    start: int
    end: int
    kind: str
    values: tuple[int, ...]


def join(one: Expression, other: Expression, words: Sequence[str], aside: frozenset[str]) -> Expression | None:
    """«накануне, 14 сентября», «в среду (1 ноября)», «3 мая, в субботу»: one date told twice, as the exact one.

    ``aside`` are words that may stand between the two, beside a comma or a dash.
    """
    if not set(words[one.end : other.start]) <= ASIDE | aside or other.start - one.end > 2 or one.end == other.start:
        return None
    for loose, exact in ((one, other), (other, one)):
        if loose.kind in LOOSE and exact.kind == "day":
            return replace(exact, start=one.start, end=other.end)
    return None


def split_season(months: str) -> tuple[int, int]:
    """First and last month of "12-2"."""
    first, _, last = months.partition("-")
    return int(first), int(last)

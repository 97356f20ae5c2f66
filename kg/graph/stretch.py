"""Stretches of time as users write them, and whether what is told of falls into one."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from kg.errors import QueryError
from kg.records import When

WRITTEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
FORMS = "2025, 2025-01 or 2025-01-15"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, both included; an end that is None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def meets(self, start: str, end: str | None = None) -> bool:
        """Whether partial ISO dates may mean a day of it; what has no year, or is no date, does not."""
        try:
            bounds = When(start, end).bounds()
        except ValueError:
            return False
        if bounds is None:
            return False
        return (self.last is None or bounds[0] <= self.last) and (self.first is None or bounds[1] >= self.first)


def parse_stretch(since: str | None, until: str | None) -> Stretch:
    """The time between two dates of any precision: "2025" begins with its first day and ends with its last.

    Raises QueryError for what is no date, and where the end comes before the beginning.
    """
    first = parse_bounds(since)[0] if since else None
    last = parse_bounds(until)[1] if until else None
    if first and last and last < first:
        raise QueryError(f"the period ends ({until}) before it begins ({since})")
    return Stretch(first, last)


def parse_bounds(written: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a year, a month or a day stands for. Raises QueryError."""
    match = WRITTEN.match(written.strip())
    try:
        if match is None:
            raise ValueError("not of this form")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        last = day or calendar.monthrange(year, month or 12)[1]
        return datetime.date(year, month or 1, day or 1), datetime.date(year, month or 12, last)
    except ValueError:
        raise QueryError(f"{written!r} is not a date; write {FORMS}") from None

"""The days on which the event of an account may have taken place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeAlias

from kg.records import When
from kg.resolve.accounts import EventAccount
from kg.resolve.settings import Settings

Bounds: TypeAlias = tuple[datetime.date, datetime.date]
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, as ordinals; ``dated`` tells what an article says from what is concluded of its own date."""

    first: int
    last: int
    dated: bool = True

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def gap(self, other: Window) -> int:
        """Days between the two; 0 where they touch or overlap."""
        return max(0, max(self.first, other.first) - min(self.last, other.last))


def find_window(account: EventAccount, settings: Settings) -> Window | None:
    """The days that an account can mean; None where neither it nor its article has a date."""
    published = account.source.day
    if account.when is not None:
        bounds = find_bounds(account.when, published, account.status)
        if bounds:
            return Window(bounds[0].toordinal(), bounds[1].toordinal())
    if published is None:
        return None
    day, windows = published.toordinal(), settings.windows
    if account.status in ("planned", "cancelled"):
        return Window(day, day + windows["planned"], dated=False)
    return Window(day - windows["occurred"], day, dated=False)


def find_bounds(when: When, published: datetime.date | None, status: str) -> Bounds | None:
    """First and last day; a date without a year is that nearest to the article, ahead of it if planned.

    What occurred lies behind it; what was cancelled may lie on either side.
    """
    if not when.start.startswith("--"):
        return read_bounds(when)
    if published is None:
        return None
    years = range(published.year + 1, published.year - 2, -1)  # of two that are as near the coming one
    found = (read_bounds(add_year(when, year)) for year in years)
    fitting = [bounds for bounds in found if bounds and fits(bounds, published, status)]
    return min(fitting, key=lambda bounds: measure_distance(bounds, published), default=None)


def read_bounds(when: When) -> Bounds | None:
    """First and last day; None for a day that no calendar has."""
    try:
        return when.bounds()
    except ValueError:
        return None


def add_year(when: When, year: int) -> When:
    """The same date in a year; an interval over New Year ends in the next one."""
    start, end = when.start.removeprefix("--"), (when.end or "").removeprefix("--")
    known = min(len(start), len(end))  # months compare with months
    later = year + 1 if end[:known] < start[:known] else year
    return When(f"{year:04}-{start}", f"{later:04}-{end}" if end else None)


def fits(bounds: Bounds, published: datetime.date, status: str) -> bool:
    """Whether what is planned lies ahead of its article and what occurred behind it."""
    if status == "cancelled":
        return True
    return bounds[1] >= published if status == "planned" else bounds[0] <= published + DAY


def measure_distance(bounds: Bounds, published: datetime.date) -> int:
    """The days between an article and the days it tells of; 0 where it was published on one of them."""
    return max((bounds[0] - published).days, (published - bounds[1]).days, 0)

"""The days on which the event of an account may have taken place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kg.records import When
from kg.resolve.accounts import EventAccount
from kg.resolve.settings import Settings

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


def find_bounds(when: When, published: datetime.date | None, status: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day; a date without a year is that nearest to the article, ahead of it if planned."""
    try:
        if not when.start.startswith("--"):
            return when.bounds()
        years = find_years(published, status)
        found = (add_year(when, year).bounds() for year in years)
        return next((bounds for bounds in found if bounds and fits(bounds, published, status)), None)
    except ValueError:  # a day that no calendar has
        return None


def find_years(published: datetime.date | None, status: str) -> tuple[int, ...]:
    """The years that a date without one may mean, the likeliest first."""
    if published is None:
        return ()
    year = published.year
    return (year, year + 1) if status == "planned" else (year, year - 1)


def add_year(when: When, year: int) -> When:
    """The same date in a year."""
    start = f"{year:04}-{when.start.removeprefix('--')}"
    end = f"{year:04}-{when.end.removeprefix('--')}" if when.end else None
    return When(start, end)


def fits(bounds: tuple[datetime.date, datetime.date], published: datetime.date | None, status: str) -> bool:
    """Whether what is planned lies ahead of its article and what occurred behind it."""
    if published is None:
        return True
    return bounds[1] >= published if status == "planned" else bounds[0] <= published + DAY

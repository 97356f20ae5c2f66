"""Time as users write it: dates of any precision, and what falls between them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph.stretch import Stretch, parse_bounds, parse_stretch

DAY = datetime.date


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2025", "2025", DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ("2025-02", "2025-02", DAY(2025, 2, 1), DAY(2025, 2, 28)),
        ("2024-02", None, DAY(2024, 2, 1), None),
        (None, "2024-02", None, DAY(2024, 2, 29)),
        ("2025-11-26", "2025-11-26", DAY(2025, 11, 26), DAY(2025, 11, 26)),
        (None, None, None, None),
    ],
)
def test_dates_of_any_precision(
    since: str | None, until: str | None, first: datetime.date | None, last: datetime.date | None
) -> None:
    assert parse_stretch(since, until) == Stretch(first, last)


@pytest.mark.parametrize(
    "written", ["25", "2025-1", "2025-13", "2025-02-30", "2025/01", "26.11.2025", "0000", "2025-01-01T00:00", "٢٠٢٥"]
)
def test_what_is_no_date_is_told_what_is(written: str) -> None:
    with pytest.raises(QueryError, match="write 2025, 2025-01 or 2025-01-15"):
        parse_stretch(written, None)


def test_end_before_beginning_is_refused() -> None:
    with pytest.raises(QueryError, match="before it begins"):
        parse_stretch("2025-03", "2025-02")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-06-15", None, True),
        ("2025", None, True),  # it may mean a day of that time
        ("2025-05", "2025-07", True),
        ("2024-12-31", None, False),
        ("2025-07-01", None, False),
        ("--06-15", None, False),
        ("when?", None, False),
        ("2025-02-30", None, False),
    ],
)
def test_what_meets_the_first_half_of_a_year(start: str, end: str | None, expected: bool) -> None:
    assert parse_stretch("2025", "2025-06").meets(start, end) is expected


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_lies_within_what_is_written_of_it(day: datetime.date, precision: int) -> None:
    first, last = parse_bounds(day.isoformat()[:precision])
    assert first <= day <= last

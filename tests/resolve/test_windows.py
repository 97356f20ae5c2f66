"""The days that an account can mean: a year is found for dates that have none."""

from __future__ import annotations

import datetime

import pytest

from kg.records import When
from kg.resolve.windows import find_bounds

DATES = [
    ("--01-10", "cancelled", "2024-12-20", "2025-01-10 2025-01-10"),  # the coming one is nearer
    ("--12-10", "cancelled", "2024-12-20", "2024-12-10 2024-12-10"),
    ("--12-28", "cancelled", "2025-01-05", "2024-12-28 2024-12-28"),
    ("--01-10", "planned", "2024-12-20", "2025-01-10 2025-01-10"),
    ("--06-10", "planned", "2025-06-11", "2026-06-10 2026-06-10"),
    ("--01-10", "occurred", "2024-12-20", "2024-01-10 2024-01-10"),
    ("--12-20", "occurred", "2025-01-05", "2024-12-20 2024-12-20"),
    ("--01-01", "occurred", "2024-12-31", "2025-01-01 2025-01-01"),  # told the evening before
    ("--12-30/--01-02", "planned", "2024-12-20", "2024-12-30 2025-01-02"),
    ("--12-30/--01-02", "planned", "2025-01-01", "2024-12-30 2025-01-02"),  # it is going on
    ("--12-30/--01-02", "occurred", "2025-01-05", "2024-12-30 2025-01-02"),
    ("--12-30/--01-02", "cancelled", "2024-12-20", "2024-12-30 2025-01-02"),
    ("--12-30/--12", "planned", "2024-12-20", "2024-12-30 2024-12-31"),
    ("--11/--02", "planned", "2024-10-20", "2024-11-01 2025-02-28"),
    ("--02-29", "planned", "2023-12-20", "2024-02-29 2024-02-29"),
    ("--02-29", "planned", "2025-12-20", "None"),
    ("2025-02-30", "planned", "2025-12-20", "None"),
    ("2025-06", "occurred", "2025-12-20", "2025-06-01 2025-06-30"),
]


@pytest.mark.parametrize(("when", "status", "published", "days"), DATES)
def test_bounds(when: str, status: str, published: str, days: str) -> None:
    start, _, end = when.partition("/")
    found = find_bounds(When(start, end or None), datetime.date.fromisoformat(published), status)
    assert (" ".join(day.isoformat() for day in found) if found else "None") == days


def test_without_a_day_of_the_article_no_year_is_made_up() -> None:
    assert find_bounds(When("--06-10"), None, "planned") is None

"""Dates in words."""

from __future__ import annotations

import pytest

from kg.graph.report.dates import format_period


@pytest.mark.parametrize(
    ("start", "end", "ru", "en"),
    [
        ("2025-11-26", None, "26 ноября 2025", "26 November 2025"),
        ("2025-12", None, "декабрь 2025", "December 2025"),
        ("2025", None, "2025", "2025"),
        ("--12-03", None, "3 декабря", "3 December"),
        ("--12", None, "декабрь", "December"),
        ("2025-11-25", "2025-11-27", "25–27 ноября 2025", "25–27 November 2025"),
        ("2025-11-30", "2025-12-02", "30 ноября 2025 – 2 декабря 2025", "30 November 2025 – 2 December 2025"),
        ("2025-11", "2026-01", "ноябрь 2025 – январь 2026", "November 2025 – January 2026"),
        ("when?", None, "when?", "when?"),
        ("2025-13", None, "2025-13", "2025-13"),
        ("2025", "<b>", "2025 – <b>", "2025 – <b>"),
    ],
)
def test_periods(start: str, end: str | None, ru: str, en: str) -> None:
    assert (format_period(start, end, "ru"), format_period(start, end, "en")) == (ru, en)

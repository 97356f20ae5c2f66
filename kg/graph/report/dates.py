"""Partial ISO dates in words, in Russian and English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from kg.config import data_path

Months: TypeAlias = Mapping[str, tuple[str, ...]]
DATE = re.compile(r"(?:(\d{4})|-)(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)


@cache
def load_months(language: str) -> Months:
    """The names of the months: "names" alone, "of" after a day."""
    found = json.loads(data_path("report", "months.json").read_text(encoding="utf-8"))[language]
    return {form: tuple(names) for form, names in found.items()}


def format_period(start: str, end: str | None, language: str) -> str:
    """A date or an interval: "25–27 ноября 2025", "ноябрь 2025"; what is no date as it is."""
    first, last = DATE.match(start), DATE.match(end) if end else None
    if first is None or (end and last is None):
        return f"{start} – {end}" if end else start
    if last is None:
        return format_date(start, language)
    if first[3] and last[3] and first.group(1, 2) == last.group(1, 2):
        return f"{int(first[3])}–{format_date(end or '', language)}"
    return f"{format_date(start, language)} – {format_date(end or '', language)}"


def format_date(partial: str, language: str) -> str:
    """One date; what is none as it is."""
    match = DATE.match(partial)
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return partial
    year, month, day = match.groups()
    if month is None:
        return year or partial
    months = load_months(language)
    name = months["of" if day else "names"][int(month) - 1]
    return " ".join(part for part in (str(int(day)) if day else "", name, year or "") if part)

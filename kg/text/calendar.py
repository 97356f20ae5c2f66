"""Date expressions of a text and what they mean against a day: no spaCy models needed, only lemmas."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.records import When
from kg.text.language import Language

DAY = re.compile(r"(\d{1,2})(?:-?(?:го|е|ое|му|м))?\Z")
YEAR = re.compile(r"((?:1[89]|20)\d\d)(?:-?(?:го|м|й|му))?\Z")
NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\Z")
DASHES = ("-", "–", "—", "по", "и", ",")
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expression:
    """Tokens ``start`` to ``end`` that name a date. ``kind`` says how to read ``values``:

    day (year, month, first, month, last; 0 unknown) · month (year, month) · year (year) · weekday (number, shift in weeks)
    · offset (days from publication) · step (days from the day told of before) · week / period (shift)
    · season (first month, shift).
    """

    start: int
    end: int
    kind: str
    values: tuple[int, ...]


def find_expressions(words: Sequence[str], lemmas: Sequence[str], language: Language) -> list[Expression]:
    """All date expressions, left to right, the longest first."""
    reader = Reader(words, lemmas, language)
    found = []
    i = 0
    while i < len(words):
        expression = reader.read(i)
        if expression is None:
            i += 1
            continue
        found.append(expression)
        i = expression.end
    return found


class Reader:
    """Reads one expression at a place in the tokens."""

    def __init__(self, words: Sequence[str], lemmas: Sequence[str], language: Language) -> None:
        self.words = [w.lower() for w in words]
        self.lemmas = lemmas
        self.months = numbers(language.maps["dates.months"])
        self.weekdays = numbers(language.maps["dates.weekdays"])
        self.days = numbers(language.maps["dates.days"])
        self.steps = numbers(language.maps["dates.steps"])
        self.counts = numbers(language.maps["dates.numbers"])
        self.units = numbers(language.maps["dates.units"])
        self.seasons = language.maps["dates.seasons"]
        self.lists = {k.removeprefix("dates."): v for k, v in language.words.items() if k.startswith("dates.")}

    def read(self, i: int) -> Expression | None:
        """The expression that starts at token i."""
        for step in (self._numeric, self._days, self._month, self._year, self._weekday, self._shift, self._counted, self._word):
            found = step(i)
            if found is not None:
                return found
        return None

    def _word_at(self, i: int) -> str:
        return self.words[i] if i < len(self.words) else ""

    def _lemma_at(self, i: int) -> str:
        return self.lemmas[i] if i < len(self.lemmas) else ""

    def _numeric(self, i: int) -> Expression | None:
        match = NUMERIC.match(self.words[i])
        if match is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1]) <= 31:
            return None
        day, month = int(match[1]), int(match[2])
        return Expression(i, i + 1, "day", (int(match[3]), month, day, month, day))

    def _day_at(self, i: int) -> int:
        match = DAY.match(self._word_at(i))
        return int(match[1]) if match and 1 <= int(match[1]) <= 31 else 0

    def _month_at(self, i: int) -> int:
        return self.months.get(self._lemma_at(i), 0)

    def _days(self, i: int) -> Expression | None:
        """«25 ноября», «14–15 июля», «30 сентября — 1 октября 2024 года», «с 3 по 5 мая»."""
        first = self._day_at(i)
        if not first:
            return None
        j = i + 1
        month = self._month_at(j)
        if month and self._word_at(j + 1) in DASHES[:4] and self._day_at(j + 2) and self._month_at(j + 3):
            year, end = self._year_after(j + 4)
            return Expression(i, end, "day", (year, month, first, self._month_at(j + 3), self._day_at(j + 2)))
        last = first
        while not month and self._word_at(j) in DASHES and self._day_at(j + 1):
            last = self._day_at(j + 1)
            j += 2
            month = self._month_at(j)
        if not month:
            return None
        year, end = self._year_after(j + 1)
        return Expression(i, end, "day", (year, month, first, month, last))

    def _year_after(self, i: int) -> tuple[int, int]:
        """The year at token i with its «года», «г.», and the end; 0 and i where there is none."""
        match = YEAR.match(self._word_at(i))
        if match is None:
            if self._lemma_at(i) in self.lists["this"] and self._lemma_at(i + 1) == "год":
                return 0, i + 2
            if self._lemma_at(i) in self.lists["past"] and self._lemma_at(i + 1) == "год":
                return -1, i + 2
            if self._lemma_at(i) in self.lists["next"] and self._lemma_at(i + 1) == "год":
                return 1, i + 2
            return 0, i
        end = i + 1
        if self._word_at(end).startswith("год") or self._word_at(end) in ("г", "г."):
            end += 1
            if self._word_at(end - 1) == "г" and self._word_at(end) == ".":
                end += 1
        elif not re.search(r"\D", match[0]) and self._word_at(end) in ("годов", "годы"):
            return 0, i
        return int(match[1]), end

    def _month(self, i: int) -> Expression | None:
        month = self._month_at(i)
        if not month:
            return None
        last = month
        j = i + 1
        if self._word_at(j) in DASHES[:3] and self._month_at(j + 1):
            last, j = self._month_at(j + 1), j + 2
        year, end = self._year_after(j)
        return Expression(i, end, "month", (year, month, last))

    def _year(self, i: int) -> Expression | None:
        year, end = self._year_after(i)
        bare = YEAR.match(self.words[i])
        if self._word_at(i - 1) in DASHES[:3] and i or self._word_at(i + 1) in DASHES[:3] and YEAR.match(self._word_at(i + 2)):
            return None  # «на 2025–2027 годы» is a term, not a date
        if year < 1000 or (bare and end == i + 1 and re.fullmatch(r"\d{4}", self.words[i])):
            return None
        return Expression(i, end, "year", (year,))

    def _weekday(self, i: int) -> Expression | None:
        weekday = self.weekdays.get(self._lemma_at(i))
        if weekday is None or self._word_at(i - 1) in ("по",) and i:
            return None
        before = self._lemma_at(i - 1) if i else ""
        shift = -1 if before in self.lists["past"] else 1 if before in self.lists["next"] else 0
        return Expression(i, i + 1, "weekday", (weekday, shift))

    def _shift(self, i: int) -> Expression | None:
        """«на прошлой неделе», «в этом году», «прошлой осенью», «в следующем месяце», «в тот же день»."""
        lemma = self._lemma_at(i)
        shift = -1 if lemma in self.lists["past"] else 1 if lemma in self.lists["next"] else 0 if lemma in self.lists["this"] else None
        j = i + 1
        same = self._word_at(j) == "же"
        j += same
        unit = self._lemma_at(j)
        if unit == "день" and (same or lemma in ("этот", "тот", "следующий")):
            return Expression(i, j + 1, "step", (1 if lemma == "следующий" else 0,))
        if shift is None:
            return None
        kinds = {"неделя": "week", "год": "yearshift", "месяц": "monthshift"}
        if unit in kinds:
            return Expression(i, j + 1, kinds[unit], (shift,))
        if self._word_at(j) in self.seasons or unit in self.seasons:
            first, last = (int(m) for m in (self.seasons.get(self._word_at(j)) or self.seasons[unit]).split("-"))
            return Expression(i, j + 1, "season", (first, last, shift))
        return None

    def _counted(self, i: int) -> Expression | None:
        """«двумя днями ранее», «днём позже», «три дня назад», «через неделю», «спустя два дня»."""
        direction = 1 if self.words[i] in ("через", "спустя") else 0
        j = i + (direction > 0)
        count = self.counts.get(self._word_at(j), self.counts.get(self._lemma_at(j), 0)) or (int(self._word_at(j)) if self._word_at(j).isdigit() else 0)
        j += count > 0
        unit = self.units.get(self._lemma_at(j), 0)
        if not unit or count > 60:
            return None
        after = self._word_at(j + 1)
        if after in self.lists["before"] and after != "до":
            kind = "offset" if after == "назад" else "step"
            return Expression(i, j + 2, kind, (-(count or 1) * unit,))
        if after in self.lists["after"]:
            return Expression(i, j + 2, "step", ((count or 1) * unit,))
        if direction:
            return Expression(i, j + 1, "step" if self.words[i] == "спустя" else "offset", ((count or 1) * unit,))
        return None

    def _word(self, i: int) -> Expression | None:
        word = self.words[i]
        if word in self.days:
            return Expression(i, i + 1, "offset", (self.days[word],))
        if word in self.steps:
            return Expression(i, i + 1, "step", (self.steps[word],))
        if word == "до" and self._lemma_at(i + 1) == "конец" and self._lemma_at(i + 2) == "год":
            return Expression(i, i + 3, "yearshift", (0,))
        if word in self.seasons and word.endswith(("ой", "ом", "ою")):
            year, end = self._year_after(i + 1)
            first, last = (int(m) for m in self.seasons[word].split("-"))
            return Expression(i, end, "year", (year,)) if year >= 1000 else Expression(i, end, "season", (first, last, year))
        return None


def numbers(table: Mapping[str, str]) -> dict[str, int]:
    """A table of words with numbers."""
    return {word: int(value) for word, value in table.items()}


def resolve(expression: Expression, day: datetime.date | None, future: bool, previous: datetime.date | None) -> When | None:
    """What an expression means. ``day`` is the day of publication, ``previous`` the day told of before.

    A missing year is the nearest one that fits the tense; without ``day`` the result lacks the year, or is None.
    """
    values = expression.values
    if expression.kind == "day":
        return resolve_days(values, day, future)
    if expression.kind == "month":
        return resolve_month(values, day, future)
    if expression.kind == "year":
        return When(f"{values[0]:04d}")
    if expression.kind == "step" and previous is not None:
        return When((previous + ONE_DAY * values[0]).isoformat())
    if day is None:
        return None
    return resolve_relative(expression, day, future)


def list_readings(expression: Expression, day: datetime.date | None, previous: datetime.date | None) -> list[tuple[str, When]]:
    """All that an expression may mean, each with how it was read: "past" or "future" of the day of publication,
    or counted from the day told of before ("told")."""
    readings = [(name, resolve(expression, day, name == "future", day)) for name in ("past", "future")]
    if expression.kind in ("step", "offset", "weekday") and previous is not None and previous != day:
        readings.append(("told", resolve(expression, previous, False, previous)))
    found: dict[When, str] = {}
    for name, when in readings:
        if when is not None:
            found[when] = name if when not in found else "only"
    return [(name, when) for when, name in found.items()]


def resolve_relative(expression: Expression, day: datetime.date, future: bool) -> When | None:
    """Expressions that count from the day of publication."""
    kind, values = expression.kind, expression.values
    if kind in ("offset", "step"):
        return When((day + ONE_DAY * values[0]).isoformat())
    if kind == "weekday":
        return When(find_weekday(values[0], values[1], day, future).isoformat())
    if kind == "week":
        monday = day - ONE_DAY * day.weekday() + 7 * values[0] * ONE_DAY
        return When(monday.isoformat(), (monday + 6 * ONE_DAY).isoformat())
    if kind == "yearshift":
        return When(f"{day.year + values[0]:04d}")
    if kind == "monthshift":
        index = day.year * 12 + day.month - 1 + values[0]
        return When(f"{index // 12:04d}-{index % 12 + 1:02d}")
    if kind == "season":
        return resolve_season(values, day, future)
    return None


def find_weekday(weekday: int, shift: int, day: datetime.date, future: bool) -> datetime.date:
    """The nearest such day in the direction of the tense; the day itself when it is one and the past is told."""
    if future or shift > 0:
        ahead = (weekday - day.weekday()) % 7
        return day + ONE_DAY * (ahead or 7)
    behind = (day.weekday() - weekday) % 7
    return day - ONE_DAY * (behind or (7 if shift < 0 else 0))


def resolve_season(values: tuple[int, ...], day: datetime.date, future: bool) -> When:
    """«прошлой осенью»: the season as an interval of months."""
    first, last, shift = values
    year = day.year + shift
    if not shift and not future and first > day.month:
        year -= 1
    return When(f"{year:04d}-{first:02d}", f"{year + (last < first):04d}-{last:02d}")


def infer_year(year: int, month: int, first: int, day: datetime.date | None, future: bool) -> int:
    """The year of a month (and day) that has none: the nearest before or after ``day``; 0 without ``day``."""
    if year >= 1000 or day is None:
        return max(year, 0)
    if year:
        return day.year + year
    own = (month, first or day.day)
    here = (day.month, day.day)
    if future:
        return day.year + (own < here and month_gap(month, day) > 1)
    return day.year - (own > here and month_gap(month, day, back=True) > 1)


def month_gap(month: int, day: datetime.date, back: bool = False) -> int:
    """Months between: a day just past is rather told late than a year ahead."""
    gap = (day.month - month) if not back else (month - day.month)
    return abs(gap) if gap >= 0 else 12 + gap


def resolve_days(values: tuple[int, ...], day: datetime.date | None, future: bool) -> When | None:
    """A day, or two ends of an interval."""
    year, month, first, last_month, last = values
    inferred = infer_year(year, month, first, day, future)
    start = format_day(inferred, month, first)
    end = format_day(inferred + (inferred > 0 and last_month < month), last_month, last)
    if start is None or end is None:
        return None
    return When(start) if start == end else When(start, end)


def resolve_month(values: tuple[int, ...], day: datetime.date | None, future: bool) -> When:
    """A month, or two."""
    year, month, last = values
    inferred = infer_year(year, month, 0, day, future)
    text = [f"{inferred:04d}-{m:02d}" if inferred else f"--{m:02d}" for m in (month, last)]
    return When(text[0]) if month == last else When(text[0], text[1])


def format_day(year: int, month: int, day: int) -> str | None:
    """An ISO day, without a year where it is 0; None where there is no such day."""
    if day > calendar.monthrange(year or 2000, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"

"""Date expressions in the words of a text: what stands there, not yet which day it means. No models, only lemmas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.text.digits import Digits
from kg.text.expression import DASHES, Expression, join, split_season
from kg.text.language import Language

COUNT = re.compile(r"[0-9]{1,3}\Z")
NUMERIC = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:19|20)[0-9]{2})\Z")

# what an expression may begin with, beside a number in digits
FIRST_MAPS = ("months", "weekdays", "days", "steps", "ordinals", "tens", "numbers", "units", "spans")
FIRST_LISTS = ("past", "this", "next", "same", "morrow", "last", "parts", "opening", "some", "weekend", "inseason")
LONGEST_STAY = 9  # days of a visit
LONGEST_COUNT = 60  # of days, weeks, months: beyond it a number counts something else
SHORT = 3  # letters of a word behind a bare day that can be no noun which it counts («16-й пакет»)


def find_expressions(words: Sequence[str], lemmas: Sequence[str], language: Language) -> list[Expression]:
    """All date expressions, left to right, none inside another."""
    reader = Reader(words, lemmas, language)
    found: list[Expression] = []
    i = 0
    while i < len(words):
        expression = reader.read(i)
        if expression is None:
            i += 1
            continue
        joined = join(found[-1], expression, words, reader.lists["aside"]) if found else None
        found[-1:] = [joined] if joined is not None else [*found[-1:], expression]
        i = expression.end
    return found


class Reader:
    """Reads one expression at a place in the tokens."""

    def __init__(self, words: Sequence[str], lemmas: Sequence[str], language: Language) -> None:
        self.words = [w.lower() for w in words]
        self.lemmas = lemmas
        self.maps = {k.removeprefix("dates."): v for k, v in language.maps.items() if k.startswith("dates.")}
        self.lists = {k.removeprefix("dates."): v for k, v in language.words.items() if k.startswith("dates.")}
        self.verbs = tuple(self.lists["verbs"])
        self.digits = Digits(language)
        self.starts = frozenset().union(
            *(self.maps[name] for name in FIRST_MAPS), *(self.lists[n] for n in FIRST_LISTS)
        )

    def read(self, i: int) -> Expression | None:
        """The expression that starts at token i; most tokens start none, and are passed over at once."""
        word = self.words[i]
        if not word[:1].isdigit() and word not in self.starts and self.lemmas[i] not in self.starts:
            return None
        for step in STEPS:
            found = step(self, i)
            if found is not None:
                return found
        return None

    def word(self, i: int) -> str:
        """The word at a token, lower case; empty beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def lemma(self, i: int) -> str:
        """The lemma at a token; empty beyond the ends."""
        return self.lemmas[i] if 0 <= i < len(self.lemmas) else ""

    def number(self, name: str, *keys: str) -> int:
        """What the map ``name`` says of the first key it has; 0 where it has none."""
        return next((int(self.maps[name][key]) for key in keys if key in self.maps[name]), 0)

    def read_numeric(self, i: int) -> Expression | None:
        """«26.11.2025»."""
        match = NUMERIC.match(self.word(i))
        if match is None or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1]) <= 31:
            return None
        day, month = int(match[1]), int(match[2])
        return Expression(i, i + 1, "day", (int(match[3]), month, day, month, day))

    def day_at(self, i: int) -> tuple[int, int]:
        """The day of a month at token i, in digits or words, and the end of it; 0 and i where there is none."""
        match = self.digits.day.match(self.word(i))
        if match and 1 <= int(match[1]) <= 31:
            return int(match[1]), i + 1
        tens = self.number("tens", self.word(i))
        ordinal = self.number("ordinals", self.lemma(i + (tens > 0)))
        if tens and ordinal < 10:
            ordinal += tens * (ordinal > 0)
        return (ordinal, i + 1 + (tens > 0)) if 1 <= ordinal <= 31 else (0, i)

    def month_at(self, i: int) -> int:
        """The month at token i; 0 where there is none."""
        return self.number("months", self.lemma(i))

    def read_days(self, i: int) -> Expression | None:
        """«25 ноября», «четвёртого апреля», «14–15 июля», «с 3 по 5 мая», «30 сентября — 1 октября 2024 года»."""
        first, j = self.day_at(i)
        if not first:
            return None
        month = self.month_at(j)
        if month:
            return self.read_span(i, first, month, j + 1)
        last = first
        while not month and (self.is_range(j) or self.word(j) in self.lists["also"]):
            last, j = self.day_at(j + 1)
            month = self.month_at(j) if last else 0
        if not month:
            return None
        year, end = self.year_after(j + 1)
        return Expression(i, end, "day", (year, month, first, month, last))

    def is_range(self, i: int) -> bool:
        """A dash or «по» between the ends of an interval."""
        return self.word(i) in DASHES or self.word(i) in self.lists["until"]

    def read_span(self, i: int, first: int, month: int, j: int) -> Expression:
        """A day with its month, behind which at token j an end in another month may follow."""
        last, k = self.day_at(j + 1) if self.is_range(j) else (0, j)
        last_month = self.month_at(k) if last else 0
        if last_month:
            year, end = self.year_after(k + 1)
            return Expression(i, end, "day", (year, month, first, last_month, last))
        year, end = self.year_after(j)
        return Expression(i, end, "day", (year, month, first, month, first))

    def year_after(self, i: int) -> tuple[int, int]:
        """The year at token i with its «года», «г.», and the end; 0 and i where there is none."""
        match = self.digits.year.match(self.word(i))
        if self.is_same_year(i):
            return 0, i + 3
        if match is None:
            shift = self.shift_at(i)
            return (shift, i + 2) if shift is not None and self.lemma(i + 1) in self.lists["year"] else (0, i)
        end = i + 1
        if self.word(end) in self.lists["terms"] and match[0].isdigit():
            return 0, i
        if self.lemma(end) in self.lists["year"] or self.word(end) in self.lists["years"]:
            end += 1
            end += f"{self.word(end - 1)}{self.word(end)}" in self.lists["years"]
        return int(match[1]), end

    def is_same_year(self, i: int) -> bool:
        """«(в декабре) того же года»: the year told of."""
        same = self.lemma(i) in self.lists["same"] and self.word(i + 1) in self.lists["very"]
        return same and self.lemma(i + 2) in self.lists["year"]

    def read_month(self, i: int) -> Expression | None:
        """«в ноябре», «март–апрель 2024 года»."""
        month = self.month_at(i)
        if not month:
            return None
        later = self.month_at(i + 2) if self.word(i + 1) in DASHES else 0
        year, end = self.year_after(i + 3 if later else i + 1)
        return Expression(i, end, "month", (year, month, later or month))

    def read_bare(self, i: int) -> Expression | None:
        """«вечером 10-го», «первого числа», «в четверг, 12-го»: a day of the month told of."""
        day, end = self.day_at(i)
        if day and self.lemma(end) in self.lists["number"]:
            return Expression(i, end + 1, "monthday", (day,))
        if not day or not self.digits.bare.match(self.word(i)) or self.is_counted(end):
            return None
        led = self.word(i - 1) in self.lists["bare"] or self.digits.free.match(self.word(i))
        return Expression(i, end, "monthday", (day,)) if led else None

    def is_counted(self, i: int) -> bool:
        """Whether the word at token i may be a noun: «16-й пакет»."""
        word = self.word(i)
        return word[:1].isalpha() and len(word) > SHORT and not self.lemma(i).endswith(self.verbs)

    def read_ordinal(self, i: int) -> Expression | None:
        """«в первый день», «в последний же вечер»: a day of a stretch told of."""
        last, number = self.lemma(i) in self.lists["last"], self.number("ordinals", self.lemma(i))
        j = i + 1 + (self.word(i + 1) in self.lists["very"])
        if not (last or 0 < number < LONGEST_STAY) or self.word(j) not in self.lists["oneday"]:
            return None
        return Expression(i, j + 1, "stay", (0 if last else number,))

    def read_year(self, i: int) -> Expression | None:
        """«в 2025 году», «2025-го»; «на 2025–2027 годы» is a term, and a bare number no date."""
        year, end = self.year_after(i)
        ranged = self.word(i - 1) in DASHES or (self.word(i + 1) in DASHES and self.digits.year.match(self.word(i + 2)))
        if year < 1000 or ranged or (end == i + 1 and self.word(i).isdigit()):
            return None
        return Expression(i, end, "year", (year,))

    def shift_at(self, i: int) -> int | None:
        """-1 for «прошлый», 0 for «этот», 1 for «следующий», None for other words."""
        lemma = self.lemma(i)
        return next((n for name, n in SHIFTS.items() if lemma in self.lists[name]), None)

    def read_weekday(self, i: int) -> Expression | None:
        """«в среду», «в минувшую субботу»; not «по средам» and not «в среде экспертов»."""
        weekday = self.maps["weekdays"].get(self.lemma(i))
        if weekday is None or self.word(i - 1) in self.lists["habit"]:
            return None
        if self.word(i) in self.lists["doubtful"] and self.word(i - 1) not in self.lists["ties"]:
            return None
        return Expression(i, i + 1, "weekday", (int(weekday), self.shift_at(i - 1) or 0))

    def read_shift(self, i: int) -> Expression | None:
        """«на прошлой неделе», «в этом году», «прошлой осенью», «в тот же день»."""
        j = i + 1 + (self.word(i + 1) in self.lists["very"])
        morrow = self.lemma(i) in self.lists["morrow"]
        if self.lemma(j) in self.lists["day"] and (morrow or self.lemma(i) in self.lists["same"]):
            return Expression(i, j + 1, "step", (int(morrow),))
        shift = self.shift_at(i)
        if shift is None:
            return None
        kind = self.maps["spans"].get(self.lemma(j))
        if kind is not None:
            return Expression(i, j + 1, kind, (shift,))
        season = self.maps["seasons"].get(self.word(j)) or self.maps["seasons"].get(self.lemma(j))
        return Expression(i, j + 1, "season", (*split_season(season), shift)) if season else None

    def read_part(self, i: int) -> Expression | None:
        """«в начале недели», «в середине месяца», «до конца года»: the week, month or year of publication."""
        if self.lemma(i) not in self.lists["parts"]:
            return None
        kind = self.maps["spans"].get(self.lemma(i + 1))
        start = i - (self.word(i - 1) in self.lists["limit"])
        return Expression(start, i + 2, kind, (0,)) if kind else None

    def read_counted(self, i: int) -> Expression | None:
        """«двумя днями ранее», «днём позже», «три дня назад», «через неделю», «спустя два дня», «за день до этого»."""
        opening = self.word(i) if self.word(i) in self.lists["opening"] else ""
        j = i + bool(opening)
        some = self.word(j) in self.lists["some"]
        count = self.count_at(j)
        j += some or count > 0
        if count > LONGEST_COUNT:
            return None
        sign, end = self.direction(opening, j + 1)
        from_now = not self.lists["published"].isdisjoint((self.word(end - 1), opening))
        days = self.number("units", self.lemma(j))
        if sign and not days and self.lemma(j) in self.maps["units"]:
            return Expression(i, end, "step", (0,))
        if some:
            return None
        if sign and days:
            return Expression(i, end, "offset" if from_now else "step", (sign * (count or 1) * days,))
        kind = self.maps["spans"].get(self.lemma(j))
        if kind in ("monthshift", "yearshift") and from_now:
            return Expression(i, end, kind, (sign * (count or 1),))
        return None

    def count_at(self, i: int) -> int:
        """A number at token i, in digits or words; 0 where there is none."""
        return int(self.word(i)) if COUNT.match(self.word(i)) else self.number("numbers", self.word(i), self.lemma(i))

    def direction(self, opening: str, i: int) -> tuple[int, int]:
        """Whether a count leads back (-1) or on (1), told before it or by the word at token i, and the end; else 0."""
        after = self.word(i)
        if opening in self.lists["back"]:
            return (-1, i + 1) if after in self.lists["limit"] else (0, i)
        if after in self.lists["before"]:
            return -1, i + 1
        if after in self.lists["after"]:
            return 1, i + 1
        return (1, i) if opening else (0, i)

    def read_word(self, i: int) -> Expression | None:
        """«сегодня», «наутро», «в выходные», «осенью»; «осенью 2026 года» is told as the year."""
        word = self.word(i)
        if word in self.maps["days"] or self.lemma(i) in self.maps["days"]:
            return Expression(i, i + 1, "offset", (self.number("days", word, self.lemma(i)),))
        if word in self.maps["steps"]:
            return Expression(i, i + 1, "step", (int(self.maps["steps"][word]),))
        if word in self.lists["weekend"] and self.word(i - 1) in self.lists["inside"]:
            return Expression(i, i + 1, "weekend", (0,))
        if word not in self.lists["inseason"]:
            return None
        year, end = self.year_after(i + 1)
        if year >= 1000:
            return Expression(i, end, "year", (year,))
        return Expression(i, end, "season", (*split_season(self.maps["seasons"][word]), year))


SHIFTS: Mapping[str, int] = {"past": -1, "this": 0, "next": 1}
STEPS = (
    Reader.read_numeric,
    Reader.read_days,
    Reader.read_month,
    Reader.read_bare,
    Reader.read_ordinal,
    Reader.read_year,
    Reader.read_weekday,
    Reader.read_shift,
    Reader.read_part,
    Reader.read_counted,
    Reader.read_word,
)

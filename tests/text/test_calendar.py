"""Date expressions: what is found in a text and what it may mean against the day of publication."""

from __future__ import annotations

import datetime
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.records import When
from kg.text.calendar import Expression, find_expressions, list_readings, resolve
from kg.text.language import load_language
from kg.text.pipeline import PIPELINES

if TYPE_CHECKING:
    from spacy.language import Language

WEDNESDAY = datetime.date(2025, 11, 26)
NEW_YEAR = datetime.date(2026, 1, 5)

# text · what the past means · what the future means, both read on Wednesday, 26 November 2025
TABLE = [
    ("25 ноября", "2025-11-25", "2025-11-25"),
    ("25 ноября 2024 года", "2024-11-25", "2024-11-25"),
    ("25 ноября 2024-го", "2024-11-25", "2024-11-25"),
    ("25 ноября 2024 г.", "2024-11-25", "2024-11-25"),
    ("25-го ноября", "2025-11-25", "2025-11-25"),
    ("четвёртого апреля", "2025-04-04", "2026-04-04"),
    ("двадцать первого июня", "2025-06-21", "2026-06-21"),
    ("на двадцатое августа", "2025-08-20", "2026-08-20"),
    ("14–15 июля", "2025-07-14/2025-07-15", "2026-07-14/2026-07-15"),
    ("14 и 15 июля", "2025-07-14/2025-07-15", "2026-07-14/2026-07-15"),
    ("с 3 по 5 мая 2026 года", "2026-05-03/2026-05-05", "2026-05-03/2026-05-05"),
    ("30 сентября — 1 октября 2024 года", "2024-09-30/2024-10-01", "2024-09-30/2024-10-01"),
    ("с 30 декабря по 2 января", "2025-12-30/2026-01-02", "2025-12-30/2026-01-02"),
    ("5 декабря прошлого года", "2024-12-05", "2024-12-05"),
    ("10 февраля следующего года", "2026-02-10", "2026-02-10"),
    ("26.11.2024", "2024-11-26", "2024-11-26"),
    ("накануне, 14 сентября,", "2025-09-14", "2026-09-14"),
    ("неделей ранее, 13 ноября,", "2025-11-13", "2025-11-13"),
    ("в субботу (29 ноября)", "2025-11-29", "2025-11-29"),
    ("3 мая 2024 года, в пятницу,", "2024-05-03", "2024-05-03"),
    ("вечером 10-го", "2025-11-10", "2025-12-10"),
    ("до 30-го числа", "2025-10-30", "2025-11-30"),
    ("прилетит 14-го.", "2025-11-14", "2025-12-14"),
    ("10-го направится в Эр-Рияд", "2025-11-10", "2025-12-10"),
    ("двенадцатого числа", "2025-11-12", "2025-12-12"),
    ("20-го числа вступает в силу", "2025-11-20", "2025-12-20"),
    ("апрельское решение", "2025-04", "2026-04"),
    ("на вчерашних переговорах", "2025-11-25", "2025-11-25"),
    ("в ноябре", "2025-11", "2025-11"),
    ("в марте 2024 года", "2024-03", "2024-03"),
    ("в марте", "2025-03", "2026-03"),
    ("в июле прошлого года", "2024-07", "2024-07"),
    ("ноябрь–декабрь 2024 года", "2024-11/2024-12", "2024-11/2024-12"),
    ("ноябрь—январь", "2025-11/2026-01", "2025-11/2026-01"),
    ("в 2019 году", "2019", "2019"),
    ("в 2019-м", "2019", "2019"),
    ("в прошлом году", "2024", "2024"),
    ("в этом году", "2025", "2025"),
    ("в будущем году", "2026", "2026"),
    ("до конца года", "2025", "2025"),
    ("в прошлом месяце", "2025-10", "2025-10"),
    ("в следующем месяце", "2025-12", "2025-12"),
    ("в начале месяца", "2025-11", "2025-11"),
    ("на прошлой неделе", "2025-11-17/2025-11-23", "2025-11-17/2025-11-23"),
    ("на этой неделе", "2025-11-24/2025-11-30", "2025-11-24/2025-11-30"),
    ("на следующей неделе", "2025-12-01/2025-12-07", "2025-12-01/2025-12-07"),
    ("в начале недели", "2025-11-24/2025-11-30", "2025-11-24/2025-11-30"),
    ("в выходные", "2025-11-22/2025-11-23", "2025-11-29/2025-11-30"),
    ("в минувшие выходные", "2025-11-22/2025-11-23", "2025-11-22/2025-11-23"),
    ("сегодня", "2025-11-26", "2025-11-26"),
    ("накануне", "2025-11-25", "2025-11-25"),
    ("позавчера", "2025-11-24", "2025-11-24"),
    ("завтра", "2025-11-27", "2025-11-27"),
    ("в понедельник", "2025-11-24", "2025-12-01"),
    ("в среду", "2025-11-26", "2025-12-03"),
    ("в минувшую среду", "2025-11-19", "2025-11-19"),
    ("в следующую пятницу", "2025-11-28", "2025-11-28"),
    ("до среды", "2025-11-26", "2025-12-03"),
    ("три дня назад", "2025-11-23", "2025-11-23"),
    ("неделю назад", "2025-11-19", "2025-11-19"),
    ("через две недели", "2025-12-10", "2025-12-10"),
    ("двумя днями ранее", "2025-11-24", "2025-11-24"),
    ("за день до этого", "2025-11-25", "2025-11-25"),
    ("месяц назад", "2025-10", "2025-10"),
    ("два месяца назад", "2025-09", "2025-09"),
    ("через месяц", "2025-12", "2025-12"),
    ("год назад", "2024", "2024"),
    ("пять лет назад", "2020", "2020"),
    ("прошлой осенью", "2024-09/2024-11", "2024-09/2024-11"),
    ("весной", "2025-03/2025-05", "2026-03/2026-05"),
    ("летом прошлого года", "2024-06/2024-08", "2024-06/2024-08"),
    ("осенью 2026 года", "2026", "2026"),
]
NO_DATES = [
    "на 2025–2027 годы",
    "охрана окружающей среды",
    "в среде экспертов",
    "по пятницам",
    "2025 человек",
    "5 раз",
    "весна пришла",
    "через границу",
    "конец эпохи",
    "за три дня",
    "первый секретарь",
    "99.99.2025",
    "16-й пакет",
    "до 28-го съезда",
    "участник 5-го саммита",
    "в последние дни",
    "в первые дни",
    "в 22-м",
    "",
]
WORDS = (
    "5",
    "31",
    "2025",
    "2025-го",
    "ноября",
    "года",
    "г",
    ".",
    "—",
    "и",
    "по",
    "с",
    "через",
    "три",
    "назад",
    "среду",
    "13-го",
    "до",
    ",",
    "несколько",
    "часов",
)


@cache
def load_nlp() -> Language:
    """Only what lemmas need, and names."""
    return kg.load("ru", exclude=PIPELINES["ru"][4:])


def find(text: str) -> list[Expression]:
    doc = load_nlp()(text)
    return find_expressions([t.text for t in doc], [t.lemma_ for t in doc], load_language("ru"))


def read(text: str, day: datetime.date | None, future: bool, previous: datetime.date | None = None) -> str:
    (expression,) = find(text)
    return str(resolve(expression, day, future, previous or day))


@pytest.mark.parametrize(("text", "past", "future"), TABLE, ids=[row[0] for row in TABLE])
def test_readings(text: str, past: str, future: str) -> None:
    assert (read(text, WEDNESDAY, False), read(text, WEDNESDAY, True)) == (past, future)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "day", "future", "expected"),
    [
        ("26 декабря", NEW_YEAR, False, "2025-12-26"),
        ("в декабре", NEW_YEAR, False, "2025-12"),
        ("10 января", datetime.date(2025, 12, 26), True, "2026-01-10"),
        ("в январе", datetime.date(2025, 12, 26), True, "2026-01"),
        ("вчера", datetime.date(2024, 3, 1), False, "2024-02-29"),
        ("в прошлом месяце", NEW_YEAR, False, "2025-12"),
        ("зимой", NEW_YEAR, False, "2025-12/2026-02"),
        ("в воскресенье", NEW_YEAR, False, "2026-01-04"),
        ("29 февраля", WEDNESDAY, False, "None"),
    ],
)
def test_ends_of_months_and_years(text: str, day: datetime.date, future: bool, expected: str) -> None:
    assert read(text, day, future) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 ноября", "--11-25"),
        ("14–15 июля", "--07-14/--07-15"),
        ("в ноябре", "--11"),
        ("29 февраля", "--02-29"),
        ("в марте 2024 года", "2024-03"),
        ("вчера", "None"),
        ("в среду", "None"),
        ("на прошлой неделе", "None"),
        ("двумя днями ранее", "None"),
    ],
)
def test_without_a_day_of_publication(text: str, expected: str) -> None:
    assert read(text, None, False) == expected


@pytest.mark.parametrize(
    ("text", "previous", "expected"),
    [
        ("двумя днями ранее", "2025-11-10", "2025-11-08"),
        ("на следующий день", "2025-11-10", "2025-11-11"),
        ("в тот же день", "2025-11-10", "2025-11-10"),
        ("наутро", "2025-11-30", "2025-12-01"),
        ("в тот же вечер", "2025-11-10", "2025-11-10"),
        ("на следующее утро", "2025-11-10", "2025-11-11"),
        ("двое суток спустя", "2025-11-10", "2025-11-12"),
        ("спустя пять дней", "2025-11-10", "2025-11-15"),
        ("три дня назад", "2025-11-10", "2025-11-23"),
        ("двумя часами позже", "2025-11-10", "2025-11-10"),
        ("через несколько часов", "2025-11-10", "2025-11-10"),
    ],
)
def test_steps_count_from_the_day_told_of_before(text: str, previous: str, expected: str) -> None:
    assert read(text, WEDNESDAY, False, datetime.date.fromisoformat(previous)) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [("в первый день", 1), ("в первый же вечер", 1), ("на второй день визита", 2), ("в последний день", 0)],
)
def test_a_day_of_a_stretch_is_no_date_by_itself(text: str, day: int) -> None:
    (expression,) = find(text)
    assert (expression.kind, expression.values) == ("stay", (day,))
    assert resolve(expression, WEDNESDAY, False, WEDNESDAY) is None
    assert list_readings(expression, WEDNESDAY, WEDNESDAY) == []


def readings(text: str, previous: str | None = None) -> dict[str, str]:
    (expression,) = find(text)
    told = datetime.date.fromisoformat(previous) if previous else None
    return {str(when): name for name, when in list_readings(expression, WEDNESDAY, told)}


def test_all_readings_are_listed_once() -> None:
    assert readings("в пятницу") == {"2025-11-21": "past", "2025-11-28": "future"}
    assert readings("25 ноября 2024 года") == {"2024-11-25": "only"}
    assert readings("накануне", "2025-11-10") == {"2025-11-25": "only", "2025-11-09": "told"}


def test_a_story_of_another_year_gives_its_year() -> None:
    assert readings("6 июня", "2017-05-20") == {"2025-06-06": "past", "2026-06-06": "future", "2017-06-06": "told"}
    assert readings("в декабре", "2017-06-06")["2017-12"] == "told"


def test_the_same_year_is_the_one_told_of() -> None:
    assert readings("в декабре того же года", "2017-09-01")["2017-12"] == "told"


def test_a_day_without_its_month_is_also_one_of_the_month_told_of() -> None:
    assert readings("до 13-го", "2025-05-11")["2025-05-13"] == "told"


def test_weeks_and_seasons_are_also_read_roughly() -> None:
    assert readings("на прошлой неделе") == {"2025-11-17/2025-11-23": "only", "2025-11": "rough"}
    assert readings("через две недели")["2025-12"] == "rough"
    assert readings("весной")["2026"] == "rough"
    assert "rough" not in readings("три дня назад").values()


def test_expressions_follow_one_another() -> None:
    found = find("Во вторник, 25 ноября, он прибыл, а на следующий день, по данным на 2024 год, уехал.")
    assert [e.kind for e in found] == ["day", "step", "year"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    words=st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    ),
    day=st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
)
def test_any_words_give_dates_in_order_or_none(words: list[str], day: datetime.date | None) -> None:
    found = find(" ".join(words))
    assert all(e.start < e.end for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for expression in found:
        for _, when in list_readings(expression, day, day):
            assert isinstance(when, When)
            bounds = when.bounds()
            assert bounds is None or bounds[0] <= bounds[1]

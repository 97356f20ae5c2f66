"""Events of several days in made-up sentences, and the stretch that an article tells of."""

from __future__ import annotations

import datetime

import pytest

from kg.records import When
from kg.text.stretches import find_duration, find_stretch, list_durations, list_spans
from tests.text.reading import find_cue, read_scene

DAY = datetime.date(2025, 6, 10)

DURATIONS = [
    ("Владимир Путин прибыл в Пекин с двухдневным визитом.", "визитом", 2),
    ("Трёхдневный саммит начался в Астане.", "саммит", 3),
    ("Делегация завершила пятидневную поездку в Индию.", "поездку", 5),
    ("Визит продлился два дня.", "Визит", 2),
    ("Гость провёл в стране трое суток: визит удался.", "визит", 3),
    ("Визит начался два дня назад.", "Визит", 0),  # a date
    ("Визит состоится через два дня.", "Визит", 0),
    ("Ежедневный брифинг прошёл в Москве.", "брифинг", 0),
    ("Владимир Путин прибыл в Пекин с визитом.", "визитом", 0),
    ("Трёхдневный саммит завершён. Владимир Путин прибыл в Пекин с визитом.", "визитом", 0),  # another sentence
]


@pytest.mark.parametrize(("text", "word", "days"), DURATIONS)
def test_duration(text: str, word: str, days: int) -> None:
    scene = read_scene(text)
    here = scene.sentence[find_cue(scene, word).token]
    assert find_duration(scene, here) == days
    assert list_durations(scene).get(here, 0) == days


@pytest.mark.parametrize(
    ("when", "stretch"),
    [
        (When("2025-06-30"), When("2025-06-30", "2025-07-01")),
        (When("2025-06-30", "2025-07-02"), None),  # the text says it already
        (When("2025-06"), None),
        (When("--06-30"), None),
    ],
)
def test_a_stretch_begins_on_the_day(when: When, stretch: When | None) -> None:
    scene = read_scene("Владимир Путин прибыл в Пекин с двухдневным визитом.")
    assert find_stretch(scene, find_cue(scene, "визитом"), when) == stretch


def test_without_a_duration_there_is_no_stretch() -> None:
    scene = read_scene("Владимир Путин прибыл в Пекин с визитом.")
    assert find_stretch(scene, find_cue(scene, "визитом"), When("2025-06-10")) is None


SPANS = [
    (("2025-06-09", "2025-06-11"), ["2025-06-09/2025-06-11", "2025-06-09/2025-06-10"]),
    (("2025-06-08",), ["2025-06-08/2025-06-10"]),
    (("2025-06-08", "2025-06-10"), ["2025-06-08/2025-06-10"]),
    (("2025-06-10",), []),
    (("2025-06-12",), []),
    (("2025-05-01", "2025-06"), []),  # long ago, and no day
    ((), []),
]


@pytest.mark.parametrize(("days", "spans"), SPANS)
def test_spans(days: tuple[str, ...], spans: list[str]) -> None:
    assert [str(when) for when in list_spans([When(day) for day in days], DAY)] == spans
    assert list(list_spans([When(day) for day in days], None)) == []

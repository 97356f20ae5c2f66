"""Dates told elsewhere in the article: before, behind, and within a stretch of days."""

from __future__ import annotations

import pytest

from kg.text.chronology import list_days, list_later, list_told, stands_alone
from kg.text.scene import Scene
from kg.text.setting import Dating, Setting, make_setting
from tests.text.reading import find_cue, read_scene


def find_setting(text: str, word: str, status: str = "occurred") -> tuple[Scene, Setting]:
    """The setting of a cue."""
    scene = read_scene(text)
    return scene, make_setting(scene, find_cue(scene, word), status)


def find_facts(datings: list[Dating], day: str) -> set[str]:
    """All that tells for a date."""
    return {feature for dating in datings if str(dating.when) == day for feature in dating.features}


@pytest.mark.parametrize(("status", "days"), [("occurred", {"2025-06-06"}), ("planned", {"2025-06-06", "2025-06-13"})])
def test_what_occurred_lies_in_the_past(status: str, days: set[str]) -> None:
    text = "Сергей Лавров прилетит в Пекин в пятницу. Там пройдут переговоры."
    _, setting = find_setting(text, "переговоры", status)
    assert {str(dating.when) for dating in list_told(setting)} == days


def test_a_date_behind_the_sentence_counts() -> None:
    text = "Сергей Лавров провёл переговоры в Пекине. Встреча с послом прошла 7 июня. Вечером он уехал."
    _, setting = find_setting(text, "переговоры")
    assert "later|gap=1|rank=0" in find_facts(list(list_later(setting)), "2025-06-07")
    _, setting = find_setting(text, "прошла")
    assert list(list_later(setting)) == []


def test_a_heading_is_a_date_alone() -> None:
    text = "Понедельник.\nСергей Лавров провёл переговоры в Пекине. Встреча с послом прошла в воскресенье."
    scene, setting = find_setting(text, "переговоры")
    heading, other = scene.doc._.dates
    assert stands_alone(scene, heading)
    assert not stands_alone(scene, other)
    assert "told|alone=True|gap=1" in find_facts(list(list_told(setting)), "2025-06-09")


@pytest.mark.parametrize(
    ("words", "day"),
    [("В первый день", "2025-06-03"), ("На второй день", "2025-06-04"), ("В последний день", "2025-06-05")],
)
def test_the_days_of_a_stretch(words: str, day: str) -> None:
    text = f"Сергей Лавров находился в Пекине с 3 по 5 июня. {words} прошли переговоры."
    _, setting = find_setting(text, "переговоры")
    datings = list(list_days(setting))
    assert {str(dating.when) for dating in datings} == {"2025-06-03", "2025-06-04", "2025-06-05"}
    assert "stay|fit=True|gap=1" in find_facts(datings, day)
    assert all("stay|fit=True|gap=1" not in dating.features for dating in datings if str(dating.when) != day)

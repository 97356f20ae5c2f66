"""The days of a visit: from one day that the article tells of to another."""

from __future__ import annotations

from kg.records import When
from kg.text.draft import Draft
from kg.text.setting import make_setting
from kg.text.stays import Stay
from tests.text.reading import find_cue, read_scene

ROLES = {("participant", "person/vladimir-putin"): 0.9}


def find_stay(text: str, own: str | None, *others: tuple[str, str]) -> Stay:
    """The stay of the first visit; ``own`` is its date as first read, ``others`` are cues and dates of talks."""
    scene = read_scene(text)
    cue = find_cue(scene, "визитом")
    draft = Draft(cue, "Visit", 0.9, ROLES, "occurred", When(own) if own else None)
    dated = [Draft(find_cue(scene, word), "Talks", 0.9, ROLES, "occurred", When(day)) for word, day in others]
    return Stay(make_setting(scene, cue, "occurred"), draft, dated)


def describe(stay: Stay) -> dict[str, set[str]]:
    """Features by stretch."""
    return {str(dating.when): set(dating.features) for dating in stay.list_datings()}


def test_from_the_arrival_to_the_last_talks() -> None:
    text = "Владимир Путин 6 июня прибыл в Пекин с визитом. Переговоры прошли 8 июня."
    found = describe(find_stay(text, "2025-06-06", ("Переговоры", "2025-06-08")))
    assert set(found) == {"2025-06-06/2025-06-08", "2025-06-06/2025-06-10", "2025-06-08/2025-06-10"}
    assert {"stretch|own=start|behind", "stretch|to=after.shared"} <= found["2025-06-06/2025-06-08"]
    assert {"stretch|own=start|last", "stretch|to=published.-"} <= found["2025-06-06/2025-06-10"]
    assert "stretch|own=out|last" in found["2025-06-08/2025-06-10"]


def test_a_duration_gives_the_other_end() -> None:
    text = "Владимир Путин 10 июня завершит в Пекине поездку с визитом, который длился двое суток."
    found = describe(find_stay(text, "2025-06-10"))
    assert {"stretch|own=end|last", "stretch|own=end|fit=here"} <= found["2025-06-09/2025-06-10"]
    assert "stretch|own=start|fit=here" in found["2025-06-10/2025-06-11"]


def test_days_that_are_told_but_far_apart_are_no_stay() -> None:
    text = "Владимир Путин 6 июня прибыл в Пекин с визитом. В последний раз он был там 6 мая."
    assert all(key.startswith("2025-06") for key in describe(find_stay(text, None)))


def test_without_a_first_reading_nobody_is_shared() -> None:
    scene = read_scene("Владимир Путин 6 июня прибыл в Пекин с визитом. Переговоры прошли 8 июня.")
    talks = Draft(find_cue(scene, "Переговоры"), "Talks", 0.9, ROLES, "occurred", When("2025-06-08"))
    stay = Stay(make_setting(scene, find_cue(scene, "визитом"), "occurred"), None, [talks])
    assert "stretch|to=after.event" in describe(stay)["2025-06-06/2025-06-08"]

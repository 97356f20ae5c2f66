"""Names of persons: what the tables know in any case form, and what they do not know in the nominative."""

from __future__ import annotations

import pytest

from kg.records import Entity
from tests.text.reading import read

KNOWN = [
    ("Президент России принял главу МИД С.В.Лаврова.", "Сергей Лавров"),
    ("С вице-спикером Дмитрием Медведевым говорили о торговле.", "Дмитрий Медведев"),
    ("Накоротке Пашинян поговорил с журналистами в Ереване, столице Армении.", "Никол Пашинян"),
    ("С премьером Госсовета Ли Цяном обсудили торговлю.", "Ли Цян"),
    ("Госсекретарь США Дж. Керри прилетел в Женеву.", "Джон Керри"),
]

UNKNOWN = [
    ("Ноту вручили послу Чехии Яну Новаку.", "Ян Новак"),
    ("Приняли посла Кении Жозефа Мванзу.", "Жозеф Мванза"),
    ("Об этом сообщила министр Гульнара Рахматова.", "Гульнара Рахматова"),
    ("Встреча с министром Айгерим Досановой прошла тепло.", "Айгерим Досанова"),
    ("Заместитель Министра Игнасио Вальдеррама вручил ноту.", "Игнасио Вальдеррама"),
]


def read_persons(text: str) -> list[Entity]:
    """The persons named in a text."""
    return [r.entity for r in read(text)._.refs if r.entity.kind == "Person" and r.sort == "name"]


@pytest.mark.parametrize(("text", "name"), KNOWN)
def test_known_person(text: str, name: str) -> None:
    (person,) = read_persons(text)
    assert person.known
    assert person.name == name


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_unknown_person_in_the_nominative(text: str, name: str) -> None:
    (person,) = read_persons(text)
    assert not person.known
    assert person.name == name


def test_surname_alone_is_the_person_introduced() -> None:
    persons = read_persons("Посол Чехии Ян Новак отбыл домой. Ноту Новаку вручили накануне.")
    assert len({p.id for p in persons}) == 1
    assert len(persons) == 2


def test_title_alone_is_no_name() -> None:
    assert read_persons("Посла сопровождал заместитель Министра.") == []

"""Words that refer back in made-up sentences."""

from __future__ import annotations

import pytest

from tests.text.reading import read

VISIT = "Владимир Путин принял в Кремле в Москве президента Сербии Александра Вучича. "
TRIO = "Владимир Путин, Михаил Мишустин и Си Цзиньпин встретились в Пекине. "

# text, the word that refers, to whom
CASES = [
    (VISIT + "Гость осмотрел выставку.", "Гость", ["Александр Вучич"]),
    (VISIT + "Слово взял хозяин встречи.", "хозяин", ["Владимир Путин"]),
    (VISIT + "Оба президента сделали заявления.", "президента", ["Владимир Путин", "Александр Вучич"]),
    (VISIT + "Лидеры сделали заявления.", "Лидеры", ["Владимир Путин", "Александр Вучич"]),
    (VISIT + "Главы государств сделали заявления.", "Главы", ["Владимир Путин", "Александр Вучич"]),
    (TRIO + "Лидеры подписали заявление.", "Лидеры", ["Владимир Путин", "Си Цзиньпин"]),
    ("Ангела Меркель прилетела в Киев. Она выступила с речью.", "Она", ["Ангела Меркель"]),
    (
        "Путин встретился с Лукашенко. Российский президент позвал белорусского коллегу в Сочи.",
        "коллегу",
        ["Лукашенко"],
    ),
    (
        "Александр Вучич дал интервью телевидению. С Владимиром Путиным, по его словам, встреча будет в Сочи.",
        "его",
        ["Александр Вучич"],
    ),
    (
        "Эмомали Рахмон принял гостей, их встретил Кохир Расулзода. Садыр Жапаров позвал таджикского коллегу в Ош.",
        "коллегу",
        ["Эмомали Рахмон"],
    ),
]


@pytest.mark.parametrize(("text", "word", "names"), CASES)
def test_reference(text: str, word: str, names: list[str]) -> None:
    doc = read(text)
    back = [r for r in doc._.refs if r.sort in ("noun", "group", "pronoun") and doc[r.head].text == word]
    assert len(back) == 1
    found = [e.name for e in back[0].entities]
    assert len(found) == len(names)
    assert all(name in full for name, full in zip(names, found, strict=True))


def test_group_of_presidents_holds_the_office() -> None:
    holdings = read(VISIT + "Оба президента сделали заявления.")._.holdings
    assert ("Владимир Путин", "президент", "Россия") in {(h.person.name, h.title, h.of.name) for h in holdings}


def test_leaders_of_no_office_hold_none() -> None:
    assert read(TRIO + "Лидеры подписали заявление.")._.holdings == ()


def test_countries_that_follow_are_no_reference_back() -> None:
    text = "Катар и Кувейт подписали декларацию. Четыре страны — Египет, Бахрейн, ОАЭ и Оман — её приветствовали."
    assert not [r for r in read(text)._.refs if r.sort == "group"]


def test_nothing_to_refer_to() -> None:
    assert not [r for r in read("Гость приехал. Он устал.")._.refs if r.sort in ("noun", "pronoun")]

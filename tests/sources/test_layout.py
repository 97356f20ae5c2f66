"""Printed lines: words and sentences are whole again, headlines and paragraphs stay apart."""

from __future__ import annotations

import pytest

from kg.sources.layout import join_lines

CASES = {
    "a word": (["Президенты провели перего-", "воры в Астане."], "Президенты провели переговоры в Астане."),
    "a hyphen that stays": (
        ["В Пекине российско-", "китайские консультации."],
        "В Пекине российско-китайские консультации.",
    ),
    "a soft hyphen": (["Мини\u00ad", "стры"], "Министры"),
    "a sentence": (["Президенты двух стран", "встретились в Астане."], "Президенты двух стран встретились в Астане."),
    "a name at the end of a full line": (
        ["Президент Казахстана Касым-Жомарт", "Токаев принял в Астане Владимира", "Путина."],
        "Президент Казахстана Касым-Жомарт\nТокаев принял в Астане Владимира\nПутина.".replace("\n", " "),
    ),
    "a headline": (
        ["Визит в Астану", "Президент России прибыл в среду", "с визитом в Казахстан. Стороны", "подпишут договор."],
        "Визит в Астану\nПрезидент России прибыл в среду с визитом в Казахстан. Стороны подпишут договор.",
    ),
    "paragraphs": (["Первый.", "", "  Второй.  "], "Первый.\nВторой."),
    "a dash": (["Стороны —", "Россия и Китай."], "Стороны —\nРоссия и Китай."),
    "nothing": ([], ""),
}


@pytest.mark.parametrize(("lines", "text"), CASES.values(), ids=CASES)
def test_lines_are_joined(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text

"""Corpus texts as articles: offsets hold, and the day is the last that the text tells."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg.corpora.texts import find_day, find_shift, list_files, make_article, read_text
from kg.errors import ReadError

TEXTS = [
    ("Визит министра\nМинистр прибыл в Осло.", "Визит министра"),
    ("Министр прибыл в Осло.\n\nОн доволен.", ""),
    ("Министр прибыл в Осло", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "title"), TEXTS)
def test_offsets_hold(text: str, title: str) -> None:
    article = make_article("a", text)
    assert article.title == title
    assert article.content[find_shift(article) :] == text


DAYS = [
    ("Встреча прошла 3 марта 2017 года, а 25 февраля 2017 года о ней объявили.", datetime.date(2017, 3, 3)),
    ("Встреча прошла в марте 2017 года.", datetime.date(2017, 3, 31)),
    ("Встреча прошла 3 марта 2017 года; в мае 2018 года будет другая.", datetime.date(2017, 3, 3)),
    ("Договор подписали 3 марта 1918 года.", None),
    ("Встреча прошла 3 марта.", None),
    ("Встреча прошла в 2017 году.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_the_news(text: str, day: datetime.date | None) -> None:
    assert find_day(text) == day


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"holds no \.ann files"):
        list_files(tmp_path, ".ann")


def test_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Осло".encode("cp1251"))
    with pytest.raises(ReadError, match=r"a\.txt: not UTF-8 at byte 0"):
        read_text(path)

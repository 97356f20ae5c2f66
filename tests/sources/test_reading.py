"""Readers: every format, every way in, and a clear error for all else."""

from __future__ import annotations

import datetime
import errno
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OtherFiles, ReadError
from kg.records import Article
from kg.sources.readers import READERS, read_source
from kg.sources.reading import read_articles
from kg.sources.source import Source
from tests.sources.making import read_error, read_one, write

FULL = {
    "id": "ru-1",
    "lang": "ru",
    "title": "Визит в Астану",
    "text": "Президент прибыл.\nОбъём торговли вырос.",
    "published": "2024-11-27",
    "url": "https://example.org/1",
    "source": "Агентство",
}
BROKEN = {
    "no text": ({"title": "а"}, 'no "text"'),
    "null text": ({"text": None}, 'no "text"'),
    "text of numbers": ({"text": 5}, '"text" is not a string but int'),
    "title of a list": ({"text": "а", "title": ["б"]}, '"title" is not a string but list'),
    "blank": ({"text": " \n", "title": "\t"}, "the article is empty"),
    "date of another order": ({"text": "а", "published": "27/11/2024"}, "\"published\" is '27/11/2024', not a date"),
    "dotted date that is none": ({"text": "а", "published": "30.02.2024"}, '"published" is'),
    "date that is none": ({"text": "а", "published": "2024-02-30"}, '"published" is'),
    "date that stands for none": ({"text": "а", "published": "0001-01-01"}, "no newspaper is of that year"),
    "date as a number": ({"text": "а", "published": 20241127}, '"published" is 20241127'),
    "id of a kind": ({"text": "а", "id": {"x": 1}}, '"id" is not a string but dict'),
    "a string": ("а", "expected a JSON object, found a text"),
    "half a pair": ({"text": "а\ud800"}, '"text" has half of a surrogate pair at character 1'),
    "a NUL": ({"text": "а\0"}, '"text" has a NUL at character 1'),
}


def read_bytes(raw: bytes) -> list[Article | ReadError]:
    return [read for _, read in read_source(Source(io.BytesIO(raw), "standard input", 1000))]


def test_json_holds_all_fields(tmp_path: Path) -> None:
    article = read_one(write(tmp_path / "a.json", FULL | {"entities": {}, "unknown": 1}))
    assert article == Article(
        id="ru-1",
        text=FULL["text"],
        lang="ru",
        title=FULL["title"],
        published=datetime.date(2024, 11, 27),
        url="https://example.org/1",
        source="Агентство",
    )


@pytest.mark.parametrize(
    "written",
    ["2024-11-27", "20241127", "2024-11-27T23:30:00+03:00", "27.11.2024", " 27.11.2024 ", "27.11.2024, 9:05"],
)
def test_dates(tmp_path: Path, written: str) -> None:
    article = read_one(write(tmp_path / "a.json", {"text": "а", "published": written}))
    assert article.published == datetime.date(2024, 11, 27)


def test_formats_agree(tmp_path: Path) -> None:
    body = {"title": FULL["title"], "text": FULL["text"]}
    one = read_one(write(tmp_path / "a.json", body))
    listed = read_one(write(tmp_path / "b.json", [body]))
    line = read_one(write(tmp_path / "c.jsonl", body))
    text = read_one(write(tmp_path / "d.txt", f"{FULL['title']}\n{FULL['text']}"))
    assert one == listed == line == text
    assert len(one.id) == 16


@pytest.mark.parametrize(("value", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_article_is_named(tmp_path: Path, value: object, message: str) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps(FULL).encode() + b"\n\n" + json.dumps(value).encode())
    article, error = read_articles([path])
    assert isinstance(article, Article)
    assert isinstance(error, ReadError)
    assert error.where == f"{path} line 3"
    assert message in str(error)


def test_broken_article_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", b'{"text": "a"}\nnonsense\n{"text": "b"}\n')
    write(tmp_path / "b.json", [{"text": "c"}, 7, {"text": "d"}])
    write(tmp_path / "c.txt", "")
    write(tmp_path / "d.txt", "e")
    reads = list(read_articles([tmp_path, tmp_path / "none"]))
    assert [r.content.strip() for r in reads if isinstance(r, Article)] == ["a", "b", "c", "d", "e"]
    errors = [str(r).removeprefix(str(tmp_path)) for r in reads if isinstance(r, ReadError)]
    assert errors == [
        "/a.jsonl line 2: not JSON: Expecting value (line 1, column 1 of it)",
        "/b.json item 2: not an article: expected a JSON object, found a number",
        "/c.txt: the article is empty",
        "/none: no such file or folder",
    ]


def test_folder_is_read_in_order_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.TXT", "a.txt", "c.md", ".hidden/x.txt", ".x.txt"):
        write(tmp_path / name, name)
    assert [a.title for a in read_articles([tmp_path]) if isinstance(a, Article)] == ["a.txt", "b/10.TXT", "b/2.txt"]


def test_files_of_other_kinds_in_a_folder_are_told_apart(tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.md", "b/d.MD", "e", ".x.md"):
        write(tmp_path / name, name)
    (told,) = (read for read in read_articles([tmp_path]) if isinstance(read, OtherFiles))
    assert (told.where, told.suffixes) == (str(tmp_path), {".md": 2, "": 1})
    assert str(told) == f"{tmp_path}: not read, as no article files: 3 (.md: 2, no suffix: 1)"


def test_folder_without_articles(tmp_path: Path) -> None:
    assert "no article in this folder (.txt, .json, .jsonl, " in read_error(tmp_path)


def test_folder_that_may_not_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission is taken away below Python, as tests may run as somebody who has every one."""
    locked, scan = tmp_path / "locked", os.scandir
    write(tmp_path / "a.json", FULL)
    write(locked / "b.json", FULL)

    def refuse(path: str) -> object:
        if str(path) == str(locked):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    error, article = read_articles([tmp_path])
    assert str(error) == f"{locked}: Permission denied"
    assert isinstance(article, Article)
    assert str(next(read_articles([locked]))) == f"{locked}: Permission denied"


def test_usual_names_of_fields(tmp_path: Path) -> None:
    value = {"headline": "Визит", "body": "Президент прибыл.", "date": "2024-11-27", "site": {"name": "Вести"}}
    article = read_one(write(tmp_path / "a.json", value))
    assert (article.title, article.text, article.published) == ("Визит", value["body"], datetime.date(2024, 11, 27))
    assert article.source is None


def test_article_knows_where_it_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", FULL)
    assert read_one(path).name == f"{path} line 1: article 'ru-1'"
    assert Article("a", "б").name == "article 'a'"
    assert Article("a", "б", where="here") == Article("a", "б")


def test_unknown_suffix(tmp_path: Path) -> None:
    assert "not an article file: known are .txt" in read_error(write(tmp_path / "a.log", "x"))


def test_file_without_suffix_is_told_by_content(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "article", {"text": "а"})).text == "а"


def test_repeated_id_is_reported_and_the_first_stays(tmp_path: Path) -> None:
    first = write(tmp_path / "a.json", {"id": "x", "text": "один"})
    second = write(tmp_path / "b.json", {"id": "x", "text": "два"})
    article, error = read_articles([first, second])
    assert isinstance(article, Article)
    assert article.text == "один"
    assert str(error) == f"{second}: the id 'x' was read before in this run; the first article stays"
    lines = write(
        tmp_path / "c.jsonl", json.dumps({"id": "y", "text": "а"}).encode() + b"\n" + b'{"id": "y", "text": "b"}'
    )
    _, repeated = read_articles([lines])
    assert isinstance(repeated, ReadError)
    assert repeated.where == f"{lines} line 2"


def test_normalisation_is_only_mark_and_line_ends(tmp_path: Path) -> None:
    raw = "\ufeffЗаголовок\u00a0— «ёлка»\r\nПервая\u00a0строка.\rВторая\u2028строка.\n"
    article = read_one(write(tmp_path / "a.txt", raw))
    assert article.content == "Заголовок\u00a0— «ёлка»\nПервая\u00a0строка.\nВторая\u2028строка.\n"
    same = {"title": "Заголовок\u00a0— «ёлка»", "text": "Первая\u00a0строка.\rВторая\u2028строка.\r\n"}
    assert read_one(write(tmp_path / "a.json", b"\xef\xbb\xbf" + json.dumps(same).encode())).content == article.content


def test_title_is_the_first_line_that_says_something(tmp_path: Path) -> None:
    article = read_one(write(tmp_path / "a.txt", "\n  \nЗаголовок\n\nТекст"))
    assert (article.title, article.text) == ("Заголовок", "\nТекст")


def test_deep_json_is_an_error(tmp_path: Path) -> None:
    assert "not" in read_error(write(tmp_path / "a.json", b"[" * 200_000))


@pytest.mark.parametrize(
    ("raw", "contents"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["\na", "\nb"]),
        (b'\n \n{"text": "a"}', ["\na"]),
        (b'{\n "text": "a"\n}', ["\na"]),
        (b'[{"text": "a"},\n{"text": "b"}]', ["\na", "\nb"]),
        ("Заголовок\nТекст".encode(), ["Заголовок\nТекст"]),
        ("[Обновлено] Заголовок\nТекст".encode(), ["[Обновлено] Заголовок\nТекст"]),
        (b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "b"}', ["\na", "\nb"]),
    ],
)
def test_standard_input_is_told_by_content(raw: bytes, contents: list[str]) -> None:
    assert [r.content for r in read_bytes(raw) if isinstance(r, Article)] == contents


def test_line_numbers_of_standard_input_count_blank_lines() -> None:
    errors = [r for r in read_bytes(b'\n\n{"text": "a"}\n{}\n') if isinstance(r, ReadError)]
    assert [str(e) for e in errors] == ['standard input line 4: no "text"']


@pytest.mark.parametrize("identifier", ["../../etc/passwd", "<script>", "a b\nc", "😀" * 500, 17, "ё'\"\\"])
def test_hostile_ids_are_kept(tmp_path: Path, identifier: object) -> None:
    assert read_one(write(tmp_path / "a.json", {"id": identifier, "text": "а"})).id == str(identifier)


@given(raw=st.binary(max_size=400), suffix=st.sampled_from([*READERS, ""]))
def test_any_bytes_are_articles_or_clear_errors(raw: bytes, suffix: str) -> None:
    for _, read in read_source(Source(io.BytesIO(raw), "here", 300, suffix=suffix)):
        assert isinstance(read, Article | ReadError)
        assert read.content.strip() and read.id if isinstance(read, Article) else str(read).startswith("here")


@given(text=st.text(max_size=200))
def test_any_text_stays_to_the_letter(text: str) -> None:
    ((_, read),) = read_source(Source(io.BytesIO(json.dumps({"text": text}).encode()), "here", 10_000, suffix=".jsonl"))
    if isinstance(read, Article):
        assert read.text == text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        assert not text.strip() or "\0" in text

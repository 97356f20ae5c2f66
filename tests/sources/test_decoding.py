"""Encodings: what is marked, declared or sure is read; all else is an error that says what it looks like."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.sources.decoding import GUESSES, decode_text
from tests.sources.making import TEXT, TITLE, make_csv, make_page, read_error, read_one, write

SENTENCE = "Президент России Владимир Путин прибыл с государственным визитом в Казахстан."
OTHERS = {
    "mac-cyrillic": SENTENCE,
    "windows-1252": "Le président français est arrivé à Moscou, où il était déjà venu l'année passée en été.",
    "windows-1253": "Ο Πρόεδρος της Ρωσίας έφτασε στην Αθήνα για επίσημη επίσκεψη και συνομιλίες.",
    "windows-1251": "Председник Србије Љубиша Ђорђевић и њихови пријатељи ће доћи у Београд.",
    "gb18030": "俄罗斯总统普京抵达哈萨克斯坦进行国事访问，并与总统举行会谈。",
    "shift-jis": "ロシアの大統領はカザフスタンを国賓として訪問し、会談を行った。",
}


@pytest.mark.parametrize("encoding", [*GUESSES, "utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_russian_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert read_one(write(tmp_path / "a.txt", f"{TITLE}\n{SENTENCE}".encode(encoding))).text == SENTENCE


@pytest.mark.parametrize("encoding", [*GUESSES, "utf-16"])
def test_tables_and_lines_too(tmp_path: Path, encoding: str) -> None:
    table = make_csv([{"title": TITLE, "text": SENTENCE}])
    assert read_one(write(tmp_path / "a.csv", table.encode(encoding))).text == SENTENCE
    line = f'{{"title": "{TITLE}", "text": "{SENTENCE}"}}\n'
    assert read_one(write(tmp_path / "a.jsonl", line.encode(encoding))).text == SENTENCE


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5", "mac-cyrillic", "utf-8"])
def test_pages_declare_their_encoding(tmp_path: Path, encoding: str) -> None:
    assert (
        read_one(write(tmp_path / "a.html", make_page(charset=encoding).encode(encoding, "xmlcharrefreplace"))).text
        == TEXT
    )


def test_wrong_declaration_does_not_spoil_utf8(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.html", make_page(charset="windows-1251"))).text == TEXT


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_encodings_are_not_taken_for_russian(tmp_path: Path, encoding: str) -> None:
    error = read_error(write(tmp_path / "a.txt", OTHERS[encoding].encode(encoding)))
    assert "not UTF-8 at byte" in error


def test_short_texts_are_not_guessed(tmp_path: Path) -> None:
    error = read_error(write(tmp_path / "a.txt", "Title\nПутин".encode("cp1251")))
    assert "not UTF-8 at byte 6, line 2; it looks like windows-1251 (convert it with: iconv -f windows-1251" in error


def test_one_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    assert "not UTF-8 at byte" in read_error(write(tmp_path / "a.txt", SENTENCE.encode() + b"\xff" + SENTENCE.encode()))


def test_utf16_without_a_mark_is_named(tmp_path: Path) -> None:
    assert "it looks like utf-16le" in read_error(write(tmp_path / "a.txt", "Visit to Astana".encode("utf-16le")))


def test_latin_bytes_are_not_called_russian(tmp_path: Path) -> None:
    assert read_error(write(tmp_path / "a.txt", "Mot: café".encode("latin-1"))).endswith("not UTF-8 at byte 8")


def test_place_of_a_bad_byte_counts_the_mark(tmp_path: Path) -> None:
    assert "byte 5" in read_error(write(tmp_path / "a.txt", b"\xef\xbb\xbfab\xff"))


@given(raw=st.binary(max_size=200), declared=st.sampled_from(["", "cp1251", "utf-7", "zlib", "x", "idna"]))
def test_any_bytes_are_text_or_an_error(raw: bytes, declared: str) -> None:
    with suppress(ReadError):
        assert "\r" not in decode_text(raw, "here", declared)


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape"])
def test_codecs_of_other_things_than_texts_are_not_tried(name: str) -> None:
    """That of punycode takes time by the square of the length."""
    raw = "Путин прибыл в Астану, где его встретил Токаев. ".encode("cp1251") * 20_000
    assert decode_text(raw, "a", name).startswith("Путин прибыл")


@pytest.mark.parametrize(
    "raw", ["Путин прибыл".encode() + b"\xd0\n" + "В Астану прибыл".encode(), "Путин прибыл\0".encode()]
)
def test_bad_bytes_in_utf8_are_no_other_encoding(raw: bytes) -> None:
    """Whoever converted such a file from another encoding would destroy it."""
    with pytest.raises(ReadError) as caught:
        decode_text(raw, "a")
    assert "looks like" not in str(caught.value)

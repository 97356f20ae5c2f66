"""Tokens and sentence starts: every character is kept, and words stay whole where the news needs them whole."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.text.tokenizer import RazdelTokenizer, find_sentence_starts

TOKENIZER = RazdelTokenizer(spacy.blank("ru").vocab)
RUSSIAN = st.text(alphabet="абвЯё АБ  \n\t.,-–—«»\"'()№%0123456789\u00a0\u2028🙂", max_size=80)


def words(text: str) -> list[str]:
    return [t.text for t in TOKENIZER(text) if not t.is_space]


@given(st.text(max_size=80) | RUSSIAN)
def test_text_is_kept_to_the_letter(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("премьер-министр", ["премьер-министр"]),
        ("экс-президент Киргизии", ["экс-", "президент", "Киргизии"]),
        ("Экс-глава МИД", ["Экс-", "глава", "МИД"]),
        ("экспорт", ["экспорт"]),
        ("14–15 июля", ["14", "–", "15", "июля"]),
        ("в 2025-2027 годах", ["в", "2025", "-", "2027", "годах"]),
        ("25—27 ноября", ["25", "—", "27", "ноября"]),
        ("в 2019-м", ["в", "2019-м"]),
        ("российско-киргизские", ["российско-киргизские"]),
        ("Аль-Улу", ["Аль-Улу"]),
        ("«Ынтымак Ордо»,", ["«", "Ынтымак", "Ордо", "»", ","]),
        ("26.11.2025", ["26.11.2025"]),
        ("ШОС+", ["ШОС", "+"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("text", ["Россия–Африка", "ноябрь—декабрь"])
def test_a_dash_between_words_parts_them(text: str) -> None:
    assert len(words(text)) == 3


def sentences(text: str) -> list[str]:
    doc: Doc = TOKENIZER(text)
    for token, start in zip(doc, find_sentence_starts(doc), strict=True):
        token.is_sent_start = start
    return [s.text.strip() for s in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Он прибыл. Его встретили.", ["Он прибыл.", "Его встретили."]),
        ("Заголовок\nТекст идёт дальше.", ["Заголовок", "Текст идёт дальше."]),
        ("С. В. Лавров принял посла.", ["С. В. Лавров принял посла."]),
        ("В 2025 г. стороны условились.", ["В 2025 г. стороны условились."]),
        ("«Мы готовы», — сказал он.", ["«Мы готовы», — сказал он."]),
        ("Первый абзац\n\n\nвторой абзац", ["Первый абзац", "второй абзац"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [s for s in sentences(text) if s] == expected


@given(RUSSIAN)
def test_a_newline_ends_a_sentence(text: str) -> None:
    doc = TOKENIZER(text)
    starts = find_sentence_starts(doc)
    assert len(starts) == len(doc)
    assert not starts or starts[0]
    for before, token, start in zip(doc, doc[1:], starts[1:], strict=False):
        if "\n" in before.text and not token.is_space:
            assert start


@pytest.mark.parametrize("text", ["торговля, " * 1500, "торговля " * 3000])
def test_a_sentence_without_end_is_cut(text: str) -> None:
    lengths = [len(s.split()) for s in sentences(text)]
    assert sum(lengths) == len(text.split())
    assert max(lengths) <= 240

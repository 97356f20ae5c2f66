"""Lemmas agree with what the tagger says of the word."""

from __future__ import annotations

import pytest

from kg.text.declension import inflect
from kg.text.foreign import is_common
from kg.text.lemmas import find_tagged, parse_word
from kg.text.nouns import genitive, is_only_plural, to_nominative


@pytest.mark.parametrize(
    ("word", "pos", "features", "expected"),
    [
        ("стали", "VERB", "Number=Plur|Tense=Past", "стать"),
        ("стали", "NOUN", "Case=Gen|Gender=Fem|Number=Sing", "сталь"),
        ("жапарова", "PROPN", "Case=Gen|Gender=Masc|Number=Sing", "жапаров"),
        ("переговоры", "NOUN", "Case=Nom|Number=Plur", "переговоры"),
        ("2025", "NUM", "", "2025"),
        ("\U00017000", "X", "", "\U00017000"),  # a letter that Python 3.11 has no name for
    ],
)
def test_lemma(word: str, pos: str, features: str, expected: str) -> None:
    assert find_tagged(word, pos, features) == expected


@pytest.mark.parametrize("word", ["", "2025", "—", "\U00017000", "мир\U00017000"])
def test_words_that_no_dictionary_can_parse(word: str) -> None:
    assert list(parse_word(word)) == []
    assert inflect(word, "Gen") == word
    assert to_nominative(word, "gent", "sing") == word
    assert genitive(word) == word
    assert not is_only_plural(word)
    assert not is_common(word, alone=True)

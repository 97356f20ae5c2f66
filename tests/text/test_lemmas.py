"""Lemmas agree with what the tagger says of the word."""

from __future__ import annotations

import pytest

from kg.text.lemmas import find_tagged


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

"""Tags where the dictionary leaves no doubt."""

from __future__ import annotations

import pytest

from kg.text.tagging import mend_tag


@pytest.mark.parametrize(
    ("word", "pos", "part", "features"),
    [
        ("беседовала", "NOUN", "VERB", {"Tense=Past", "Gender=Fem", "VerbForm=Fin"}),
        ("посредничает", "X", "VERB", {"Tense=Pres", "Number=Sing"}),
        ("увидится", "NOUN", "VERB", {"Tense=Fut"}),
        ("договорённость", "VERB", "NOUN", {"Gender=Fem", "Number=Sing"}),
        ("гондурасскую", "VERB", "ADJ", {"Case=Acc", "Gender=Fem"}),
    ],
)
def test_what_the_dictionary_knows_otherwise_is_mended(word: str, pos: str, part: str, features: set[str]) -> None:
    mended, found = mend_tag(word, pos, "Case=Nom")
    assert mended == part
    assert features <= set(found.split("|"))


@pytest.mark.parametrize(
    ("word", "pos"),
    [("Ранил", "PROPN"), ("стали", "NOUN"), ("рабочий", "NOUN"), ("встречающих", "NOUN"), ("«", "PUNCT"), ("Х2", "X")],
)
def test_what_may_be_so_stays(word: str, pos: str) -> None:
    assert mend_tag(word, pos, "Case=Nom") == (pos, "Case=Nom")

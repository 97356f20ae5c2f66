"""Russian lemmas by pymorphy3, chosen to agree with the tagger's part of speech and features."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import pymorphy3

PARTS = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN", "ADJF"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN", "PRTS"),
    "ADJ": ("ADJF", "ADJS", "COMP"),
    "ADV": ("ADVB", "PRED", "COMP"),
    "PRON": ("NPRO",),
    "DET": ("ADJF", "NPRO"),
    "NUM": ("NUMR", "ADJF"),
    "ADP": ("PREP",),
    "CCONJ": ("CONJ",),
    "SCONJ": ("CONJ",),
    "PART": ("PRCL",),
}
CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
NUMBERS = {"Sing": "sing", "Plur": "plur"}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
NAMES = frozenset(("Name", "Surn", "Geox", "Patr"))


@cache
def load_analyzer() -> Any:
    """pymorphy3's dictionary, once a process."""
    return pymorphy3.MorphAnalyzer()


def parse_word(word: str) -> Sequence[Any]:
    """pymorphy3's parses of a word, the likeliest first; none of what has no letters or stranger ones than it knows."""
    letters = [c for c in word if c.isalpha()]
    # pymorphy3 asks for the name of every letter; those newer than the interpreter's tables have none («𗀀»)
    known = bool(letters) and all(unicodedata.name(c, "") for c in letters)
    parses: Sequence[Any] = load_analyzer().parse(word) if known else ()
    return parses


@lru_cache(100_000)
def find_tagged(word: str, pos: str, features: str) -> str:
    """The lemma of a lower-case word that has UD features such as "Case=Gen|Number=Sing"."""
    values = dict(feature.split("=", 1) for feature in features.split("|") if "=" in feature)
    return find_lemma(word, pos, *(values.get(name, "").split(",")[0] for name in ("Case", "Number", "Gender")))


@lru_cache(100_000)
def find_lemma(word: str, pos: str = "", case: str = "", number: str = "", gender: str = "") -> str:
    """The lemma of a lower-case word; ``pos``, ``case``, ``number``, ``gender`` are UD values or empty."""
    parses = parse_word(word)
    return str(max(parses, key=lambda p: rate_parse(p, pos, case, number, gender)).normal_form) if parses else word


def rate_parse(parse: Any, pos: str, case: str, number: str, gender: str) -> float:
    """How well a parse agrees with the tagger: its own probability breaks ties."""
    tag = parse.tag
    return float(
        parse.score
        + 3 * (tag.POS in PARTS.get(pos, ()))
        + 1 * (case != "" and CASES.get(case) == tag.case)
        + 0.5 * (number != "" and NUMBERS.get(number) == tag.number)
        + 0.5 * (gender != "" and GENDERS.get(gender) == tag.gender)
        + 0.3 * (pos == "PROPN" and not NAMES.isdisjoint(tag.grammemes))
    )

"""Noun phrases in their dictionary form: «Сенатском дворце Кремля» → «Сенатский дворец Кремля»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from spacy.tokens import Doc, Token

from kg.text.lemmas import CASES, GENDERS, parse_word

PARTS = re.compile("([-’'])")


def dictionary_form(doc: Doc, start: int, end: int, head: Token, *, singular: bool = False) -> str:
    """The phrase with its head and the adjectives before it in the nominative; the rest as it is.

    ``singular`` makes one of several: «министры иностранных дел» → «министр иностранных дел».
    """
    pieces = []
    for token in doc[start:end]:
        agreeing = token.i == head.i or (token.i < head.i and token.pos_ in ("ADJ", "DET"))
        word = (copy_case(token.lemma_, token.text) if singular else nominate(token, head)) if agreeing else token.text
        pieces.append(word + token.whitespace_)
    return "".join(pieces).strip()


def nominate(token: Token, head: Token) -> str:
    """One word in the nominative of its number and of the gender of its noun, in its own capitals."""
    case = next(iter(token.morph.get("Case", [])), "Nom")
    if case == "Nom" or token.text.isupper():
        return str(token.text)
    number = "plur" if "Plur" in token.morph.get("Number", []) else "sing"
    gender = GENDERS.get(next(iter(head.morph.get("Gender", [])), ""), "") if token.i != head.i else ""
    return copy_case(to_nominative(token.lower_, CASES.get(case, "nomn"), number, gender), token.text)


def is_plural(token: Token, several: frozenset[str]) -> bool:
    """Whether a noun means several: by its form, by a numeral, or by a genitive of ``several`` («главы государств»)."""
    if "Plur" in token.morph.get("Number", []) or is_only_plural(token.lower_) or follows_numeral(token):
        return True
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ in several


def follows_numeral(token: Token) -> bool:
    """«два президента», «оба министра»: a numeral before a noun, or before its adjective."""
    before = token.doc[max(0, token.i - 2) : token.i]
    return any(t.dep_.startswith("nummod") and t.head.i == token.i for t in before)


@lru_cache(50_000)
def is_only_plural(word: str) -> bool:
    """Whether the dictionary has a lower-case word in the plural only («президенты», which the tagger may miss)."""
    parses = parse_word(word)
    return bool(parses) and all(p.tag.number == "plur" for p in parses)


@lru_cache(50_000)
def to_nominative(word: str, case: str, number: str, gender: str = "") -> str:
    """The nominative of a lower-case word that stands in a case, number and gender (pymorphy3's values)."""
    parses = [p for p in parse_word(word) if p.tag.case in (case, "loc2") and p.tag.number == number]
    if gender:
        parses = [p for p in parses if p.tag.gender == gender] or parses
    form = parses[0].inflect({"nomn"}) if parses else None
    return form.word if form else word


@lru_cache(1_000)
def genitive(name: str) -> str:
    """The genitive of a name: «Саудовской Аравии», «Боснии и Герцеговины», «Республики Корея»."""
    return " и ".join(" ".join(decline_phrase(part.split(" "))) for part in name.split(" и "))


def decline_phrase(words: Sequence[str]) -> Iterator[str]:
    """The adjectives and the noun behind them in the genitive, the rest as it is."""
    noun = False
    for word in words:
        parses = () if noun or word.isupper() else parse_word(word)
        named = sorted((p for p in parses if p.tag.case == "nomn"), key=lambda p: "Geox" not in p.tag)
        form = named[0].inflect({"gent"}) if named else None
        noun = noun or not named or named[0].tag.POS != "ADJF"
        yield copy_case(form.word, word) if form else word


def copy_case(word: str, model: str) -> str:
    """Capitals as in the model, in each part of a compound («Иссык-Куль», «Кот-д’Ивуар»)."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    parts, models = PARTS.split(word), PARTS.split(model)
    raised = (p[:1].upper() + p[1:] if m[:1].isupper() else p for p, m in zip_longest(parts, models, fillvalue=""))
    return "".join(raised)

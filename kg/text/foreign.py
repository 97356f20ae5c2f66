"""What slovnet takes into the span of a name though it is none: titles, adverbs, words that open a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spacy.tokens import Span, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.text.lemmas import NAMES, parse_word

INITIAL = re.compile(r"[А-ЯЁA-Z](?:\.|[а-я]\.?)?")  # «С.», «Дж.»


def find_end(span: Span) -> int:
    """The end of a span, moved behind the surname where it ends in an initial."""
    doc, end = span.doc, span.end
    if (
        end + 1 < len(doc)
        and INITIAL.fullmatch(doc[end - 1].text)
        and doc[end].text == "."
        and doc[end + 1].text[0].isupper()
    ):
        return end + 2
    return end


def is_foreign(token: Token, end: int, titles: frozenset[str], gazetteer: Gazetteer) -> bool:
    """A title, an adjective before one, or a plain word that opens a sentence («Накоротке Пашинян»)."""
    if fold(token.lemma_) in titles:
        return True
    follower = token.doc[token.i + 1] if token.i + 1 < end else None
    surname = follower is not None and token.i + 2 == end and any(gazetteer.find_persons(follower.text))
    if surname and token.is_sent_start and is_describing(token):
        return True
    if follower is not None and token.pos_ == "ADJ" and fold(follower.lemma_) in titles:
        return True
    return (
        bool(token.is_sent_start)
        and is_common(token.lower_, follower is None)
        and not any(gazetteer.find_persons(token.text))
    )


def is_describing(token: Token) -> bool:
    """A plain noun or adjective before a surname («Противник Рубио», «Шестидесятилетняя Руссефф»)."""
    parses = parse_word(token.lower_)
    plain = bool(parses) and not any(NAMES & p.tag.grammemes for p in parses if p.is_known)
    return plain and (token.pos_ == "ADJ" or any(p.is_known and p.tag.POS == "NOUN" for p in parses))


def is_plain(span: Span, titles: frozenset[str]) -> bool:
    """Whether a span of slovnet's is no name: «*Алжирское* соглашение», a title, a plain word that opens a sentence."""
    word, doc = span.root, span.doc
    if fold(word.lemma_) in titles and span.label_ != "PER":
        return True
    if len(span) > 1:
        return False
    described = word.pos_ == "ADJ" and word.dep_ == "amod" and word.i + 1 < len(doc) and doc[word.i + 1].text.islower()
    return described or (bool(word.is_sent_start) and is_common(word.lower_, True))


@lru_cache(10_000)
def is_common(word: str, alone: bool) -> bool:
    """Whether the dictionary has a lower-case word and it is no name; before another word, no noun or adjective."""
    parses = [p for p in parse_word(word) if p.is_known]
    if not parses or len(word) < 4 or any(NAMES & p.tag.grammemes for p in parses):
        return False
    return alone or all(p.tag.POS not in ("NOUN", "ADJF") for p in parses)


@cache
def office_words(gazetteer: Gazetteer) -> frozenset[str]:
    """Nouns that open titles."""
    return frozenset(fold(o.lemma_ru) for o in gazetteer.tables.offices)

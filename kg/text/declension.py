"""Names of persons that no table knows put in the nominative: «Фаджара Сукарно» → «Фаджар Сукарно»."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.knowledge.stems import find_stems, fold, make_stem
from kg.text.language import load_language
from kg.text.lemmas import CASES, parse_word

NAMES = frozenset(("Name", "Surn", "Patr"))
SHORTEST = 3  # letters that are left before an ending
SOFT = "*"  # stands in the data for -й after a vowel, else -ь


def nominative_words(span: Span, words: tuple[Token, ...]) -> Iterator[str]:
    """Each word of a name in the nominative."""
    case = find_case(span)
    feminine = is_feminine(words, case)
    for word in words:
        own = next(iter(word.morph.get("Case", [])), case)
        yield nominative(word, own if own != "Nom" and len(words) == 1 else case, feminine, span.doc)


def find_case(span: Span) -> str:
    """The case of a name: of a subject the nominative, beside a title the title's, else as most of its words say."""
    if span.root.dep_.startswith("nsubj"):
        return "Nom"
    title = span.root.head
    if span.root.dep_ == "appos" and title.pos_ == "NOUN" and title.morph.get("Case", []):
        return title.morph.get("Case", [])[0]
    cases = [c for token in span if len(token) > 1 for c in token.morph.get("Case", [])]
    return max(dict.fromkeys(cases), key=cases.count, default="Nom")


def is_feminine(words: tuple[Token, ...], case: str) -> bool:
    """Whether the given name is a woman's in the dictionary."""
    parses = [p for p in parse_word(words[0].lower_) if "Name" in p.tag and p.tag.case == CASES.get(case)]
    return bool(parses) and all("femn" in p.tag for p in parses)


def nominative(token: Token, case: str, feminine: bool, doc: Doc) -> str:
    """One word: as the article has it in the nominative, else by pymorphy3, else by its ending."""
    if case == "Nom" or token.text.isupper():
        return str(token.text)
    stems = {s for s, _ in find_stems(token.text)}
    for ent in doc.ents:
        if ent.label_ == "PER" and ent.root.dep_.startswith("nsubj"):
            for other in ent:
                if make_stem(other.text) in stems and not other.text.isupper() and len(other) > 2:
                    return str(other.text)
    return "-".join(inflect(part, case, feminine) for part in token.text.split("-"))


@lru_cache(10_000)
def inflect(word: str, case: str, feminine: bool = False) -> str:
    """The nominative of a name's word that stands in a case (a UD value)."""
    if not word[:1].isupper() and len(word) < 5:
        return word
    parses = parse_word(word.lower())
    if any("Fixd" in p.tag and NAMES & p.tag.grammemes for p in parses):
        return word
    fitting = [
        p
        for p in parses
        if p.tag.case == CASES.get(case) and p.tag.number == "sing" and NAMES & p.tag.grammemes and p.is_known
    ]
    fitting = [p for p in fitting if ("femn" in p.tag) == feminine] or fitting
    form = max(fitting, key=lambda p: p.score).inflect({"nomn"}) if fitting else None
    return restore(form.word, word) if form is not None else strip(word, case)


def restore(form: str, word: str) -> str:
    """A dictionary form in the word's own capitals and with its ё."""
    return form.capitalize() if word[:1].isupper() else form


def strip(word: str, case: str) -> str:
    """A word that no dictionary has, by its ending."""
    folded, language = fold(word), load_language()
    for ending, replacement in language.maps.get(f"declension.{case}", {}).items():
        if folded.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            stem = word[: len(word) - len(ending)]
            soft = "й" if stem[-1] in language.words["declension.vowels"] else "ь"
            return stem + (soft if replacement == SOFT else replacement)
    return word

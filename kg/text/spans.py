"""The spans of slovnet's as names of persons: their words and initials, and whose of the tables they may be."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.knowledge.gazetteer import WORD, Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.tables import Person
from kg.text.foreign import INITIAL, find_end, is_foreign, office_words
from kg.text.forms import agrees_in_kin, is_particle, is_patronymic, matches, person_words

DASHES = frozenset("–—-")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name in the text: full words and initials, both in order."""

    span: Span
    words: tuple[Token, ...]
    initials: tuple[str, ...]


def parse_name(span: Span) -> PersonName:
    """Words and initials of a span."""
    words, initials = [], []
    for token in span:
        dotted = token.i + 1 < len(span.doc) and span.doc[token.i + 1].text == "."
        if INITIAL.fullmatch(token.text) and len(span) > 1 and (dotted or token.text.endswith(".")):
            initials.append(fold(token.text[0]))
        elif token.text[0].isalpha() and not (token.text.islower() and token.i == span.start):
            words.append(token)
    return PersonName(span, tuple(words), tuple(initials))


def trim_span(span: Span, gazetteer: Gazetteer) -> Span:
    """slovnet's span without foreign words («Госсовета Ли Цян», «Министр Ортега»), with all of its name («Дж. Керри»).

    Empty where no word of it is a name.
    """
    doc = span.doc
    latin = next((t.i for t in span if t.i > span.start and t.text[0].isascii() and t.text[0].isalpha()), span.end)
    if not doc[span.start].text[0].isascii() and not doc[latin - 1].text.isascii():
        span = doc[span.start : latin]  # «Аленка Братушек (Alenka Bratušek)»
    for start in range(span.start, span.end - 1):
        if is_curated(doc[start : span.end], gazetteer):
            return doc[start : span.end]
    start, end = span.start, find_end(span)
    titles = office_words(gazetteer)
    while start < end and is_foreign(doc[start], end, titles, gazetteer):
        start += 1
    return doc[start:end] if start < end else doc[span.start : span.start]


def is_curated(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a span of two words or more is a full name of the tables."""
    words = tuple(t for t in span if t.text[0].isupper())
    if len(words) < 2 or any(t not in words and not is_particle(t) for t in span):
        return False
    name = PersonName(span, words, ())
    return any(fits(name, person) for token in words for person, _ in gazetteer.find_persons(token.text))


def split_span(span: Span, gazetteer: Gazetteer) -> list[Span]:
    """The names that slovnet put into one: around a dash («Шпидла — Руснок»), two of one word («Акихито Нарухито»)."""
    doc, dash = span.doc, next((t.i for t in span if t.text in DASHES), None)
    if dash is not None and span.start < dash < span.end - 1:
        return [doc[span.start : dash], *split_span(doc[dash + 1 : span.end], gazetteer)]
    if len(span) == 2 and all(is_mononym(token, gazetteer) for token in span) and not is_curated(span, gazetteer):
        return [doc[span.start : span.start + 1], doc[span.start + 1 : span.end]]
    return [span]


def is_mononym(token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a word is the whole name of a person of the tables."""
    return any(
        " " not in person.name_ru and matches(token, person.name_ru) for person, _ in gazetteer.find_persons(token.text)
    )


def fits(name: PersonName, person: Person) -> bool:
    """Every word and initial of the name belongs to the person's names, but for a middle name or patronymic."""
    words = person_words(person)
    full = [t for t in name.words if not is_particle(t)]
    strange = [t for t in full if not any(matches(t, w) for w in words)]
    if strange and not are_middle(strange, full, words):
        return False
    initial = all(any(fold(w).startswith(i) for w in words) for i in name.initials[:1])
    return initial and all(agrees_in_kin(t, words) for t in full)


def are_middle(strange: list[Token], full: list[Token], words: tuple[str, ...]) -> bool:
    """Whether words that the tables lack may be middle names of somebody else's two: «Джордж *Уокер* Буш»."""
    if len(full) - len(strange) < 2:
        return False
    if all(is_patronymic(t.text) for t in strange):
        return not any(is_patronymic(w) for w in words)
    return full[0] not in strange and full[-1] not in strange


def closeness(name: PersonName, person: Person) -> float:
    """How much of one of a person's names a name is: 1 for a whole one, 0 where a word is in none."""
    spelt = [WORD.findall(text) for text in (person.name_ru, *person.aliases_ru)]
    shares = (sum(any(matches(t, w) for w in words) for t in name.words) / len({*words}) for words in spelt if words)
    return min(1.0, max(shares, default=0.0)) * all(
        any(matches(t, w) for w in person_words(person)) for t in name.words
    )

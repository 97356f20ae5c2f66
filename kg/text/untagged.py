"""Names of the tables' persons that slovnet passed over or took for something else."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import WORD, Gazetteer
from kg.knowledge.stems import CACHED
from kg.knowledge.tables import Person
from kg.text.forms import matches
from kg.text.lemmas import parse_word
from kg.text.spans import is_curated

LEAST_SURNAME = 4  # letters of a surname that is known without slovnet


def find_untagged(doc: Doc, taken: set[int], gazetteer: Gazetteer) -> list[Span]:
    """Full names of the tables that slovnet took for something else or for nothing."""
    found = []
    last = -1
    free = [t.i not in taken and len(t) > 1 and t.text[0].isupper() for t in doc]
    for i, (first, second) in enumerate(pairwise(free)):
        if first and second and i > last and is_curated(doc[i : i + 2], gazetteer):
            found.append(doc[i : i + 2])
            last = i + 1
    return found


def find_surnames(doc: Doc, taken: set[int], gazetteer: Gazetteer) -> list[Span]:
    """Surnames of the tables that slovnet passed over («Путин принял …»), alone."""
    free = [t.i not in taken and not t.ent_type_ and is_name_like(t) for t in doc]
    return [
        doc[i : i + 1]
        for i, one in enumerate(free)
        if one
        and not any(free[max(i - 1, 0) : i] + free[i + 1 : i + 2])
        and any(is_called(doc[i], p) for p, _ in gazetteer.find_persons(doc[i].text))
    ]


def is_name_like(token: Token) -> bool:
    """A capitalised word that the tagger takes for a name, or that is no other word."""
    shaped = token.text.istitle() and len(token) >= LEAST_SURNAME
    return shaped and (token.pos_ == "PROPN" or is_surname_like(token.text))


@lru_cache(CACHED)
def is_surname_like(word: str) -> bool:
    """Whether the dictionary knows a word as a surname or not at all."""
    return all("Surn" in p.tag or not p.is_known for p in parse_word(word.lower()))


def is_called(token: Token, person: Person) -> bool:
    """Whether a word is the family name of a person."""
    return bool(person.surname_ru) and matches(token, WORD.findall(person.surname_ru)[-1])

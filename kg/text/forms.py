"""Forms and spellings of persons' names: case forms, compounds, patronymics, spellings that sound alike."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from kg.knowledge.gazetteer import WORD
from kg.knowledge.stems import find_compounds, find_kin, fold, make_sound, make_stem
from kg.knowledge.tables import Person
from kg.records import Entity
from kg.text.language import load_language
from kg.text.lemmas import parse_word


def is_particle(token: Token) -> bool:
    """«аль», «бен»: small words that a name may have or lack."""
    return fold(token.text) in load_language().words["names.particles"]


def variants(entity: Entity) -> tuple[str, ...]:
    """The words of all names of an entity."""
    return tuple(dict.fromkeys(w for name in (entity.name, *entity.aliases) for w in WORD.findall(name)))


@lru_cache(10_000)
def person_words(person: Person) -> tuple[str, ...]:
    """The words of all names of a row of persons.tsv, in Russian and English."""
    names = (person.name_ru, *person.aliases_ru, person.name_en, *person.aliases_en)
    return tuple(dict.fromkeys(word for name in names for word in WORD.findall(name)))


def matches(token: Token, word: str) -> bool:
    """Whether a token may be a case form of a word."""
    return not form_stems(word)[1].isdisjoint(form_stems(token.text)[0])


def sounds_like(token: Token, word: str) -> bool:
    """Whether a token may be a case form of another spelling of a word («Кемерон», «Кэмерон»)."""
    return make_sound(make_stem(word)) in {make_sound(stem) for stem in form_stems(token.text)[0]}


@lru_cache(20_000)
def form_stems(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a word may stand for as a form in the text, and what it is as a name; «Дмитрием» has no ending «ием»."""
    folded = fold(word)
    stems = [stem for stem, _ in find_compounds(word)]
    forms = {f"{folded}=", *stems, *(stem.removesuffix("и") for stem in stems)}
    return frozenset(forms), frozenset((f"{folded}=", make_stem(word)))


def agrees_in_kin(token: Token, words: tuple[str, ...]) -> bool:
    """«Буш-младший» is not who the tables call «Буш-старший»; who they call neither may be either."""
    kin = find_kin(token.text)
    known = {found for word in words if (found := find_kin(word))}
    return not kin or not known or kin in known


@lru_cache(20_000)
def is_patronymic(word: str) -> bool:
    """Whether the dictionary takes a word for a patronymic («Серикович»)."""
    return any("Patr" in p.tag for p in parse_word(word.lower()))


@lru_cache(20_000)
def is_given(word: str) -> bool:
    """Whether a word is a given name in the dictionary."""
    return any("Name" in p.tag and p.is_known for p in parse_word(word.lower()))


@lru_cache(10_000)
def is_rather_common(word: str) -> bool:
    """Whether the dictionary knows a lower-case word as a plain one above all («мороз», which is a surname too)."""
    parses = [p for p in parse_word(word) if p.is_known]
    named = sum(p.score for p in parses if "Surn" in p.tag or "Name" in p.tag or "Geox" in p.tag)
    return bool(parses) and named < 0.5 * sum(p.score for p in parses) and len(word) > 3

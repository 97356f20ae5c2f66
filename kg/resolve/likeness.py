"""How alike two names are, whatever their order, spelling and alphabet, and whether their bearers may be one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.folding import fold
from kg.resolve.settings import Settings, load_settings
from kg.resolve.verdicts import Verdict, Weighing

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
EXACT = ("5", "3")  # ranks of names that have the same number of words
BEGINNING = 3  # consonants of a word in a key
SOUNDS, CASE, FIRST = 0.85, 0.75, 0.5  # how alike words are that sound alike, that differ in an ending, an initial


@dataclass(frozen=True, slots=True)
class Named:
    """A person, organisation or venue as it is compared: all its names, its countries and the offices held."""

    id: str
    names: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    known: bool = False


@lru_cache(50_000)
def romanize(word: str) -> str:
    """A word in Latin letters by sound: «Жапаров» and "Japarov" are "Japarov"."""
    settings = load_settings()
    latin = "".join(settings.letters.get(letter, letter) for letter in fold(word))
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode() or latin
    for written, sound in settings.sounds.items():
        plain = plain.replace(written, sound)
    return plain


@lru_cache(50_000)
def make_skeleton(word: str) -> str:
    """The consonants of a word by sound, each once in a row; its first letter where it has none."""
    settings, roman = load_settings(), romanize(word)
    letters = [letter for letter in roman if letter not in settings.mute]
    return "".join(a for a, b in zip(letters, ["", *letters], strict=False) if a != b) or roman[:1]


def list_words(name: str) -> list[str]:
    """The words of a name."""
    return WORD.findall(name)


def name_keys(name: Named) -> frozenset[str]:
    """Under which a name is found: each word with the first letter of another; of a single word that alone."""
    return frozenset(key for text in name.names for key in text_keys(list_words(text)))


def text_keys(words: list[str]) -> Iterator[str]:
    """The keys of one name; of each word the beginning, as case endings differ."""
    for word in (word for word in words if len(word) > 1):
        start = make_skeleton(word)[:BEGINNING]
        yield start
        yield from (f"{start}|{romanize(other)[:1]}" for other in words if other is not word)


def sought_name_keys(name: Named) -> frozenset[str]:
    """The keys that two names must have in common to be compared."""
    single = all(len(list_words(text)) < 2 for text in name.names)
    return frozenset(key for key in name_keys(name) if single or "|" in key)


def compare_names(a: Named, b: Named, settings: Settings) -> Verdict:
    """Whether the bearers of two names may be one; vetoed where the names are not alike."""
    weighing = Weighing(settings.name)
    found = max((compare_texts(one, other) for one in a.names for other in b.names), default="")
    loose = not a.id.startswith("person/") and not found.startswith(EXACT)  # "министерство Казахстана" is in many names
    if not found or loose:
        weighing.forbid("names")
    else:
        weighing.add(found.partition(" ")[2])
    for field, one, other in (("country", a.countries, b.countries), ("office", a.offices, b.offices)):
        if one and other:
            weighing.add(f"{field}_equal" if one & other else f"{field}_differs")
    return weighing.verdict()


def compare_texts(one: str, other: str) -> str:
    """In what two names are alike, behind its rank; "" where they are not."""
    shorter, longer = sorted((list_words(one), list_words(other)), key=len)
    scores = match_words(shorter, longer)
    full = sum(score > FIRST for score in scores)
    if not full or min(scores) <= 0:
        return ""
    if full < 2 or sum(len(word) > 1 for word in shorter) < 2:
        return "2 initials" if len(scores) > 1 else "1 one_word"
    if min(scores) <= FIRST:
        return "2 initials"
    if min(scores) <= SOUNDS:
        return "3 spelled_alike"
    return "5 names_equal" if len(shorter) == len(longer) else "4 names_within"


def match_words(shorter: list[str], longer: list[str]) -> list[float]:
    """How alike each word of the shorter name is to the likest of the longer one that is still free."""
    pairs = ((match_word(a, b), i, k) for i, a in enumerate(shorter) for k, b in enumerate(longer))
    left, right = {}, set[int]()
    for score, i, k in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if i not in left and k not in right:
            left[i] = score
            right.add(k)
    return list(left.values())


@lru_cache(50_000)
def match_word(a: str, b: str) -> float:
    """How alike two words are, 0 to 1."""
    if fold(a) == fold(b):
        return 1.0
    one, other = romanize(a), romanize(b)
    if one[:1].lower() != other[:1].lower():
        return 0.0
    if min(len(a), len(b)) == 1:
        return FIRST
    if one == other:
        return 0.95
    short, long = sorted((make_skeleton(a), make_skeleton(b)), key=len)
    if short == long and len(short) > 1:
        return SOUNDS
    return CASE if len(short) > 2 and long.startswith(short) and len(long) == len(short) + 1 else 0.0

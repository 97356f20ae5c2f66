"""Titles and sentences as sets of stems, and what is counted in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.folding import fold
from kg.resolve.accounts import Paper
from kg.resolve.settings import Settings

WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")
TOKEN = re.compile(r"[^\W_]+")


def find_stems(text: str, settings: Settings) -> frozenset[str]:
    """The beginnings of all words that are long enough."""
    length, shortest = int(settings.words["stem"]), settings.words["shortest"]
    return frozenset(word[:length] for word in WORD.findall(fold(text)) if len(word) >= shortest)


def make_paper(kind: str, title: str, parties: frozenset[str], names: frozenset[str], settings: Settings) -> Paper:
    """A document as it is compared; ``names`` are stems of the names of parties, which tell no title from another."""
    stems = find_stems(settings.sides.sub(" ", fold(title)), settings) - settings.generic - names
    return Paper(kind, stems, frozenset(NUMBER.findall(title)), parties)


def find_counts(text: str, settings: Settings) -> Iterator[tuple[str, int]]:
    """What is counted, and how many: "двух российских дипломатов" is ("дипломаты", 2)."""
    tokens = TOKEN.findall(settings.suffixes.sub("", fold(text)))
    place = 0
    while place < len(tokens):
        number, end = read_number(tokens, place, settings)
        noun = find_counted(tokens[end:], settings) if number else None
        if number and noun:
            yield noun, number
        place = end


def read_number(tokens: list[str], place: int, settings: Settings) -> tuple[int | None, int]:
    """The number that stands there in digits or words, and where the text goes on; None where there is none."""
    token = tokens[place]
    if token.isdecimal():
        return int(token) if len(token) < 4 else None, place + 1  # longer ones are years
    total, end = 0, place
    while end < len(tokens) and joins(total, number := settings.numerals.get(tokens[end], 0)):
        total, end = total + number, end + 1
    return (total if total > 1 else None), max(end, place + 1)  # the word for one alone often counts nothing


def joins(total: int, number: int) -> bool:
    """Whether a numeral goes on with a number: "двадцать" with "пять", "сто" with "двадцать", "десять" with none."""
    room = 1000 if not total else 100 if total % 100 == 0 else 10 if total % 10 == 0 and total > 10 else 0
    return 0 < number < room


def find_counted(words: list[str], settings: Settings) -> str | None:
    """What the words behind a number say is counted; adjectives may stand before it."""
    for word in words:
        noun = find_noun(word, settings)
        if noun or not word.endswith(settings.endings):
            return noun
    return None


def find_noun(word: str, settings: Settings) -> str | None:
    """The thing that a noun counts."""
    return next((name for start, name in settings.counts.items() if word.startswith(start)), None)


def name_stems(name: str, settings: Settings) -> frozenset[str]:
    """The stems that words made of a country's name may have: "Иран" gives "иран", "ирана", "ирано" …"""
    length = int(settings.words["stem"])
    stems = set[str]()
    for word in WORD.findall(fold(name)):
        stems.add(word[:length])
        if length > len(word) - 1 >= 3:
            stems |= {word[: length - 1][:4] + vowel for vowel in settings.vowels}
    return frozenset(stems)

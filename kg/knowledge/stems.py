"""Russian names without their case endings, so that «Жапаровым» finds «Жапаров» with no dictionary of forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import folding
from kg.config import data_path

SHORTEST = 2  # letters of a stem
CACHED = 50_000  # words of which the stems are remembered: texts repeat theirs


@dataclass(frozen=True, slots=True)
class Endings:
    """The endings of data/languages/<lang>.toml, longest first; words for kin, letters that are written for others."""

    case: tuple[str, ...]
    nominative: tuple[str, ...]
    fixed: tuple[str, ...]
    declined: tuple[str, ...]
    kin: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]


@cache
def load_endings(lang: str = "ru") -> Endings:
    """The name endings of a language."""
    names = tomllib.loads(data_path("languages", f"{lang}.toml").read_text(encoding="utf-8"))["names"]
    return Endings(
        case=sort_endings(names["endings"]),
        nominative=sort_endings(names["nominative"]),
        fixed=sort_endings(names["fixed"]),
        declined=sort_endings(names["declined"]),
        kin=tuple(names["kin"]),
        spellings=tuple(names["spellings"].items()),
    )


def sort_endings(endings: Iterable[str]) -> tuple[str, ...]:
    """Each once, longest first."""
    return tuple(sorted(set(endings), key=lambda ending: (-len(ending), ending)))


@lru_cache(CACHED)
def fold(word: str) -> str:
    """A word as others are compared with it; remembered."""
    return folding.fold(word)


@lru_cache(CACHED)
def make_stem(word: str) -> str:
    """The stem of a dictionary form: «Россия» → «росси», «Вашингтон» → «вашингтон»; abbreviations stay whole."""
    folded = fold(word)
    if word.isupper() or is_indeclinable(folded):
        return folded
    for ending in load_endings().nominative:
        if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST:
            return folded[: len(folded) - len(ending)]
    return folded


def is_indeclinable(folded: str) -> bool:
    """«Кито», «Душанбе», «Мали»: foreign names in -о, -е, -и that keep their form; «Внуково», «Горки» do not."""
    names = load_endings()
    return folded.endswith(names.fixed) and not folded.endswith(names.declined)


@lru_cache(CACHED)
def find_stems(word: str) -> tuple[tuple[str, str], ...]:
    """Every (stem, ending) that a word in the text may have, longest stem first; «и» and «о» are whole."""
    folded = fold(word)
    return tuple(
        (folded[: len(folded) - len(ending)], ending)
        for ending in reversed(load_endings().case)
        if folded.endswith(ending) and (not ending or len(folded) - len(ending) >= SHORTEST)
    )


@lru_cache(CACHED)
def find_compounds(word: str) -> tuple[tuple[str, str], ...]:
    """The stems of a word, and of a compound those in which its first half declines too («Ростове-на-Дону»).

    «Бушем-младшим» is «Буш» as well.
    """
    head, hyphen, rest = word.partition("-")
    if not (hyphen and head and rest):
        return find_stems(word)
    heads = find_stems(head)
    joined = [(f"{stem}-{other}", ending) for stem, _ in heads for other, ending in find_stems(rest)]
    return tuple(dict.fromkeys((*find_stems(word), *joined, *(heads if find_kin(word) else ()))))


@lru_cache(CACHED)
def find_kin(word: str) -> str:
    """The stem of «старший» or «младший» at the end of a name, "" where there is none."""
    stems = {stem for stem, _ in find_stems(word.rpartition("-")[2])} if "-" in word else set()
    return next((stem for kin in load_endings().kin if (stem := make_stem(kin)) in stems), "")


@lru_cache(CACHED)
def make_sound(stem: str) -> str:
    """A stem in which letters that spellings exchange are one («мирзияев», «мирзиеев»), each once in a row."""
    for written, spoken in load_endings().spellings:
        stem = stem.replace(written, spoken)
    return "".join(letter for letter, before in zip(stem, " " + stem, strict=False) if letter != before)

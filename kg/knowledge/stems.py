"""Russian names without their case endings, so that «Жапаровым» finds «Жапаров» with no dictionary of forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.config import data_path

SHORTEST = 2  # letters of a stem
CACHED = 50_000  # words of which the stems are remembered: texts repeat theirs


@dataclass(frozen=True, slots=True)
class Endings:
    """The endings of data/languages/<lang>.toml, longest first."""

    case: tuple[str, ...]
    nominative: tuple[str, ...]
    fixed: tuple[str, ...]
    declined: tuple[str, ...]


@cache
def load_endings(lang: str = "ru") -> Endings:
    """The name endings of a language."""
    names = tomllib.loads(data_path("languages", f"{lang}.toml").read_text(encoding="utf-8"))["names"]
    return Endings(*(sort_endings(names[key]) for key in ("endings", "nominative", "fixed", "declined")))


def sort_endings(endings: Iterable[str]) -> tuple[str, ...]:
    """Each once, longest first."""
    return tuple(sorted(set(endings), key=lambda ending: (-len(ending), ending)))


@lru_cache(CACHED)
def fold(word: str) -> str:
    """Lower case with ё as е."""
    return word.lower().replace("ё", "е")


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

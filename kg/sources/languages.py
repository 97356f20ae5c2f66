"""The language of an article: the one whose commonest words it is made of (data/reading/languages.toml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.records import Article
from kg.sources.columns import load_reading

UNKNOWN = "und"  # ISO 639-2: undetermined
SAMPLE = 10_000  # characters looked at
WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
LETTER = re.compile(r"[^\W\d_]")
LEAST_WORDS = 15  # from fewer nothing is concluded
LEAST_SHARE = 0.08  # of the words; articles in Russian have 0.15 to 0.35
LEAD = 1.5  # times the share of the second best
MOST_FOREIGN = 0.5  # share of letters of another script; names and quotes stay far below
MOST_STRANGE = 0.03  # share of letters of the script that the language does not have


@dataclass(frozen=True, slots=True)
class Profiles:
    """Which languages a common word is one of; the letters of scripts, and of languages; the script of each.

    ``codes`` are other names that a language goes by, each with its tag.
    """

    words: Mapping[str, tuple[str, ...]]
    scripts: Mapping[str, re.Pattern[str]]
    written: Mapping[str, str]
    alphabets: Mapping[str, re.Pattern[str]]
    codes: Mapping[str, str]


@cache
def load_profiles() -> Profiles:
    """The profiles of all languages. Raises DataError."""
    table = load_reading("languages")
    words: dict[str, tuple[str, ...]] = {}
    for lang, profile in table["languages"].items():
        for word in profile["words"].split():
            words[word] = (*words.get(word, ()), lang)
    scripts = {name: re.compile(f"[{letters}]") for name, letters in table["scripts"].items()}
    written = {lang: profile["script"] for lang, profile in table["languages"].items()}
    alphabets = {
        lang: re.compile(f"[{profile['alphabet']}]")
        for lang, profile in table["languages"].items()
        if "alphabet" in profile
    }
    codes = {code: lang for lang, profile in table["languages"].items() for code in profile.get("codes", ())}
    return Profiles(words, scripts, written, alphabets, codes)


def find_language(article: Article) -> str:
    """The language of the text if it is plain, else the stated one unless the script speaks against it."""
    profiles = load_profiles()
    text = article.content[:SAMPLE]
    found = guess_language(text, profiles)
    stated = article.lang
    if found == primary(stated) or (found is None and is_possible(text, stated, profiles)):
        return format_tag(stated)
    return found or UNKNOWN


def primary(lang: str) -> str:
    """The language of a tag: "ru" of "ru-RU"."""
    return format_tag(lang).lower().partition("-")[0]


def format_tag(lang: str) -> str:
    """A tag as BCP 47 has it: "ru-RU" of "ru_RU", "ru" of "rus"."""
    name, dash, rest = lang.replace("_", "-").partition("-")
    return f"{load_profiles().codes.get(name.lower(), name)}{dash}{rest}"


def guess_language(text: str, profiles: Profiles) -> str | None:
    """The language of a text; None where it is short, or where two come close."""
    words = [word for word in WORDS.findall(text) if word[0].islower()]  # «Но Му Хён» is a name
    if len(words) < LEAST_WORDS:
        return None
    counts = Counter(lang for word in words for lang in profiles.words.get(word, ()))
    (best, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= LEAST_SHARE * len(words) and most >= LEAD * next_most else None


def is_possible(text: str, lang: str, profiles: Profiles) -> bool:
    """Whether a text may be in a language by its letters; a short one, or one of unknown letters' language, may."""
    letters = LETTER.findall(text)
    script = profiles.written.get(primary(lang))
    if script is None or len(letters) < LEAST_WORDS * 3:
        return True
    written = profiles.scripts[script].findall(text)
    alphabet = profiles.alphabets.get(primary(lang))
    own = len(alphabet.findall("".join(written))) if alphabet else len(written)
    return len(written) >= (1 - MOST_FOREIGN) * len(letters) and own >= (1 - MOST_STRANGE) * len(written)

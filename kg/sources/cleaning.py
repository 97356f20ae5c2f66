"""What stands around an article is taken off its text: share buttons, captions, links elsewhere, bylines.

Whole lines go, and the ends of some; what stays, stays to the letter. The phrases are data/reading/cleaning-ru.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.records import Article
from kg.sources.columns import load_reading

EDGES = re.compile(r"^[\W_]+|[\W_]+$")
PARTS = re.compile(r"\s*[|/•·,;]\s*|\s{2,}")
STOPS = (".", "!", "?", "…", ".»", ".”", '."')


@dataclass(frozen=True, slots=True)
class Phrases:
    """What lines are known by."""

    whole: frozenset[str]
    start: tuple[str, ...]
    longest: int
    lists: frozenset[str]
    headline: int
    tails: re.Pattern[str]
    patterns: re.Pattern[str]


@cache
def load_phrases() -> Phrases:
    """The phrases of Russian pages. Raises DataError."""
    table = load_reading("cleaning-ru")
    tails = "|".join(map(re.escape, table["tails"]))
    return Phrases(
        whole=frozenset(table["whole"]),
        start=tuple(table["start"]),
        longest=table["longest"],
        lists=frozenset(table["lists"]),
        headline=table["headline"],
        tails=re.compile(rf"(?<=[.!?…»])\s+(?:{tails}).*", re.IGNORECASE),
        patterns=re.compile("|".join(f"(?:{pattern})" for pattern in table["patterns"]), re.IGNORECASE),
    )


def clean_article(article: Article) -> Article:
    """The article without what stands around its text; the same where there is nothing of the kind."""
    text = clean_text(article.text, load_phrases())
    return article if text == article.text else replace(article, text=text)


def clean_text(text: str, phrases: Phrases) -> str:
    """The lines that say something. A text without such phrases stays to the letter, blank lines and all."""
    lines = text.split("\n")
    kept = list(select_lines(lines, phrases))
    return text if kept == lines else "\n".join(kept)


def select_lines(lines: list[str], phrases: Phrases) -> Iterator[str]:
    """The lines that stay, cut where a tail begins; after the head of a list none until a sentence comes."""
    listing = False
    for line in lines:
        bare = EDGES.sub("", line).lower()
        if bare in phrases.lists:
            listing = True
        elif not is_noise(line, bare, phrases) and not (listing and is_headline(line, phrases)):
            listing = listing and not line.strip()
            yield phrases.tails.sub("", line)


def is_noise(line: str, bare: str, phrases: Phrases) -> bool:
    """Whether a line is a button, a caption, a byline or the like. ``bare`` is it in small letters, without edges."""
    stripped = line.strip()
    if not stripped or len(stripped) > phrases.longest:
        return False
    starts = stripped.lower().startswith(phrases.start) or bare.startswith(phrases.start)
    return starts or bool(phrases.patterns.fullmatch(stripped)) or is_whole(bare, phrases)


def is_whole(bare: str, phrases: Phrases) -> bool:
    """Whether a line is one of the words of buttons, or a row of them."""
    if bare in phrases.whole:
        return True
    parts = [part for part in PARTS.split(bare) if part] if len(bare) < phrases.headline else []
    return len(parts) > 1 and all(part in phrases.whole for part in parts)


def is_headline(line: str, phrases: Phrases) -> bool:
    """Whether a line may be a link to another article: short, and no full stop at its end."""
    stripped = line.strip()
    return bool(stripped) and len(stripped) <= phrases.headline and not stripped.endswith(STOPS)

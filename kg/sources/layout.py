"""Paragraphs of the lines of printed pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.sources.columns import load_reading

HYPHENS = ("-", "\u00ad", "\u2010")
STOPS = (".", "!", "?", "…", ":", ";", "»", "”", '"')
SHORT = 0.7  # of the width: a line that ends so early was to end there


def join_lines(lines: Sequence[str]) -> str:
    """The text, with words and sentences that go on in the next line joined."""
    kept = [line.strip() for line in lines if line.strip()]
    width = find_width(kept)
    text = kept[:1]
    for before, line in pairwise(kept):
        if before.endswith(HYPHENS) and line[0].islower():
            text[-1] = join_word(text[-1], line)
        elif goes_on(before, line, width):
            text[-1] = f"{text[-1]} {line}"
        else:
            text.append(line)
    return "\n".join(text)


def find_width(lines: Sequence[str]) -> int:
    """The length of a full line: that of three quarters of them is no greater."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def goes_on(before: str, line: str, width: int) -> bool:
    """Whether a sentence goes on in the next line: it begins small, or the line before was full and ends in no stop."""
    return line[0].islower() or (len(before) >= SHORT * width and not before.endswith(STOPS))


def join_word(before: str, line: str) -> str:
    """A word that goes on in the next line; its hyphen stays where it is one of the word."""
    stem = before.rstrip("".join(HYPHENS))
    stays = before.endswith("-") and stem.lower().endswith(tuple(load_reading("cleaning-ru")["hyphens"]))
    return f"{stem}-{line}" if stays else stem + line

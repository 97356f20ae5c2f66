"""What is wrong with a query, in plain words: the engine lists the characters that it would have taken."""

from __future__ import annotations

import re

PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
SPLIT = re.compile(r", (?![^\[\"]*[\]\"](?:,|\Z))")
WORD = re.compile(r'[A-Z]{2,}\Z|"[(){}\[\].?$*;,]"\Z')
SENTENCE = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+)+\Z")
SHOWN, NEAR = 6, 24


def describe_fault(error: SyntaxError, text: str) -> str:
    """Line, column, what stands there, and what might have: "the query does not parse at line 1, column 25 …"."""
    match = PLACE.match(str(error))
    if match is None:
        return f"the query does not parse: {' '.join(str(error).split())}"
    line, column = int(match[1]), int(match[2])
    items = [item.strip() for item in SPLIT.split(match[3])]
    reasons = [item for item in items if SENTENCE.match(item)]
    words = [item.strip('"') for item in items if WORD.match(item)]
    hint = f": {reasons[0][0].lower()}{reasons[0][1:]}" if reasons else ""
    if not hint and 0 < len(words) <= SHOWN:  # of more, none tells anything
        hint = f": expected {join(words)}"
    return f"the query does not parse at line {line}, column {column}{quote(text, line, column)}{hint}"


def quote(text: str, line: int, column: int) -> str:
    """What stands at the place, if anything does."""
    lines = text.splitlines()
    found = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    return f", at {found[:NEAR]!r}" if found else ", at its end" if line >= len(lines) else ""


def join(words: list[str]) -> str:
    """The words as one of them is meant."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))

"""What is wrong with a query, in plain words: the engine lists the characters that it would have taken."""

from __future__ import annotations

import re

PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
SPLIT = re.compile(r", (?![^\[\"]*[\]\"](?:,|\Z))")
SIGN = re.compile(r'"[(){}\[\].?$*;,]"\Z')
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
    signs = [item for item in items if SIGN.match(item)]  # of the words it names some that nobody would write there
    hint = f": {uncapitalise(reasons[0])}" if reasons else ""
    if not hint and 0 < len(signs) <= SHOWN:  # of more, none tells anything
        hint = f": expected {join(signs)}"
    return f"the query does not parse at line {line}, column {column}{quote(text, line, column)}{hint}"


def quote(text: str, line: int, column: int) -> str:
    """What stands at the place, if anything does."""
    lines = text.splitlines()
    found = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    return f", at {found[:NEAR]!r}" if found else ", at its end" if line >= len(lines) else ""


def uncapitalise(reason: str) -> str:
    """A sentence as it stands inside of another: "IRI parsing failed" keeps its capitals."""
    return reason if reason[:2].isupper() else reason[0].lower() + reason[1:]


def join(signs: list[str]) -> str:
    """The signs as one of them is meant."""
    return " or ".join(filter(None, (", ".join(signs[:-1]), signs[-1])))

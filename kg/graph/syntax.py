"""SPARQL as tokens: what a query asks of the engine, found without running it.

The tokens are those of the grammar of SPARQL 1.1, section 19.8, so that a keyword inside a string, an IRI, a comment
or a prefixed name is none. The engine wants no space between them: ``trueSERVICE<x:y>{}`` is a service, and so is
``SERVICE:a{}``. So a word that has SERVICE in it is refused, and so is a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>_:\w(?:[\w.-]*[\w-])?
      |(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
        (?:(?![.-])(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+)
  | (?P<sign>[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
SERVICE = re.compile("SERVICE", re.IGNORECASE)
ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
# Most queries are told by their beginning: a form behind prefixes that are spelt without doubt, and nothing in them,
# not even in a text, that is worth a look at the tokens.
PLAIN = re.compile(
    r"\s*(?:PREFIX\s+[A-Za-z]*:\s*<[A-Za-z0-9:/.#_-]*>\s+)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
DOUBTS = re.compile(r"SERVICE|FROM|LOAD|\\", re.IGNORECASE)
OPENING = "{(["
FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
DEPTH = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}
NESTING = 200


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is a group of TOKEN; words are in capitals."""

    kind: str
    text: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Source:
    """A graph that a query names after FROM: an IRI, or a prefixed name with the prefixes of the query."""

    text: str
    prefixes: tuple[tuple[str, str], ...]

    def resolve(self, known: Mapping[str, str]) -> str:
        """The IRI. Raises QueryError for an unknown prefix."""
        if self.text.startswith("<"):
            return strip_iri(self.text)
        prefix, _, local = self.text.partition(":")
        namespace = {**known, **dict(self.prefixes)}.get(prefix)
        if namespace is None:
            raise QueryError(f"the query does not parse: no prefix {prefix!r}")
        return namespace + re.sub(r"\\(.)", r"\1", local)


@dataclass(frozen=True, slots=True)
class Outline:
    """The form of a query, and the graphs that it names itself (FROM)."""

    text: str
    form: str
    sources: tuple[Source, ...] = ()


def split_tokens(text: str) -> Iterator[Token]:
    """The tokens, without comments and white space. Raises QueryError where brackets nest too deeply."""
    depth = 0
    for match in TOKEN.finditer(text):
        kind, found = match.lastgroup or "", match[0]
        if kind == "comment":
            continue
        if kind == "sign":
            depth += DEPTH.get(found, 0)
            if depth > NESTING:
                raise QueryError(f"brackets nest more than {NESTING} deep")
        yield Token(kind, found.upper() if kind == "word" else found, match.start(), match.end(), depth)


def outline_query(text: str) -> Outline:
    """What a query is. Raises QueryError for an update, for SERVICE and LOAD, and for what has no form."""
    plain = PLAIN.match(text)
    if plain and not DOUBTS.search(text) and sum(map(text.count, OPENING)) < NESTING:
        return Outline(text, plain[1].upper())
    if ESCAPE.search(text):  # engines differ on whether escapes count before or after the keywords
        check_text(ESCAPE.sub(decode_escape, text))
    tokens = check_text(text)
    form = next((token.text for token in tokens if token.kind == "word" and token.text in FORMS), None)
    if form is None:
        raise QueryError("the query is neither SELECT, ASK, CONSTRUCT nor DESCRIBE")
    return Outline(text, form, tuple(find_sources(tokens)))


def check_text(text: str) -> list[Token]:
    """The tokens of a query. Raises QueryError where it would write, or fetch from elsewhere."""
    tokens = list(split_tokens(text))
    if any(names_service(token) for token in tokens):
        raise QueryError("SERVICE is not allowed here: this endpoint asks no other server")
    check_doubt(tokens, text)
    words = (token.text for token in tokens if token.kind == "word")
    first = next((word for word in words if word not in ("PREFIX", "BASE", "VERSION")), "")
    if first.startswith(tuple(UPDATES)):
        raise QueryError(f"{first} is an update: this endpoint is for reading only")
    return tokens


def names_service(token: Token) -> bool:
    """Whether the engine may find SERVICE in a word, or in a name: in its prefix, or behind what ends it early."""
    if token.kind not in ("word", "name"):
        return False
    prefix, _, local = token.text.partition(":")
    behind = re.split(r"[^\w:]", local, maxsplit=1)[1:]
    return any(SERVICE.search(part) for part in (prefix, *behind))


def check_doubt(tokens: list[Token], text: str) -> None:
    """Raises QueryError where SERVICE stands after a "<" that might be a comparison.

    In ``FILTER(?a<?b)SERVICE:x#>`` the engine reads no IRI, and from there on other tokens than these. Only after
    "scheme://" there is no doubt, since no expression has "//".
    """
    doubtful = (token.start for token in tokens if token.kind == "iri" and not ABSOLUTE.match(token.text))
    start = next(doubtful, None)
    if start is not None and SERVICE.search(text, start):
        raise QueryError("SERVICE is not allowed here, nor its name after an IRI that is not written as <scheme://...>")


def find_sources(tokens: list[Token]) -> Iterator[Source]:
    """What stands after FROM and FROM NAMED."""
    prefixes = tuple(find_prefixes(tokens))
    for place, token in enumerate(tokens):
        if token.kind == "word" and token.text == "FROM":
            rest = [after for after in tokens[place + 1 : place + 3] if after.text != "NAMED"]
            if rest and rest[0].kind in ("iri", "name"):
                yield Source(rest[0].text, prefixes)


def find_prefixes(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The prefixes that a query declares."""
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.text == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            yield name.text.removesuffix(":"), strip_iri(iri.text)


def strip_iri(written: str) -> str:
    """An IRI without its brackets and escapes."""
    return ESCAPE.sub(decode_escape, written[1:-1])


def find_limit(outer: list[Token]) -> tuple[int, int] | None:
    """The span of the number after LIMIT outside of all brackets."""
    pairs = pairwise(outer)
    found = [(after.start, after.end) for token, after in pairs if token.text == "LIMIT" and after.kind == "number"]
    return found[-1] if found else None


def find_tail(outer: list[Token], text: str) -> int:
    """Where LIMIT may stand: before the VALUES that close a query, else at its end."""
    closing = (token.start for token in outer if token.text == "VALUES")
    return next(closing, len(text))


def limit_rows(outline: Outline, most: int) -> str:
    """The text of a SELECT with at most so many rows; its own LIMIT stays if that is lower."""
    text = outline.text
    outer = [token for token in split_tokens(text) if token.depth == 0]
    if limit := find_limit(outer):
        start, end = limit
        digits = text[start:end].lstrip("0") or "0"
        lower = len(digits) > len(str(most)) or int(digits) > most
        return f"{text[:start]}{most}{text[end:]}" if lower else text
    tail = find_tail(outer, text)
    return f"{text[:tail]}\nLIMIT {most}\n{text[tail:]}"


def decode_escape(match: re.Match[str]) -> str:
    r"""The character of \uXXXX or \UXXXXXXXX; the escape itself where it names none."""
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]

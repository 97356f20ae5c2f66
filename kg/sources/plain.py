"""Plain texts, JSON and JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain, repeat
from typing import BinaryIO

from kg.errors import ReadError
from kg.records import Article
from kg.sources.decoding import decode_text
from kg.sources.fields import json_article, json_value, rename_fields, text_article
from kg.sources.source import Placed, Source

JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:[\"}]|\Z)|\[\s*(?:[{\]]|\Z))")
JSON_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{.*\}\s*\Z", re.DOTALL)


def read_text(source: Source) -> Iterator[Placed]:
    """The one article of a plain text: the first line with anything in it is the title."""
    text = decode_text(source.read_whole(), source.where, source.charset)
    article = text_article(text, source.where)
    yield source.where, replace(article, url=source.url) if source.url else article


def read_json(source: Source) -> Iterator[Placed]:
    """The article of a JSON file, or the articles of its list."""
    value = json_value(decode_text(source.read_whole(), source.where, source.charset), source.where)
    if value == []:
        raise ReadError(source.where, "no article in this list")
    items = enumerate(value, start=1) if isinstance(value, list) else [(None, value)]
    for number, item in items:
        place = f"{source.where} item {number}" if number else source.where
        yield place, make_article(item, place, source)


def read_jsonl(source: Source) -> Iterator[Placed]:
    """The articles of a JSON lines file, one a line; blank lines are skipped."""
    return read_lines(split_lines(source.stream, source.limit), source)


def read_unnamed(source: Source) -> Iterator[Placed]:
    """The articles of a stream without a name: JSON, JSON lines or a text, told by its first line."""
    first, blanks, limit = source.stream.readline(source.limit + 1), 0, source.limit
    while first and not first.strip() and len(first) <= limit:
        first, blanks = source.stream.readline(limit + 1), blanks + 1
    if not JSON_START.match(first):
        return read_text(prepend(first, source))
    if JSON_LINE.match(first) or len(first) > limit:
        return read_lines(chain(repeat(b"\n", blanks), [first], split_lines(source.stream, limit)), source)
    return read_json(prepend(first, source))


def prepend(first: bytes, source: Source) -> Source:
    """The source of ``first`` and what follows, as far as the limit lets it be read anyway."""
    return replace(source, stream=BytesIO(first + source.stream.read(max(0, source.limit + 1 - len(first)))))


def read_lines(lines: Iterable[bytes], source: Source) -> Iterator[Placed]:
    """One article a line. A line over the limit is skipped to its end."""
    for number, line in enumerate(lines, start=1):
        place = f"{source.where} line {number}"
        if len(line) > source.limit:
            skip_line(source.stream, line)
            yield place, ReadError(place, f"longer than the limit of {source.limit:,} bytes")
        elif line.strip():
            yield place, read_line(line, place, source)


def read_line(line: bytes, where: str, source: Source) -> Article | ReadError:
    """The article of one JSON line."""
    try:
        return make_article(json_value(decode_text(line, where, source.charset), where), where, source)
    except ReadError as error:
        return error


def make_article(value: object, where: str, source: Source) -> Article | ReadError:
    """The article of a JSON value, or what is wrong with it."""
    try:
        renamed = rename_fields(value, source.settings.columns)
        if isinstance(renamed, dict) and renamed and "text" not in renamed:
            raise ReadError(where, f'no "text"; the keys are {", ".join(renamed)[:200]}')
        return json_article(renamed, where)
    except ReadError as error:
        return error


def split_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of a stream, each cut at one byte over the limit."""
    return iter(lambda: stream.readline(limit + 1), b"")


def skip_line(stream: BinaryIO, line: bytes) -> None:
    """Read on to the end of a line that was cut, in pieces."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(2**20)

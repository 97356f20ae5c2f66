"""Article files to Article records: .txt, .json and .jsonl; files, folders and standard input.

Every failure is a value in the stream, never an exception, so that one bad article stops nothing.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError
from kg.records import Article
from kg.text.decoding import decode_text
from kg.text.fields import json_article, json_value, text_article

LIMIT = 64 * 2**20
STDIN = "-"

JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:[\"}]|\Z)|\[\s*(?:[{\]]|\Z))")
JSON_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{.*\}\s*\Z", re.DOTALL)

Read = Article | ReadError
Placed = tuple[str, Read]  # with the file, line or item that it comes from
Reader = Callable[[BinaryIO, str, int], Iterator[Placed]]


def read_articles(paths: Iterable[str | Path], limit: int = LIMIT) -> Iterator[Read]:
    """The articles of files and folders (recursive, sorted); "-" is standard input.

    What cannot be read comes as a ReadError in its place. ``limit`` is in bytes, for the most that is
    held at once: a .txt or .json file, a line of a .jsonl file. An id that comes twice is an error.
    """
    seen: set[int] = set()
    for path in paths:
        for where, read in read_path(path, limit):
            yield reject_repeated(read, where, seen)


def reject_repeated(read: Read, where: str, seen: set[int]) -> Read:
    """The article, or a ReadError if its id was ``seen``; only hashes are kept, for large corpora."""
    if isinstance(read, ReadError):
        return read
    key = hash(read.id)
    if key in seen:
        return ReadError(where, f"the id {read.id!r} was read before in this run; the first article stays")
    seen.add(key)
    return read


def read_path(path: str | Path, limit: int) -> Iterator[Placed]:
    """What one argument holds."""
    if str(path) == STDIN:
        yield from read_stream(sys.stdin.buffer, "standard input", limit)
        return
    try:
        files = tuple(find_files(Path(path)))
    except ReadError as error:
        yield error.where, error
        return
    for file in files:
        yield from read_file(file, limit)


def find_files(path: Path) -> Iterator[Path]:
    """The file itself, or the article files below a folder, sorted. Raises ReadError if there are none."""
    if not path.exists():
        raise ReadError(str(path), "no such file or folder")
    if not path.is_dir():
        yield path
        return
    files = sorted(file for file in list_files(path) if file.suffix.lower() in READERS)
    if not files:
        raise ReadError(str(path), f"no article in this folder ({', '.join(READERS)})")
    yield from files


def list_files(folder: Path) -> Iterator[Path]:
    """The regular files below a folder; hidden ones are left out, links to folders not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(parent, name) for name in names if not name.startswith("."))
        yield from (file for file in files if file.is_file())


def read_file(path: Path, limit: int) -> Iterator[Placed]:
    """The articles of one file, by its suffix; a pipe is told by its content."""
    reader = READERS.get(path.suffix.lower()) or (None if path.is_file() else read_stream)
    if reader is None:
        yield str(path), ReadError(str(path), f"not an article file: known are {', '.join(READERS)}")
        return
    try:
        with path.open("rb") as stream:
            yield from reader(stream, str(path), limit)
    except OSError as error:
        yield str(path), ReadError(str(path), error.strerror or str(error))


def read_stream(stream: BinaryIO, where: str, limit: int) -> Iterator[Placed]:
    """The articles of a stream without a name: JSON, JSON lines or a text, told by its first line."""
    first, blanks = stream.readline(limit + 1), 0
    while first and not first.strip() and len(first) <= limit:
        first, blanks = stream.readline(limit + 1), blanks + 1
    if not JSON_START.match(first):
        return read_text(prepend(first, stream, limit), where, limit)
    if JSON_LINE.match(first) or len(first) > limit:
        return read_lines(chain(repeat(b"\n", blanks), [first], split_lines(stream, limit)), where, limit, stream)
    return read_json(prepend(first, stream, limit), where, limit)


def prepend(first: bytes, stream: BinaryIO, limit: int) -> BinaryIO:
    """A stream of ``first`` and what follows, as far as the limit lets it be read anyway."""
    return BytesIO(first + stream.read(max(0, limit + 1 - len(first))))


def read_text(stream: BinaryIO, where: str, limit: int) -> Iterator[Placed]:
    """The one article of a plain text: the first line with anything in it is the title."""
    try:
        yield where, text_article(decode_text(read_whole(stream, where, limit), where), where)
    except ReadError as error:
        yield where, error


def read_json(stream: BinaryIO, where: str, limit: int) -> Iterator[Placed]:
    """The article of a JSON file, or the articles of its list."""
    try:
        value = json_value(decode_text(read_whole(stream, where, limit), where), where)
    except ReadError as error:
        yield where, error
        return
    items = enumerate(value, start=1) if isinstance(value, list) else [(None, value)]
    for number, item in items:
        place = f"{where} item {number}" if number else where
        yield place, make_article(item, place)


def read_jsonl(stream: BinaryIO, where: str, limit: int) -> Iterator[Placed]:
    """The articles of a JSON lines file, one a line; blank lines are skipped."""
    return read_lines(split_lines(stream, limit), where, limit, stream)


def read_lines(lines: Iterable[bytes], where: str, limit: int, stream: BinaryIO) -> Iterator[Placed]:
    """One article a line. A line over the limit is skipped in ``stream`` to its end."""
    for number, line in enumerate(lines, start=1):
        place = f"{where} line {number}"
        if len(line) > limit:
            skip_line(stream, line)
            yield place, ReadError(place, f"longer than the limit of {limit:,} bytes")
        elif line.strip():
            yield place, read_line(line, place)


def read_line(line: bytes, where: str) -> Read:
    """The article of one JSON line."""
    try:
        return make_article(json_value(decode_text(line, where), where), where)
    except ReadError as error:
        return error


def make_article(value: object, where: str) -> Read:
    """The article of a JSON value, or what is wrong with it."""
    try:
        return json_article(value, where)
    except ReadError as error:
        return error


def split_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of a stream, each cut at one byte over the limit."""
    return iter(lambda: stream.readline(limit + 1), b"")


def skip_line(stream: BinaryIO, line: bytes) -> None:
    """Read on to the end of a line that was cut, in pieces."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(2**20)


def read_whole(stream: BinaryIO, where: str, limit: int) -> bytes:
    """All bytes of a stream. Raises ReadError when there are more than the limit."""
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise ReadError(where, f"longer than the limit of {limit:,} bytes; .jsonl files may be of any length")
    return raw


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".json": read_json,
    ".jsonl": read_jsonl,
}

"""CSV and TSV: a row an article, the columns by their names."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import ReadError
from kg.records import Article
from kg.sources.columns import map_columns
from kg.sources.decoding import choose_encoding
from kg.sources.fields import json_article
from kg.sources.plain import skip_line
from kg.sources.source import Placed, Source
from kg.sources.streams import peek_stream

HEAD = 2**16  # bytes that the encoding is told from
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line on which it starts; ``fault`` tells what is wrong with it."""

    line: int
    cells: tuple[str, ...]
    fault: str | None = None


class Lines:
    """The lines of a file as text; those of the row under way stay within the limit, and can be read once more."""

    def __init__(self, stream: BinaryIO, encoding: str, limit: int) -> None:
        self.stream, self.encoding, self.limit = stream, encoding, limit
        self.number, self.held = 0, 0  # of bytes
        self.row: list[bytes] = []
        self.again: deque[bytes] = deque()

    def start_row(self) -> int:
        """Forget the row before; the number of the line on which the next one starts."""
        self.row, self.held = [], 0
        return self.number + 1

    def go_back(self) -> None:
        """Have all but the first line of the row read once more: it was broken, and took in what is none of it."""
        self.again.extendleft(reversed(self.row[1:]))
        self.number -= len(self.row[1:])

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self.again.popleft() if self.again else self.stream.readline(self.limit + 1)
        if not raw:
            raise StopIteration
        self.number, self.held = self.number + 1, self.held + len(raw)
        if len(raw) > self.limit:
            skip_line(self.stream, raw)
        else:
            self.row.append(raw)
        if self.held > self.limit:
            raise csv.Error(f"longer than the limit of {self.limit:,} bytes")
        return raw.decode(self.encoding)


def read_csv(source: Source) -> Iterator[Placed]:
    """The articles of a CSV file; the delimiter is told from the header."""
    return read_table(source, None)


def read_tsv(source: Source) -> Iterator[Placed]:
    """The articles of a file with tabs."""
    return read_table(source, "\t")


def is_table(head: bytes, source: Source) -> bool:
    """Whether the first line of a stream without a name is a header with a column for the text."""
    encoding = choose_encoding(head, source.charset) or "utf-8-sig"
    line = head.decode(encoding, errors="ignore").partition("\n")[0]
    try:
        names = next(csv.reader([line], delimiter=find_delimiter(line)))
        return len(names) > 1 and "text" in map_columns(names, source.settings.columns, source.where)
    except (StopIteration, csv.Error, ReadError):
        return False


def read_table(source: Source, delimiter: str | None) -> Iterator[Placed]:
    """One article a row. Raises ReadError for a header without a column for the text."""
    head, stream = peek_stream(source.stream, HEAD)
    encoding = choose_encoding(head, source.charset)
    if encoding is None:
        raise ReadError(source.where, "neither UTF-8 nor, for sure, any other encoding of Russian")
    csv.field_size_limit(max(csv.field_size_limit(), source.limit))  # of the process: Python has no other
    first = head.decode(encoding, errors="ignore").partition("\n")[0]
    rows = read_rows(Lines(stream, encoding, source.limit), delimiter or find_delimiter(first))
    header = next(rows, Row(1, ()))
    fields = map_columns(header.cells, source.settings.columns, source.where)
    row = None
    for row in rows:
        place = f"{source.where} line {row.line}"
        yield place, make_article(row, fields, len(header.cells), place)
    if row is None:
        raise ReadError(source.where, "no row below the header")


def read_rows(lines: Lines, delimiter: str) -> Iterator[Row]:
    """The rows, without blank ones. After a broken one it goes on with the line after that on which it starts."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.start_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            lines.go_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)  # the old one is in the middle of the row
            yield Row(line, (), str(error))
            continue
        if any(cells):
            yield Row(line, tuple(cells))


def find_delimiter(header: str) -> str:
    """What parts the columns: the delimiter that the header has most of."""
    return max(DELIMITERS, key=header.count)


def make_article(row: Row, fields: Mapping[str, int], width: int, where: str) -> Article | ReadError:
    """The article of a row, or what is wrong with it."""
    if row.fault or len(row.cells) != width:
        return ReadError(where, row.fault or f"{len(row.cells)} columns, the header has {width}")
    try:
        return json_article({field: row.cells[place] for field, place in fields.items() if row.cells[place]}, where)
    except ReadError as error:
        return error

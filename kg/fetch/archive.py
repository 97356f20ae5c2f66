"""The web archive that is fetched into: what it holds already, and what is added."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import kg
from kg.errors import FetchError, ReadError
from kg.fetch.client import Answer
from kg.sources.warc import FORMS, LINE, Record, parse_response, read_records

PIECE = 2**16
WINDOW = 31  # gzip
ORIGINAL = "X-Archive-Orig-"  # for headers that are no longer true of the body that is stored
UNTRUE = frozenset({"transfer-encoding", "content-length", "connection", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Version:
    """What a server said of a page, to ask it whether the page has changed."""

    etag: str
    modified: str

    def conditions(self) -> dict[str, str]:
        """The headers of the question."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


class Archive:
    """A .warc.gz file that is added to, a record a write, so that what was written stays whole."""

    def __init__(self, path: Path) -> None:
        """Open or make it; the rest of a record that was not written to its end is cut off. Raises FetchError."""
        self.path = path
        self.versions: dict[str, Version] = {}
        try:
            whole = self.scan() if path.exists() else 0
            self.file = path.open("ab")
        except OSError as error:
            raise FetchError(str(path), error.strerror or str(error)) from None
        if whole == 0 and self.file.tell() > PIECE:
            self.close()
            raise FetchError(str(path), "not a whole web archive (.warc.gz): its first record does not end")
        if whole < self.file.tell():
            os.truncate(path, whole)
        self.add_info()

    def scan(self) -> int:
        """Where the last whole record ends; remember the versions of pages on the way. Raises FetchError."""
        whole = 0
        try:
            with self.path.open("rb") as stream:
                for end, raw in read_members(stream):
                    whole = end
                    self.remember(raw)
        except zlib.error:
            what = f"not a web archive (.warc.gz) from byte {whole:,} on; nothing was added to it"
            raise FetchError(str(self.path), what) from None
        return whole

    def remember(self, raw: bytes) -> None:
        """Take up the version of the page in a record, if it is one."""
        try:
            for record in read_records(BytesIO(raw), str(self.path), LINE):
                version = find_version(record)
                if version:
                    self.versions[record.url()] = version
        except ReadError as error:
            raise FetchError(str(self.path), f"not a web archive (.warc.gz): {error.what}") from None

    def add_info(self) -> None:
        """Say who writes."""
        out = BytesIO()
        writer = WARCWriter(out, gzip=True)
        info = {"software": f"diplomatic-kg/{kg.__version__}", "format": "WARC File Format 1.0", "robots": "obey"}
        writer.write_record(writer.create_warcinfo_record(self.path.name, info))
        self.append(out.getvalue())

    def add(self, answer: Answer) -> None:
        """Write an answer."""
        out = BytesIO()
        writer = WARCWriter(out, gzip=True)
        headers = [(name if name.lower() not in UNTRUE else ORIGINAL + name, value) for name, value in answer.headers]
        status = StatusAndHeaders(
            f"{answer.status} {answer.reason}".strip(),
            [*headers, ("Content-Length", str(len(answer.body)))],
            protocol="HTTP/1.1",
        )
        record = writer.create_warc_record(answer.url, "response", payload=BytesIO(answer.body), http_headers=status)
        writer.write_record(record)
        self.append(out.getvalue())

    def append(self, raw: bytes) -> None:
        """Write bytes at once."""
        self.file.write(raw)
        self.file.flush()

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def find_version(record: Record) -> Version | None:
    """The version of a page that came whole; None for other records, and for lists, whose links we want again."""
    if record.headers.get("warc-type") != "response":
        return None
    response = parse_response(record.block, record.url())
    form = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status != 200 or form not in FORMS:
        return None
    return Version(response.headers.get("etag", ""), response.headers.get("last-modified", ""))


def read_members(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each whole gzip member of a file, unpacked, with the place where it ends.

    Raises zlib.error for what is none, but not for a last one that breaks off.
    """
    place, rest = 0, b""
    while data := rest or stream.read(PIECE):
        unpacker, parts, taken = zlib.decompressobj(WINDOW), [], 0
        while data and not unpacker.eof:
            parts.append(unpacker.decompress(data))
            taken += len(data)
            data = b"" if unpacker.eof else stream.read(PIECE)
        if not unpacker.eof:
            return
        rest = unpacker.unused_data
        place += taken - len(rest)
        yield place, b"".join(parts)

"""Web archives (WARC 0.17 to 1.1): the pages in them.

Read here and not by a library, as those hold lines and unpacked bodies of any length in memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from kg.errors import ReadError
from kg.sources.source import Source

LINE = 2**16  # bytes of a header line, and of all header lines
FIELDS = 1000
PIECE = 2**16
KINDS = frozenset({"response", "resource", "conversion"})
FORMS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
WINDOWS = {"gzip": 47, "x-gzip": 47, "deflate": 15}


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its headers, and as many bytes of its block as the limit lets through, and one more."""

    headers: Mapping[str, str]
    block: bytes
    size: int

    def url(self) -> str:
        """The address that the record is of."""
        return self.headers.get("warc-target-uri", "").strip("<>")


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response: status, headers with names in lower case, and the body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def split_warc(source: Source) -> Iterator[Source | ReadError]:
    """A source for each page of the archive, or what is wrong with it. Raises ReadError where it breaks off."""
    for number, record in enumerate(read_records(source.stream, source.where, source.limit), start=1):
        where = f"{source.where} record {number} ({record.url()})"
        try:
            page = record_page(record, where, source)
        except ReadError as error:
            yield error
            continue
        if page:
            yield page


def read_records(stream: BinaryIO, where: str, limit: int) -> Iterator[Record]:
    """The records of an unpacked archive. Raises ReadError for what is none."""
    while (line := skip_blanks(stream)) is not None:
        if not line.startswith(b"WARC/"):
            raise ReadError(where, "not a WARC record where one should start")
        headers = read_fields(stream, where)
        size = parse_size(headers.get("content-length", ""), where)
        block = stream.read(min(size, limit + 1))
        skip_bytes(stream, size - len(block), where)
        yield Record(headers, block, size)


def skip_blanks(stream: BinaryIO) -> bytes | None:
    """The next line with anything in it, cut at LINE; None at the end."""
    while line := stream.readline(LINE):
        if line.strip():
            return line
    return None


def read_fields(stream: BinaryIO, where: str) -> dict[str, str]:
    """Header fields up to a blank line, names in lower case. Raises ReadError when they do not end."""
    fields: dict[str, str] = {}
    total = 0
    while (line := stream.readline(LINE)).strip():
        total += len(line)
        if total > LINE or len(fields) > FIELDS:
            raise ReadError(where, f"headers longer than {LINE:,} bytes")
        name, _, value = line.decode("utf-8", errors="replace").partition(":")
        fields[name.strip().lower()] = value.strip()
    return fields


def parse_size(value: str, where: str) -> int:
    """A length in bytes. Raises ReadError."""
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise ReadError(where, f"a WARC record without a length: {value[:20]!r}")
    return int(value)


def skip_bytes(stream: BinaryIO, count: int, where: str) -> None:
    """Read on, in pieces. Raises ReadError if the stream ends before that."""
    while count > 0:
        data = stream.read(min(count, PIECE))
        if not data:
            raise ReadError(where, "the last WARC record breaks off")
        count -= len(data)


def record_page(record: Record, where: str, source: Source) -> Source | None:
    """The source of the page that a record holds; None for what is no page. Raises ReadError."""
    kind = record.headers.get("warc-type", "").lower()
    if kind not in KINDS:
        return None
    is_http = kind == "response" and record.headers.get("content-type", "").lower().startswith("application/http")
    response = parse_response(record.block, where) if is_http else Response(200, record.headers, record.block)
    content = response.headers.get("content-type", "").lower()
    form = FORMS.get(content.partition(";")[0].strip())
    if form is None or response.status != 200:
        return None
    if "warc-truncated" in record.headers:
        raise ReadError(where, "the page did not come whole when it was archived")
    if record.size > source.limit:
        raise ReadError(where, f"longer than the limit of {source.limit:,} bytes")
    charset = CHARSET.search(content)
    return replace(
        source,
        stream=BytesIO(decode_body(response, where, source.limit) if is_http else response.body),
        where=where,
        suffix=form,
        charset=charset[1] if charset else None,
        url=record.url() or None,
        depth=source.depth + 1,
    )


def parse_response(block: bytes, where: str) -> Response:
    """An HTTP response as it was sent. Raises ReadError."""
    stream = BytesIO(block)
    status = STATUS.match(stream.readline(LINE))
    if not status:
        raise ReadError(where, "not an HTTP response")
    headers = read_fields(stream, where)
    return Response(int(status[1]), headers, stream.read())


def decode_body(response: Response, where: str, limit: int) -> bytes:
    """The body without chunks and compression. Raises ReadError for a broken, unknown or too long one."""
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in WINDOWS:
        raise ReadError(where, f"compressed as {coding[:20]!r}, which is not read")
    return inflate(body, coding, where, limit)


def inflate(body: bytes, coding: str, where: str, limit: int) -> bytes:
    """What gzip or deflate packed; many archives state it of bodies that are unpacked by now."""
    packed = body[:2] == b"\x1f\x8b" if "gzip" in coding else body[:1] == b"\x78"
    if not packed:
        return body
    unpacker = zlib.decompressobj(WINDOWS[coding])
    try:
        data = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise ReadError(where, f"broken compression: {error}") from None
    if len(data) > limit:
        raise ReadError(where, f"longer than the limit of {limit:,} bytes")
    if not unpacker.eof:
        raise ReadError(where, "broken compression: it breaks off")
    return data


def join_chunks(body: bytes) -> bytes:
    """The data of chunks; bodies that state chunks and have none, as many archives hold, stay as they are."""
    parts: list[bytes] = []
    start = 0
    while (end := body.find(b"\n", start, start + 100)) >= 0:
        size = re.match(rb"\s*([0-9a-fA-F]{1,8})", body[start:end])
        if not size:
            return body if start == 0 else b"".join(parts)
        length = int(size[1], 16)
        if length == 0:
            break
        parts.append(body[end + 1 : end + 1 + length])
        start = end + 1 + length + (2 if body[end + 1 + length : end + 3 + length] == b"\r\n" else 1)
    return b"".join(parts) if parts else body

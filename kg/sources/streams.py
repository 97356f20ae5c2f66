"""Streams that are looked into, recoded and kept from swelling."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import BinaryIO, cast

from kg.errors import ReadError

RATIO = 200  # news packs 3 to 10 times, the same article over and over 100 times
PIECE = 2**16
WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Piped(io.RawIOBase):
    """A stream made of a function that gives the next bytes, b"" at the end."""

    def __init__(self, pull: Callable[[int], bytes], head: bytes = b"") -> None:
        super().__init__()
        self.pull, self.rest = pull, head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.rest or self.pull(len(buffer))
        count = min(len(data), len(buffer))
        buffer[:count], self.rest = data[:count], data[count:]
        return count


class Counted:
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.stream.read(size)
        self.count += len(data)
        return data


class Budget:
    """How far a compressed file may swell: the limit, and RATIO bytes for each of the ``packed`` that were read."""

    def __init__(self, where: str, limit: int, packed: Callable[[], int]) -> None:
        self.where, self.limit, self.packed, self.taken = where, limit, packed, 0

    def take(self, data: bytes) -> bytes:
        """``data``, counted. Raises ReadError when it is too much."""
        self.taken += len(data)
        if self.is_spent():
            raise ReadError(self.where, f"a compression bomb: {self.taken:,} bytes out of {self.packed():,}")
        return data

    def is_spent(self) -> bool:
        """Whether more came out than any news would."""
        return self.taken > self.limit + RATIO * self.packed()


def make_stream(pull: Callable[[int], bytes], head: bytes = b"") -> BinaryIO:
    """A buffered stream of ``head`` and what ``pull`` gives."""
    return cast(BinaryIO, io.BufferedReader(Piped(pull, head), PIECE))


def peek_stream(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream with them still to come; one that can seek stays itself."""
    head = stream.read(size)
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, make_stream(stream.read, head)


def recode_stream(stream: BinaryIO, head: bytes) -> BinaryIO:
    """The stream in UTF-8 if a mark says that it is UTF-16 or UTF-32, whose lines do not end in a byte."""
    encoding = next((name for mark, name in WIDE_MARKS.items() if head.startswith(mark)), None)
    return stream if encoding is None else make_stream(make_recoder(stream, encoding))


def make_recoder(stream: BinaryIO, encoding: str) -> Callable[[int], bytes]:
    """A function that gives the next bytes of the stream in UTF-8. It raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()

    def pull(size: int) -> bytes:
        while data := stream.read(size):
            if text := decoder.decode(data):
                return text.encode("utf-8", "surrogatepass")
        return decoder.decode(b"", final=True).encode()

    return pull

"""Where a worker writes an answer: memory, and a file once it grows; never more than is allowed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from kg.errors import QueryError

HELD = 2**18


class AnswerTooLargeError(QueryError):
    """An answer has more bytes than the server allows."""


class TooManyRowsError(QueryError):
    """An answer may have more rows than the server allows."""


class Spool:
    """A file-like object for serializers, which takes ``most`` bytes.

    ``marker`` is what stands between two rows, of which it takes ``rows``.
    """

    def __init__(self, path: Path, most: int, marker: bytes = b"", rows: int = 0) -> None:
        self.path = path
        self.most = most
        self.marker = marker
        self.rows = rows
        self.marks = 0
        self.size = 0
        self.held = bytearray()
        self._file: IO[bytes] | None = None
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Take bytes. Raises AnswerTooLargeError and TooManyRowsError."""
        self.size += len(data)
        if self.size > self.most:
            raise AnswerTooLargeError(f"the answer has more than {self.most} bytes; ask for less with LIMIT")
        if self.marker:
            self._count(bytes(data))
        self.held += data
        if len(self.held) > HELD:
            self._spill()
        return len(data)

    def _count(self, data: bytes) -> None:
        seen = self._tail + data
        self.marks += seen.count(self.marker)
        if self.marks >= self.rows:
            raise TooManyRowsError(f"the answer may have more than {self.rows} rows")
        self._tail = seen[len(seen) - len(self.marker) + 1 :] if len(self.marker) > 1 else b""

    def _spill(self) -> None:
        if self._file is None:
            self._file = self.path.open("wb")
        self._file.write(self.held)
        self.held.clear()

    @property
    def stream(self) -> IO[bytes]:
        """Itself, as serializers expect it."""
        return cast("IO[bytes]", self)

    def flush(self) -> None:
        """Nothing: what is held is written when it is worth it."""

    def finish(self) -> str | None:
        """The file that has the whole answer; None where memory does."""
        if self._file is None:
            return None
        self._spill()
        self._file.close()
        return str(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

"""What a reader is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import ReadError, Skipped
from kg.records import Article

LIMIT = 64 * 2**20

Read = Article | ReadError | Skipped
Placed = tuple[str, Read]  # with the file, line or item that it comes from


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How articles are read.

    ``columns`` are pairs of an article's field and the name it has in the files; ``form`` is the format that
    they have, whatever they seem, as a suffix (".csv"). With ``clean`` share buttons and the like are left out,
    with ``unique`` what was read before in other files.
    """

    columns: tuple[tuple[str, str], ...] = ()
    form: str | None = None
    clean: bool = True
    unique: bool = True


AS_IS = ReadSettings(clean=False, unique=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of articles. ``limit`` is in bytes: the most that is held at once.

    ``suffix`` is that of its name, in lower case; ``charset`` and ``url`` are what its server said;
    ``depth`` counts the archives around it.
    """

    stream: BinaryIO
    where: str
    limit: int = LIMIT
    settings: ReadSettings = ReadSettings()
    suffix: str = ""
    charset: str | None = None
    url: str | None = None
    depth: int = 0

    def read_whole(self) -> bytes:
        """All bytes of the stream. Raises ReadError when there are more than the limit."""
        raw = self.stream.read(self.limit + 1)
        if len(raw) > self.limit:
            raise ReadError(self.where, f"longer than the limit of {self.limit:,} bytes; .jsonl may be of any length")
        return raw


Reader = Callable[[Source], Iterator[Placed]]


@contextmanager
def refuse_broken(where: str, what: str) -> Iterator[None]:
    """Whatever a parser raises on broken input becomes a ReadError: ``what`` it is not, and why."""
    try:
        yield
    except ReadError:
        raise
    except Exception as error:
        detail = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise ReadError(where, f"{what}: {detail}") from None

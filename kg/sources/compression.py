"""gzip, zstd and zip, opened as far as they are no bombs."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import ReadError
from kg.sources.extras import load_extra
from kg.sources.source import Source, refuse_broken
from kg.sources.streams import Budget, Counted, make_stream

DEPTH = 3  # a .html.gz in a .zip in a .gz
WINDOW = 2**27  # what zstd itself allows without being asked
END = struct.Struct("<4s4H2LH")  # of a zip: the record at its end, with the size of its directory
LONG_END = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
UNKNOWN = 2**32 - 1
END_REACH = END.size + 2**16


def open_gzip(source: Source) -> BinaryIO:
    """What a gzip file holds."""
    counted = Counted(source.stream)
    return bound_stream(source, gzip.GzipFile(fileobj=cast(BinaryIO, counted)).read, counted)


def open_zstd(source: Source) -> BinaryIO:
    """What a zstd file holds."""
    zstandard = load_extra("zstandard", "zstd", source.where)
    counted = Counted(source.stream)
    decompressor = zstandard.ZstdDecompressor(max_window_size=WINDOW)
    return bound_stream(source, decompressor.stream_reader(counted, read_across_frames=True).read, counted)


def bound_stream(source: Source, read: Callable[[int], bytes], counted: Counted) -> BinaryIO:
    """The stream of ``read``, which raises ReadError when it swells or breaks."""
    budget = Budget(source.where, source.limit, lambda: counted.count)

    def pull(size: int) -> bytes:
        try:
            return budget.take(read(size))
        except (OSError, EOFError, zlib.error, struct.error) as error:
            raise ReadError(source.where, f"broken compression: {error}") from None
        except ReadError:
            raise
        except Exception as error:  # ZstdError, which is known only where zstandard is installed
            raise ReadError(source.where, f"broken compression: {error}") from None

    return make_stream(pull)


def unpack(source: Source) -> Source:
    """The source inside of a .gz or .zst. Raises ReadError where that goes too deep or lacks a package."""
    check_depth(source)
    stream = UNPACKERS[source.suffix](source)
    name = source.where.rpartition("/")[2].removesuffix(source.suffix).lower()
    return replace(source, stream=stream, suffix=PurePosixPath(name).suffix, depth=source.depth + 1)


def check_depth(source: Source) -> None:
    """Raises ReadError for archives in archives in archives."""
    if source.depth >= DEPTH:
        raise ReadError(source.where, f"more than {DEPTH} archives, one in another")


def split_zip(source: Source, suffixes: frozenset[str]) -> Iterator[Source]:
    """The files of a .zip with one of the suffixes, in their order there. Raises ReadError."""
    check_depth(source)
    stream = seekable(source)
    with refuse_broken(source.where, "not a zip archive that can be read"):
        check_directory(stream, source)
        archive = zipfile.ZipFile(stream)
        size = stream.seek(0, 2)
    budget = Budget(source.where, source.limit, lambda: size)
    members = [info for info in archive.infolist() if is_article(info.filename, suffixes)]
    if not members:
        raise ReadError(source.where, f"no article in this archive ({', '.join(sorted(suffixes))})")
    for info in members:
        if budget.is_spent():
            return
        yield open_member(archive, info, source, budget)


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, budget: Budget) -> Source:
    """One file of an archive; what is wrong with it comes up when it is read."""
    where = f"{source.where}/{info.filename}"
    opened: list[BinaryIO] = []

    def pull(size: int) -> bytes:
        with refuse_broken(where, "broken compression"):
            if not opened:
                opened.append(archive.open(info))  # type: ignore[arg-type]
            return budget.take(opened[0].read(size))

    suffix = PurePosixPath(info.filename.lower()).suffix
    return replace(source, stream=make_stream(pull), where=where, suffix=suffix, depth=source.depth + 1)


def is_article(name: str, suffixes: frozenset[str]) -> bool:
    """Whether a file of an archive is to be read: no folder, not hidden, of a known suffix."""
    path = PurePosixPath(name.lower())
    hidden = any(part.startswith((".", "__macosx", "~$")) for part in path.parts if part != "..")
    return not name.endswith("/") and not hidden and path.suffix in suffixes


def seekable(source: Source) -> BinaryIO:
    """The stream, or all of it in memory if it cannot seek. Raises ReadError when it is longer than the limit."""
    return source.stream if source.stream.seekable() else BytesIO(source.read_whole())


def check_directory(stream: BinaryIO, source: Source) -> None:
    """Raises ReadError if the list of files in a zip, which is read at once, is longer than the limit."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_REACH))
    tail = stream.read(END_REACH)
    start = tail.rfind(b"PK\5\6")
    if 0 <= start <= len(tail) - END.size:
        listed: int = END.unpack_from(tail, start)[5]
        listed = listed if listed < UNKNOWN else find_long_size(stream, tail[max(0, start - LOCATOR.size) : start])
        if min(listed, size) > source.limit // 4:  # a record of Python's takes four times its bytes, at least
            raise ReadError(source.where, f"too many files for the limit of {source.limit:,} bytes")
    stream.seek(0)


def find_long_size(stream: BinaryIO, locator: bytes) -> int:
    """The size of the directory of an archive too long for 32 bits. Raises struct.error."""
    stream.seek(LOCATOR.unpack(locator)[2])
    size: int = LONG_END.unpack(stream.read(LONG_END.size))[8]
    return size


UNPACKERS: dict[str, Callable[[Source], BinaryIO]] = {".gz": open_gzip, ".zst": open_zstd}

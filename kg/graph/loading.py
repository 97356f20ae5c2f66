"""Making a store's folder anew, beside the old one, and putting it in its place in one step when it is whole.

Whatever goes wrong before that step leaves the old store as it was.
"""

from __future__ import annotations

import ctypes
import fcntl
import gzip
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat

from kg.errors import ReadError, StoreError
from kg.graph.store import Store

EXCHANGE = 2  # RENAME_EXCHANGE, <linux/fs.h>
HIDDEN = (".", "_", "kind=errors")
HERE = -100  # AT_FDCWD, <fcntl.h>
FORMATS = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".txt": RdfFormat.N_QUADS}  # the last as of Spark


def load_files(store: Store, paths: Iterable[Path]) -> Iterator[Path]:
    """Load files of quads into a store that nobody reads yet, quickly and not in one step; each when it is loaded.

    Raises ReadError for a file that is broken, StoreError where the store cannot be written.
    """
    for path in paths:
        try:
            with open_quads(path) as stream:
                store.inner.bulk_load(stream, format=find_format(path))
        except (SyntaxError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ReadError(str(path), f"not {find_format(path).name}: {error}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{path}: it cannot be loaded: {error}") from error
        yield path


def find_format(path: Path) -> RdfFormat:
    """The format of a file by its name, packed or not. Raises ReadError for names of others."""
    suffix = find_suffix(path)
    if suffix not in FORMATS:
        raise ReadError(str(path), f"not a file of quads: known are {', '.join(FORMATS)}, also with .gz")
    return FORMATS[suffix]


def open_quads(path: Path) -> IO[bytes]:
    """A file for reading, unpacked on the way."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def find_quads(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that were given and those below the folders, sorted. Raises ReadError where there are none."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ReadError(str(path), "no such file or folder")
        below = list_quads(path) if path.is_dir() else [path]
        if not below:
            raise ReadError(str(path), f"no file of quads in this folder ({', '.join(FORMATS)}, also with .gz)")
        found += below
    return tuple(found)


def list_quads(folder: Path) -> list[Path]:
    """The files of quads below a folder; not what is hidden (dot, underscore), nor the errors of a Spark job."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        found += [Path(parent, name) for name in names if not name.startswith(HIDDEN)]
    return sorted(path for path in found if FORMATS.get(find_suffix(path)))


def find_suffix(path: Path) -> str:
    """The suffix of a file, packed or not."""
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


@contextmanager
def replace_folder(path: Path, *, replace: bool) -> Iterator[Path]:
    """A folder to make a store in, which takes the place of ``path`` at the end, if nothing was raised until then.

    Raises StoreError where a store is there that is not to be replaced, or that somebody writes to.
    """
    path = path.resolve()
    if path.exists() and not replace and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{path}: there is a store already; --replace puts the new one in its place")
    if path.exists() and any(path.iterdir()) and not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: this is not a store, and it is not empty")
    draft = path.with_name(f".{path.name}-new-{os.getpid()}")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        with hold_lock(path):
            yield draft
            swap_folders(draft, path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Keep writers from a store, by the engine's own lock. Raises StoreError where one writes to it."""
    lock = path / "LOCK"
    if not lock.exists():
        yield
        return
    with lock.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"{path}: another process is writing to this store; wait for it or stop it") from error
        yield


def swap_folders(draft: Path, path: Path) -> None:
    """Put a folder in the place of another, which then has the draft's; in one step where the system can."""
    if not path.exists():
        draft.rename(path)
        return
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is not None and swap(HERE, os.fsencode(draft), HERE, os.fsencode(path), EXCHANGE) == 0:
        return
    aside = draft.with_name(f"{draft.name}-old")
    path.rename(aside)
    draft.rename(path)
    aside.rename(draft)

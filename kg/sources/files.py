"""Which files an argument stands for."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.errors import OtherFiles, ReadError
from kg.sources.readers import KNOWN, read_source
from kg.sources.source import Placed, ReadSettings, Source

STDIN = "-"
LEFT_OUT = (".", "~$")  # hidden; the lock of an open document
SAVED_WITH = ("_files", ".files")  # the folder that a browser saves beside a page


def read_path(path: str | Path, limit: int, settings: ReadSettings) -> Iterator[Placed]:
    """What one argument holds."""
    if str(path) == STDIN:
        yield from read_source(Source(sys.stdin.buffer, "standard input", limit, settings))
        return
    locked: list[OSError] = []
    others = Counter[str]()
    try:
        files = find_files(Path(path), locked, others)
    except ReadError as error:
        yield error.where, error
        return
    for fault in locked:
        yield str(fault.filename), ReadError(str(fault.filename), fault.strerror or str(fault))
    if others:
        yield str(path), OtherFiles(str(path), dict(others.most_common()))
    for file in files:
        yield from read_file(file, limit, settings)


def find_files(path: Path, locked: list[OSError], others: Counter[str]) -> list[Path]:
    """The file itself, or the article files below a folder, sorted. Raises ReadError if there are none.

    The folders that may not be looked into are added to ``locked``, the suffixes of other files to ``others``.
    """
    if not os.path.lexists(path):
        raise ReadError(str(path), "no such file or folder")
    if not path.is_dir():
        return [path]
    files = []
    for file in list_files(path, locked):
        suffix = file.suffix.lower()
        if suffix in KNOWN:
            files.append(file)
        else:
            others[suffix] += 1
    if not files and not locked:
        raise ReadError(str(path), f"no article in this folder ({', '.join(KNOWN)})")
    return sorted(files)


def list_files(folder: Path, locked: list[OSError]) -> Iterator[Path]:
    """The regular files below a folder; hidden ones are left out, links to folders not followed."""
    for parent, folders, names in os.walk(folder, onerror=locked.append):
        folders[:] = [name for name in folders if not name.startswith(".") and not name.endswith(SAVED_WITH)]
        files = (Path(parent, name) for name in names if not name.startswith(LEFT_OUT))
        yield from (file for file in files if file.is_file())


def read_file(path: Path, limit: int, settings: ReadSettings) -> Iterator[Placed]:
    """The articles of one file."""
    try:
        with path.open("rb") as stream:
            yield from read_source(Source(stream, str(path), limit, settings, path.suffix.lower()))
    except OSError as error:
        yield str(path), ReadError(str(path), error.strerror or str(error))

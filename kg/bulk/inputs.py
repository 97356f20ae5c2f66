"""How much of the input has been read: the position in the file that is open, as the kernel knows it.

So it holds for any reader, and for packed files as well. Without /proc, with standard input or with very many files
nothing is known, and a bar shows no remaining time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

MOST_FILES = 100_000  # whose sizes are remembered
FILES, DETAILS = Path("/proc/self/fd"), Path("/proc/self/fdinfo")


class Inputs:
    """The files of a build in the order in which they are read; ``total`` is in bytes, None where it is not known."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self.starts: dict[str, int] = {}
        self.done = 0
        self.total: int | None = 0
        for path in islice(list_inputs(paths), MOST_FILES + 1):
            if self.total is None or not path.is_file() or len(self.starts) == MOST_FILES:
                self.total = None
                return
            self.starts[str(path.resolve())] = self.total
            self.total += path.stat().st_size

    def position(self) -> int:
        """The bytes that have been read."""
        for link in FILES.iterdir() if self.total and FILES.is_dir() else ():
            try:
                start = self.starts.get(str(link.readlink()))
                if start is not None:
                    line = (DETAILS / link.name).read_text(encoding="ascii").splitlines()[0]
                    self.done = max(self.done, start + int(line.split()[1]))
            except (OSError, ValueError, IndexError):  # it has just been closed
                continue
        return self.done


def list_inputs(paths: Iterable[str | Path]) -> Iterator[Path]:
    """All files, those of a folder in order."""
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        found = (Path(parent, name) for parent, _, names in os.walk(path) for name in names)
        yield from sorted(islice(found, MOST_FILES + 1))

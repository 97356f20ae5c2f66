"""What a build did not read, and why: a file beside the store, with a line of JSON each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from kg.errors import KgError, StoreError
from kg.graph.closing import Closing


class LeftOut(Closing):
    """The file at ``path``, which is made with its first line; none for a store in memory.

    A line has the ``kind`` of error, its ``message`` and what else the error knows: of a Duplicate the ids of both
    articles and how alike they are. It is written at once, so that it stays whatever happens to the build.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lines = 0
        self._out: TextIO | None = None

    def add(self, error: KgError) -> None:
        """Write a line. Raises StoreError where it cannot be written."""
        if self.path is None:
            return
        known = {name: value for name, value in vars(error).items() if not name.startswith("_")}
        line = json.dumps(
            {"kind": type(error).__name__, **known, "message": str(error)}, ensure_ascii=False, default=str
        )
        try:
            self._open(self.path).write(line + "\n")
        except OSError as fault:
            raise StoreError(f"{self.path}: {fault.strerror}") from fault
        self.lines += 1

    def _open(self, path: Path) -> TextIO:
        if self._out is None:
            path.parent.mkdir(exist_ok=True)
            self._out = path.open("w", encoding="utf-8", errors="replace", buffering=1)
        return self._out

    def close(self) -> None:
        """Close the file."""
        if self._out is not None:
            self._out.close()

"""What a build did not read, and why: a file beside the store, with a line of JSON each."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import KgError, StoreError


class LeftOut:
    """The file at ``path``, which is made with its first line; none for a store in memory.

    A line has the ``kind`` of error, its ``message`` and what else that kind knows: of a Duplicate the ids of both
    articles and how alike they are. It is written at once, so that it stays whatever happens to the build.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lines = 0

    def add(self, error: KgError) -> None:
        """Write a line. Raises StoreError where it cannot be written."""
        if self.path is None:
            return
        known = {name: value for name, value in vars(error).items() if not name.startswith("_")}
        line = {"kind": type(error).__name__, **known, "message": str(error)}
        try:
            # a name that is no UTF-8 has halves of surrogates, which JSON writes in the way of backslashreplace
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as out:
                out.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        except OSError as fault:
            raise StoreError(f"{self.path}: {fault.strerror}") from fault
        self.lines += 1

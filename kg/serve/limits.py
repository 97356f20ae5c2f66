"""What a server allows: time, rows, bytes, queries at once."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEGABYTE = 2**20


def count_workers() -> int:
    """Twice the cores and at least four, so that some are left while slow queries run into their limit."""
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` a query may take, ``rows`` (or triples) of an answer, bytes of requests and answers.

    ``workers`` queries run at once, ``queue`` more wait; the rest is turned away. ``memory`` is in bytes a worker.
    A client has ``patience`` seconds to send a request.
    """

    seconds: float = 30.0
    patience: float = 20.0
    rows: int = 1_000_000
    request: int = MEGABYTE
    answer: int = 512 * MEGABYTE
    memory: int = 2048 * MEGABYTE
    workers: int = 4
    queue: int = 64

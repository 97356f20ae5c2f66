"""How long a parser may take for one file: some can be made to run for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import ReadError

SECONDS = 120.0  # the largest page that is read takes 9
AGAIN = 0.5  # seconds: parsers that pass over every error pass over this one too


@contextmanager
def limit_time(where: str, seconds: float = SECONDS) -> Iterator[None]:
    """Raises ReadError when what stands inside takes longer; in the main thread only, as others hear no signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(*_: object) -> None:
        raise ReadError(where, f"not read within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

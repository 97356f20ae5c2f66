"""Parsers that run for ever are stopped, and nothing of that remains."""

from __future__ import annotations

import signal
import threading
from contextlib import suppress

import pytest

from kg.errors import ReadError
from kg.sources.patience import limit_time


def run_on(*, stubborn: bool) -> None:
    """Never end; ``stubborn``, pass over the first error as well."""
    with suppress(ReadError):
        while stubborn:
            pass
    while True:
        pass


@pytest.mark.parametrize("stubborn", [False, True])
def test_what_never_ends_is_stopped(stubborn: bool) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(ReadError, match=r"here: not read within 0\.05 seconds"), limit_time("here", 0.05):
        run_on(stubborn=stubborn)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_ends_is_not_touched() -> None:
    with limit_time("here"):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_other_threads_have_no_limit() -> None:
    seen = []

    def work() -> None:
        with limit_time("here"):
            seen.append(signal.getitimer(signal.ITIMER_REAL))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(0, 0)]

"""A worker: a process that reads one batch of articles after the other, and may be killed at any moment."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection

from kg.bulk.messages import Answers, Batch, Setup
from kg.errors import DataError, KgError
from kg.ingest import Tools, load_tools, read_batch, spare_collector

PARENT_DEATH = 1  # PR_SET_PDEATHSIG, <linux/prctl.h>


def follow_parent(parent: int) -> None:
    """Die with the process that started this one, also in the middle of an article (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was told
        sys.exit()


def work(connection: Connection) -> None:
    """Answer until the other end is gone."""
    try:
        setup: Setup = connection.recv()
        tools = start(setup, connection)
        while tools is not None:
            batch: Batch = connection.recv()
            connection.send(answer(batch, tools))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def answer(batch: Batch, tools: Tools) -> Answers | KgError:
    """What comes of a batch; an error that concerns no article but all reading, as of broken data, ends the build."""
    try:
        return Answers(tuple(read_batch(list(batch.articles), tools)))
    except KgError as error:
        return error


def start(setup: Setup, connection: Connection) -> Tools | None:
    """Load what is needed, and say so; None where it cannot be."""
    try:
        tools = load_tools(setup.base, setup.least, validate=setup.validate, gists=setup.gists)
    except KgError as error:
        connection.send(error)
        return None
    except Exception as error:  # an installation that is broken in a way of its own
        connection.send(DataError(f"a worker cannot start: {type(error).__name__}: {error}"))
        return None
    spare_collector()
    connection.send(None)
    return tools


def main() -> None:
    """``python -m kg.bulk.worker DESCRIPTOR PARENT``."""
    descriptor, parent = map(int, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which then closes the connection
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    follow_parent(parent)
    work(Connection(descriptor))


if __name__ == "__main__":
    main()

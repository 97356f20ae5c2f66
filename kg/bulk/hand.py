"""One worker as the build sees it: its process, the connection to it, what it reads and since when."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import kg
from kg.bulk.messages import Batch, Setup

PACKAGE = Path(kg.__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
GROWTH = 128 * 2**20  # bytes by which a worker may grow, by new words above all, before another takes its place
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(eq=False, slots=True)
class Hand:
    """A worker; ``ready`` once it has loaded its models, ``batch`` is what it reads."""

    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False
    batch: Batch | None = None
    since: float = field(default_factory=time.monotonic)
    first: int = 0  # bytes after the first batch
    most: int = 0  # bytes at any time

    def give(self, batch: Batch) -> None:
        """Let it read a batch. A worker that has just died is found out when it does not answer."""
        self.batch, self.since = batch, time.monotonic()
        try:
            self.connection.send(batch)
        except OSError:
            return

    def memory(self) -> int:
        """The bytes that the process holds; 0 where the system does not tell (outside of Linux)."""
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        self.most = max(self.most, int(pages) * PAGE)
        return int(pages) * PAGE

    def is_worn(self) -> bool:
        """Whether it has grown so much that another should take its place."""
        held = self.memory()
        self.first = self.first or held
        return held > self.first + GROWTH

    def end(self) -> str:
        """Kill it; how it ended if it had died before."""
        self.connection.close()
        try:
            status: int | None = self.process.wait(0.5 if self.process.poll() is None else 0)
        except subprocess.TimeoutExpired:
            status = None
        self.kill()
        return describe_status(status)

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self.process.kill()
        self.process.wait()


def describe_status(status: int | None) -> str:
    """How a process ended, in words."""
    if status is None or status >= 0:
        return f"it ended the process (status {status})"
    try:
        return f"it crashed the process ({signal.Signals(-status).name})"
    except ValueError:
        return f"it crashed the process (signal {-status})"


def start_hand(setup: Setup) -> Hand:
    """A new process, which runs this very package with one thread, and the connection to it."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-P", "-m", "kg.bulk.worker", str(theirs.fileno()), str(os.getpid())]
    paths = [str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": os.pathsep.join(paths)}
    with theirs:
        process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=0,  # Ctrl-C is for the build alone, also while a worker starts
        )
    connection = Connection(ours.detach())
    connection.send(setup)
    return Hand(process, connection)

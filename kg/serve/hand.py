"""One worker as the server sees it: its process, the socket to it, and the file for its large answers."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import IO, cast

import kg
from kg.errors import KgError
from kg.serve.limits import Limits
from kg.serve.messages import HEADER, READY, Reply, Task, pack, unpack
from kg.serve.snapshot import Snapshot

PACKAGE = Path(kg.__file__).resolve().parent.parent


def do_nothing() -> None:
    """For a worker that nobody waits for."""


class LostError(KgError):
    """The worker died of the query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply; ``file`` is open where its body lies in one, which has no name any more."""

    reply: Reply
    file: IO[bytes] | None = None


class Hand(asyncio.Protocol):
    """A worker and the socket to it; it has one task at a time."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self.process = process
        self.path = path
        self.snapshot: Snapshot | None = None
        self.end()
        self._received = bytearray()
        self._awaited: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._size = len(READY)
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._size < 0 and len(self._received) >= HEADER.size:
            self._size = HEADER.size + HEADER.unpack_from(self._received)[0]
        if len(self._received) == self._size and not self._awaited.done():
            self._awaited.set_result(bytes(self._received))

    def connection_lost(self, exc: Exception | None) -> None:
        self.fail(LostError("the query ended its worker; most likely it needed more memory than a query may have"))

    def fail(self, error: KgError) -> None:
        """Let whoever waits for this worker know that no answer will come."""
        if not self._awaited.done():
            self._awaited.set_exception(error)

    async def ready(self) -> bool:
        """Whether the worker has started."""
        try:
            return await self._awaited == READY
        except KgError:
            return False

    @property
    def alive(self) -> bool:
        """Whether the worker holds the other end of the socket: nobody else does, so that it closes with the worker."""
        return self._transport is not None and not self._transport.is_closing()

    def begin(self, snapshot: Snapshot, linger: Callable[[], None]) -> None:
        """Note what the task to come reads, when it begins, and whom to tell that it takes a while."""
        self.snapshot, self.linger = snapshot, linger
        self.began = asyncio.get_running_loop().time()

    def end(self) -> None:
        """Note that no task runs: it begins at the end of all time."""
        self.began, self.linger = inf, do_nothing

    async def exchange(self, task: Task) -> Reply:
        """Send a task and wait for the reply. Raises LostError where the worker dies, or what ``fail`` is told."""
        if self._transport is None or self._transport.is_closing():
            raise LostError("the worker is dead")
        self._received.clear()
        self._size = -1
        self._awaited = asyncio.get_running_loop().create_future()
        self._transport.write(pack(task))
        reply = unpack(memoryview(await self._awaited)[HEADER.size :])
        assert isinstance(reply, Reply)
        return reply

    def take_answer(self, reply: Reply) -> Answer:
        """The reply with its file, before the worker may write another one there."""
        if reply.path is None:
            return Answer(reply)
        file = self.path.open("rb")
        self.path.unlink()
        return Answer(reply, file)

    def kill(self) -> None:
        """End the process without waiting for it: giving back its memory may take a while."""
        self.process.kill()
        if self._transport is not None:
            self._transport.abort()
        self.path.unlink(missing_ok=True)


async def start_hand(limits: Limits, path: Path) -> Hand:
    """A new process and the socket to it; it runs this very package, wherever the server was started."""
    ours, theirs = socket.socketpair()
    numbers = (limits.seconds, limits.rows, limits.answer, limits.memory)
    command = [sys.executable, "-P", "-m", "kg.serve.worker", str(theirs.fileno()), str(path), *map(str, numbers)]
    paths = [str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    with theirs:
        process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
    ours.setblocking(False)
    _, hand = await asyncio.get_running_loop().create_connection(lambda: Hand(process, path), sock=ours)
    return hand

"""A worker: a process that answers one task after the other from a snapshot, and may be killed at any moment."""

from __future__ import annotations

import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kg.errors import KgError, QueryError
from kg.graph.store import open_store
from kg.serve.answers import answer_query
from kg.serve.desk import Desk, NotAcceptableError, NotFoundError
from kg.serve.graphs import answer_graph
from kg.serve.limits import Limits
from kg.serve.messages import (
    READY,
    Call,
    GraphCall,
    Query,
    Reply,
    ResourceCall,
    SavedCall,
    Task,
    ViewCall,
    pack,
    receive_task,
    refuse,
)
from kg.serve.network import answer_view
from kg.serve.resources import answer_resource
from kg.serve.saved import answer_saved
from kg.serve.seclusion import leave_network
from kg.serve.spool import AnswerTooLargeError

GRACE = 2.0  # seconds after which the kernel ends a query that the server did not, being dead itself
STATUSES: tuple[tuple[type[KgError], int], ...] = (
    (NotAcceptableError, 406),
    (NotFoundError, 404),
    (AnswerTooLargeError, 503),
    (QueryError, 400),
    (KgError, 503),
)


class Worker:
    """The loop; a store is opened when a task names it, and kept until another is named."""

    def __init__(self, sock: socket.socket, limits: Limits, path: Path) -> None:
        self.sock = sock
        self.limits = limits
        self.path = path
        self._place = ""
        self._desk: Desk | None = None

    def run(self) -> None:
        """Answer until the server is gone."""
        self.sock.sendall(READY)
        while (task := receive_task(self.sock)) is not None:
            signal.setitimer(signal.ITIMER_REAL, self.limits.seconds + GRACE)
            self.sock.sendall(pack(self._answer(task)))
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _answer(self, task: Task) -> Reply:
        try:
            return ANSWERS[type(task.call)](self._open(task.store), task.call)
        except KgError as error:
            status = next(status for kind, status in STATUSES if isinstance(error, kind))
            return refuse(status, str(error))
        except MemoryError:
            return refuse(503, "the query needs more memory than a query may have")
        except Exception as error:  # a mistake of ours costs one answer, not the worker
            return replace(refuse(500, "the server failed at this request"), fault=describe_fault(error))

    def _open(self, place: str) -> Desk:
        if self._desk is None or self._place != place:
            if self._desk is not None:
                self._desk.store.close()
                self._desk = None
            self._desk, self._place = Desk(open_store(Path(place), read_only=True), self.limits, self.path), place
        return self._desk


ANSWERS: dict[type[Call], Callable[..., Reply]] = {
    Query: answer_query,
    GraphCall: answer_graph,
    ResourceCall: answer_resource,
    SavedCall: answer_saved,
    ViewCall: answer_view,
}


def describe_fault(error: Exception) -> str:
    """What went wrong and where, in one line."""
    places = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {places[-1].filename}, line {places[-1].lineno}: {error}"


def confine(memory: int) -> None:
    """Let the process have so much memory and no more, no network, and die of its own alarm."""
    leave_network()
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the socket
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def main() -> None:
    """``python -m kg.serve.worker FD PATH SECONDS ROWS ANSWER MEMORY``."""
    descriptor, path, seconds, rows, answer, memory = sys.argv[1:]
    limits = Limits(seconds=float(seconds), rows=int(rows), answer=int(answer), memory=int(memory))
    confine(limits.memory)
    Worker(socket.socket(fileno=int(descriptor)), limits, Path(path)).run()


if __name__ == "__main__":
    main()

"""What the server and its workers say to each other, over a socket pair: a length, then a record.

The fields of a record are texts, bytes, numbers, truth values, None, and tuples of them, which ``marshal`` writes ten
times as fast as ``pickle``; and what a worker sends can do nothing in the server. There is one task at a time.
"""

from __future__ import annotations

import marshal
import socket
import struct
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TypeAlias

HEADER = struct.Struct("!I")
READY = b"+"
PIECE = 2**16


@dataclass(frozen=True, slots=True)
class Query:
    """SPARQL to answer; the graphs are those that the request names, which come before those of the query."""

    text: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphCall:
    """A graph to write out: its IRI, None for the union of all."""

    iri: str | None
    accept: str = ""


@dataclass(frozen=True, slots=True)
class ResourceCall:
    """A thing to describe, by its id: what stands below the base in its IRI; ``page`` asks for HTML."""

    id: str
    accept: str = ""
    page: bool = False


@dataclass(frozen=True, slots=True)
class SavedCall:
    """A saved query with what the user wrote for its parameters; ``format`` is json, csv, tsv or rq."""

    name: str
    settings: tuple[tuple[str, str], ...] = ()
    format: str = "json"


@dataclass(frozen=True, slots=True)
class ViewCall:
    """The network as a page, or with ``data`` as the data of one: all of it, or so many steps around some things.

    Things, dates, types and statuses stand as the client wrote them; ``nodes`` is how many there may be.
    """

    entities: tuple[str, ...] = ()
    hops: int = 1
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    nodes: int | None = None
    level: str = "actors"
    language: str = "ru"
    data: bool = False


Call: TypeAlias = Query | GraphCall | ResourceCall | SavedCall | ViewCall


@dataclass(frozen=True, slots=True)
class Task:
    """A call, and the snapshot to answer it from."""

    call: Call
    store: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: in ``body``, or in the file ``path`` where it is large. ``fault`` is for the log alone."""

    status: int
    media: str
    body: bytes = b""
    path: str | None = None
    size: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    fault: str = ""


def refuse(status: int, reason: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """An answer that says why there is none."""
    body = (reason + "\n").encode("utf-8", "replace")
    return Reply(status, "text/plain; charset=utf-8", body, size=len(body), headers=headers)


RECORDS: dict[str, type[Call | Reply]] = {
    kind.__name__: kind for kind in (Query, GraphCall, ResourceCall, SavedCall, ViewCall, Reply)
}
VALUES = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in RECORDS.values()}


def pack(record: Task | Reply) -> bytes:
    """A record as it goes over the socket."""
    store, told = (record.store, record.call) if isinstance(record, Task) else ("", record)
    body = marshal.dumps((type(told).__name__, VALUES[type(told)](told), store))
    return HEADER.pack(len(body)) + body


def unpack(body: bytes | memoryview) -> Task | Reply:
    """The record that was packed."""
    kind, values, store = marshal.loads(body)
    record = RECORDS[kind](*values)
    return record if isinstance(record, Reply) else Task(record, store)


def receive_task(sock: socket.socket) -> Task | None:
    """The next task; None where the server is gone."""
    received = bytearray(sock.recv(PIECE))
    if received and len(received) < HEADER.size:
        received += receive_bytes(sock, HEADER.size - len(received))
    if len(received) < HEADER.size:
        return None
    left = HEADER.size + HEADER.unpack_from(received)[0] - len(received)
    if left > 0 and not (rest := receive_bytes(sock, left)):
        return None
    task = unpack(memoryview(received + rest if left > 0 else received)[HEADER.size :])
    return task if isinstance(task, Task) else None


def receive_bytes(sock: socket.socket, size: int) -> bytes:
    """So many bytes, or none where the other end is closed."""
    parts = bytearray()
    while len(parts) < size:
        part = sock.recv(size - len(parts))
        if not part:
            return b""
        parts += part
    return bytes(parts)

"""What a client may not do with its connection: send too much, take too long, hold too many, go away unheard."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.serve.formats import ROWS, choose_offer
from kg.serve.protocol import HEAD, PEER
from tests.serve.conftest import Server, run_server
from tests.serve.test_server import ENDLESS, POINT, exchange


@pytest.fixture(scope="module")
def hasty(full_store: Path) -> Iterator[Server]:
    """A server that does not wait for long."""
    with run_server(full_store, "--patience", "1", "--timeout", "3", "--quiet") as running:
        yield running


def connect(server: Server) -> socket.socket:
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def read_all(sock: socket.socket) -> bytes:
    """What comes until the server hangs up."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := sock.recv(2**16):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /health HTT",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
    ],
)
def test_idle_connections_are_closed(hasty: Server, sent: bytes) -> None:
    with connect(hasty) as sock:
        sock.sendall(sent)
        assert read_all(sock).startswith(b"HTTP/1.1 408 ")


def test_slow_query_is_no_slow_client(hasty: Server) -> None:
    """An answer may take longer than the question, and the next question comes when it comes."""
    head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    with connect(hasty) as sock:
        sock.sendall(f"{head}Connection: close\r\nContent-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())
        assert b"took more than 3 seconds" in read_all(sock)


def test_one_address_does_not_take_all(full_store: Path) -> None:
    with run_server(full_store, "--quiet") as server:
        held = [connect(server) for _ in range(PEER)]
        with connect(server) as sock:
            assert read_all(sock).startswith(b"HTTP/1.1 503 ")
        for sock in held:
            sock.close()
        assert server.rows(POINT) == [{"name": "KG"}]


def test_header_fields_are_bounded(server: Server) -> None:
    def ask(size: int) -> bytes:
        return exchange(server, b"GET /health HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a" * size + b"\r\n\r\n")

    assert ask(HEAD - 1000).startswith(b"HTTP/1.1 200")
    assert ask(HEAD).startswith(b"HTTP/1.1 400")


def test_a_header_field_without_end_is_cut_off(server: Server) -> None:
    with connect(server) as sock:
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            send_on(sock)


def send_on(sock: socket.socket) -> None:
    for _ in range(1000):
        sock.sendall(b"a" * 2**16)


def test_accept_has_so_many_ranges() -> None:
    assert choose_offer("a/b," * 63 + "text/csv", ROWS) == ROWS[2]
    assert choose_offer("a/b," * 64 + "text/csv", ROWS) is None


def test_client_that_goes_away_while_it_asks_leaves_no_trace(full_store: Path) -> None:
    with run_server(full_store, "--quiet") as server:
        with connect(server) as sock:
            sock.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 100\r\n\r\nASK"
            )
        assert server.rows(POINT) == [{"name": "KG"}]
        server.process.terminate()
        _, complaints = server.process.communicate(timeout=20)
    assert complaints == ""

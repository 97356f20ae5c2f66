"""Answers on the wire: head and body together, and nothing held back that a client waits for."""

from __future__ import annotations

import socket

from tests.serve.conftest import Server
from tests.serve.test_bounds import connect, read_all

ASK = b"/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
TRUE = b'{"head":{},"boolean":true}'
LARGE = "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 9 } VALUES ?b { 1 2 3 4 5 6 7 8 9 } ?s ?p ?o } LIMIT 20000"


def receive_head(sock: socket.socket) -> bytes:
    """What comes first, which is no more than a head where a body is not asked for."""
    return sock.recv(2**16)


def test_small_answer_is_one_packet(server: Server) -> None:
    with connect(server) as sock:
        for _ in range(20):
            sock.sendall(b"GET " + ASK + b"\r\n")
            assert receive_head(sock).endswith(b"\r\n\r\n" + TRUE)


def test_head_comes_without_a_body(server: Server) -> None:
    with connect(server) as sock:
        sock.sendall(b"HEAD " + ASK + b"\r\n")
        head = receive_head(sock)
        assert head.startswith(b"HTTP/1.1 200 ")
        assert b"content-length: %d\r\n" % len(TRUE) in head
        assert head.endswith(b"\r\n\r\n")
        sock.sendall(b"GET " + ASK + b"\r\n")
        assert receive_head(sock).endswith(TRUE)


def test_leave_to_go_on_is_given_at_once(server: Server) -> None:
    with connect(server) as sock:
        sock.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        )
        assert receive_head(sock) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"ASK{}")
        assert receive_head(sock).endswith(b"\r\n\r\n" + TRUE)


def test_questions_asked_together_are_answered_in_order(server: Server) -> None:
    with connect(server) as sock:
        sock.sendall(b"GET " + ASK + b"\r\n" + b"HEAD " + ASK + b"\r\n" + b"GET " + ASK + b"Connection: close\r\n\r\n")
        answers = read_all(sock)
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 3
    assert answers.count(TRUE) == 2
    assert answers.endswith(TRUE)


def test_large_answer_is_whole(server: Server) -> None:
    response = server.get("sparql", params={"query": LARGE}, headers={"Accept": "text/csv"})
    assert len(response.content) == int(response.headers["content-length"]) > 2**18
    assert response.text.count("\n") == 20001

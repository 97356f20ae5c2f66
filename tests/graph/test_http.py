"""Requests to endpoints: when credentials are sent, against a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from kg.graph.http import Client, Credentials, EndpointError

ME = Credentials("anna", "secret")


class WritersLogIn(BaseHTTPRequestHandler):
    """Whoever reads may do so, whoever writes is asked for a name."""

    seen: ClassVar[list[tuple[str, int, bool]]] = []

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        known = self.headers.get("Authorization") == "Basic YW5uYTpzZWNyZXQ="
        self.seen.append((self.command, len(body), known))
        allowed = self.command == "GET" or known
        self.send_response(200 if allowed else 401)
        if not allowed:
            self.send_header("WWW-Authenticate", 'Basic realm="writers"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815

    def log_message(self, *arguments: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def address() -> Iterator[str]:
    WritersLogIn.seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), WritersLogIn) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/store"
        finally:
            server.shutdown()
            thread.join()


def test_a_server_that_asks_writers_only_is_answered(address: str) -> None:
    client = Client(address, ME)
    client.send("PUT", address, b"<a> <b> <c> .")
    client.send("PUT", address, b"<a> <b> <d> .")
    client.send("DELETE", address)
    assert WritersLogIn.seen == [("PUT", 13, False), ("PUT", 13, True), ("PUT", 13, True), ("DELETE", 0, True)]


def test_nothing_is_downloaded_to_learn_whether_a_name_is_wanted(address: str) -> None:
    Client(address, ME).send("GET", address)
    assert WritersLogIn.seen == [("GET", 0, False)]


def test_wrong_and_missing_names_are_told(address: str) -> None:
    for credentials in (None, Credentials("anna", "wrong")):
        with pytest.raises(EndpointError, match="401"):
            Client(address, credentials).send("PUT", address, b"x")

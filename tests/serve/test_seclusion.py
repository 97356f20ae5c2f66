"""A worker has no network, whatever its query says; and no spelling of SERVICE gets as far as that."""

from __future__ import annotations

import platform
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.serve.seclusion import SOCKET
from tests.serve.conftest import Server
from tests.serve.test_server import list_workers, wait_for

FETCH = """
import sys, pyoxigraph
from kg.serve.seclusion import leave_network
if sys.argv[2] == "alone":
    assert leave_network()
try:
    list(pyoxigraph.Store().query("SELECT * { SERVICE <%s> { ?a ?b ?c } }" % sys.argv[1]))
except OSError:
    pass
"""
GLUED = (
    "SELECT * { SERVICE<URL>{?a ?b ?c} }",
    "SELECT * { SERVICESILENT<URL>{?a ?b ?c} }",
    "SELECT * { ?s ?p trueSERVICE <URL>{} }",
    "SELECT * { ?s ?p 1e5SERVICE<URL>{} }",
    "PREFIX e:<URL> SELECT * { SERVICEe:{} }",
    "PREFIX e:<URL> SELECT * { SERVICESILENTe:{} }",
    "PREFIX :<URL> SELECT * { SERVICE:{} }",
    "PREFIX :<URL> SELECT * { SERVICE:a{} }",
    "PREFIX e:<URL> SELECT * { ?s ?p e:.SERVICE e: {} }",
    "PREFIX :<URL> SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b)SERVICE:x#>\n{} }",
    "PREFIX e:<URL> SELECT * { FILTER('a'<'>')SERVICE e: {} FILTER('a'<'>') }",
)


@dataclass
class Listener:
    """Another server, which notes who comes."""

    url: str
    callers: list[bytes] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        found = Listener(f"http://127.0.0.1:{sock.getsockname()[1]}/secret")
        threading.Thread(target=accept, args=(sock, found), daemon=True).start()
        yield found


def accept(sock: socket.socket, listener: Listener) -> None:
    while True:
        try:
            peer, _ = sock.accept()
        except OSError:
            return
        listener.callers.append(peer.recv(1000))
        peer.close()


@pytest.mark.parametrize("text", GLUED)
def test_no_spelling_reaches_another_server(server: Server, listener: Listener, text: str) -> None:
    response = server.ask(text.replace("URL", listener.url))
    assert response.status_code == 400
    assert "SERVICE" in response.text
    assert listener.callers == []


@pytest.mark.skipif(platform.machine() not in SOCKET, reason="no number of the system call is known")
def test_workers_have_their_filter(server: Server) -> None:
    wait_for(lambda: all("Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text() for pid in list_workers(server)))


@pytest.mark.skipif(platform.machine() not in SOCKET, reason="no number of the system call is known")
@pytest.mark.parametrize("how", ["alone", "open"])
def test_kernel_refuses_what_the_words_let_through(listener: Listener, how: str) -> None:
    done = subprocess.run([sys.executable, "-c", FETCH, listener.url, how], timeout=60, check=False)
    assert done.returncode == 0
    assert bool(listener.callers) == (how == "open")

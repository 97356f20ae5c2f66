"""Real servers of others: Oxigraph's and Virtuoso's, started on free ports of this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.graph.http import Client, Credentials
from kg.graph.push import Protocol
from tests.serve.conftest import make_store

OXIGRAPH = shutil.which("oxigraph", path=Path(sys.executable).parent) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A foreign server: where it answers queries, and where it takes graphs by each protocol."""

    query: str
    addresses: dict[Protocol, str]
    credentials: Credentials | None = None
    changed: str = "nothing"  # the local name of a property whose values it does not keep as they are
    odd: tuple[str, ...] = ()  # saved queries that it answers in another way than the recommendation

    def client(self, protocol: Protocol) -> Client:
        return Client(self.addresses[protocol], self.credentials)


def find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


@contextmanager
def run_process(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server, ready when it answers at the address."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                assert process.poll() is None, f"{command[0]} ended at once"
                try:
                    urllib.request.urlopen(url, timeout=5).close()
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.1)
            yield process
        finally:
            process.kill()


@contextmanager
def run_oxigraph(folder: Path) -> Iterator[Endpoint]:
    """``oxigraph serve`` of the package oxigraph."""
    if OXIGRAPH is None:
        pytest.skip("needs the server of Oxigraph: pip install oxigraph")
    url = f"http://127.0.0.1:{find_port()}"
    command = [OXIGRAPH, "serve", "--location", str(folder), "--bind", url[7:], "--union-default-graph"]
    with run_process(command, url):
        addresses = {Protocol.GRAPH_STORE: f"{url}/store", Protocol.UPDATE: f"{url}/update"}
        yield Endpoint(f"{url}/query", addresses)


@contextmanager
def run_virtuoso(folder: Path) -> Iterator[Endpoint]:
    """Virtuoso 7 with a new database, whose first user is dba with the password dba."""
    if VIRTUOSO is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7")
    folder.mkdir()
    port = find_port()
    (folder / "v.ini").write_text(CONFIGURATION.format(folder=folder, sql=find_port(), http=port))
    url = f"http://127.0.0.1:{port}"
    with run_process([VIRTUOSO, "+configfile", str(folder / "v.ini"), "+foreground"], f"{url}/sparql"):
        addresses = {Protocol.GRAPH_STORE: f"{url}/sparql-graph-crud-auth", Protocol.UPDATE: f"{url}/sparql-auth"}
        odd = ("article-evidence", "office-holders")  # it takes STR, CONCAT and SUBSTR of what is unbound for values
        yield Endpoint(f"{url}/sparql", addresses, Credentials("dba", "dba"), "asWKT", odd)


SERVERS = {"oxigraph": run_oxigraph, "virtuoso": run_virtuoso}


@pytest.fixture(scope="module", params=SERVERS)
def endpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An empty server of each kind."""
    with SERVERS[request.param](tmp_path_factory.mktemp("remote") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the curated facts and one article, beside which a journal may stand."""
    return make_store(tmp_path_factory.mktemp("push") / "store")

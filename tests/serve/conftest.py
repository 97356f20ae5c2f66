"""Real servers: ``kg serve`` as a process on a free port of this machine, over stores on disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest

from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads
from kg.graph.store import open_store
from kg.knowledge.tables import load_tables
from tests.graph.sample import make_sample

BASE = "https://example.org/id/"
CLIENT = httpx.Client(timeout=60, verify=False)
START = (sys.executable, "-m", "kg", "serve", "--port", "0")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[str]
    store: Path

    @property
    def sparql(self) -> str:
        return self.url + "sparql"

    def get(self, path: str, **arguments: object) -> httpx.Response:
        return CLIENT.get(self.url + path, **arguments)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: object) -> httpx.Response:
        return CLIENT.post(self.sparql, data={"query": query, **more}, headers={"Accept": accept})

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows of an answer, values only."""
        response = self.ask(query)
        assert response.status_code == 200, response.text
        found = response.json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


@contextmanager
def run_server(store: Path, *options: str) -> Iterator[Server]:
    """A server that ends with the block."""
    command = [*START, "--store", str(store), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, process.stderr and process.stderr.read()
        try:
            yield Server(line.split()[-1], process, store)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


RunServer: TypeAlias = Callable[..., Server]


def make_store(folder: Path) -> Path:
    """A store with the curated facts and the hand-made article."""
    extraction = make_sample()
    with open_store(folder, base=BASE) as store:
        store.load_reference(reference_quads(load_tables(), store.base), "1")
        store.replace_article(extraction.article.id, extraction_quads(extraction, store.base))
    return folder


@pytest.fixture(scope="session")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For reading only."""
    return make_store(tmp_path_factory.mktemp("serve") / "store")


@pytest.fixture(scope="session")
def server(full_store: Path) -> Iterator[Server]:
    """A server with its usual settings."""
    with run_server(full_store, "--quiet") as running:
        yield running

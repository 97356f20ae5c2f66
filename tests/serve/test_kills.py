"""Whatever is killed, and whenever: the store stays whole, and the next server serves it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from kg.graph.store import open_store
from tests.serve.conftest import Server, make_store, run_server
from tests.serve.test_server import list_workers, wait_for
from tests.serve.test_snapshot import WRITER

ROUNDS = 20
VERSIONS = """SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?v) AS ?versions) {
  GRAPH <https://example.org/id/article/a> { ?s dkg:iso2 ?o }
  BIND(STRBEFORE(?o, " ") AS ?v)
}"""


@pytest.mark.slow
def test_kills_lose_nothing(tmp_path: Path) -> None:
    folder, chance = make_store(tmp_path / "store"), random.Random(7)
    curated = count_reference(folder)
    for round_ in range(ROUNDS):
        victim = ("worker", "server", "writer")[round_ % 3]
        with (
            run_server(folder, "--workers", "2", "--timeout", "20", "--quiet") as server,
            subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer,
        ):
            assert writer.stdout is not None
            done = int(writer.stdout.readline())
            stop = threading.Event()
            drain = threading.Thread(target=lambda out=writer.stdout: [None for _ in out])
            drain.start()
            asked = threading.Thread(target=ask_until, args=(server, stop))
            asked.start()
            time.sleep(chance.uniform(0.1, 1.2))
            if victim == "worker":
                wait_for(lambda server=server: bool(list_workers(server)))
                os.kill(chance.choice(list_workers(server)), signal.SIGKILL)
                assert server.rows("SELECT ?c { ?c dkg:iso2 'KG' }")
            elif victim == "server":
                server.process.kill()
            writer.kill()
            stop.set()
            asked.join()
            drain.join()
        assert count_reference(folder) == curated
        with run_server(folder, "--workers", "1", "--quiet") as server:
            assert server.rows(VERSIONS) == [{"n": "2000", "versions": "1"}], (round_, victim, done)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def ask_until(server: Server, stop: threading.Event) -> None:
    """Ask on; every answer that comes is of one whole version."""
    while not stop.is_set():
        try:
            rows = server.rows(VERSIONS)
        except httpx.HTTPError:
            return
        assert rows[0]["n"] in ("0", "2000")
        assert rows[0]["versions"] in ("0", "1")


def count_reference(folder: Path) -> int:
    with open_store(folder) as store:
        return store.counts.reference

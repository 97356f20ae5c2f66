"""What holds however a server is asked: limits, hostile queries, dead workers, new data, headers, the log."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, Quad

from kg.graph.iris import article_iri
from kg.graph.ontology import DKG
from kg.graph.store import open_store
from tests.serve.conftest import START, Server, make_store, run_server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "1 " * 20000
HOSTILE = {
    "product": ENDLESS,
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<x:y>|!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d . ?e !<x:y> ?f }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f",
    "text": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "values": f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?{name} {{ {MANY} }}' for name in 'xyz')} }}",
}
POINT = "SELECT DISTINCT ?name { <https://example.org/id/country/KG> dkg:iso2 ?name }"


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    """Until it is so; a test fails that would wait for ever."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


def list_workers(server: Server) -> list[int]:
    """The processes below the server."""
    path = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    found = [int(pid) for pid in path.read_text().split()]
    return [pid for pid in found if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"]


@pytest.fixture(scope="module")
def strict(full_store: Path) -> Iterator[Server]:
    """A server with narrow limits."""
    options = ("--timeout", "5", "--workers", "3", "--rows", "100", "--memory", "600", "--quiet")
    with run_server(full_store, *options) as running:
        yield running


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_query_is_stopped_and_holds_up_nobody(strict: Server, name: str) -> None:
    """Fifty are answered before it runs into its limit; if memory ends it sooner, it is put again meanwhile."""
    answered: list[list[dict[str, str]]] = []
    ended: list[tuple[httpx.Response, int]] = []

    def ask_points() -> None:
        while len(answered) < 50:
            answered.append(strict.rows(POINT))

    def ask_hostile() -> None:
        while not ended or len(answered) < 50:
            ended.append((strict.ask(HOSTILE[name]), len(answered)))

    with ThreadPoolExecutor(2) as threads:
        for future in [threads.submit(ask_hostile), threads.submit(ask_points)]:
            future.result()
    assert answered == [[{"name": "KG"}]] * 50
    for response, before in ended:
        assert response.status_code == 503
        assert "memory" in response.text or ("took more than 5 seconds" in response.text and before == 50)


def test_regex_bomb_is_no_bomb(strict: Server) -> None:
    response = strict.ask(f'SELECT (REGEX("{"a" * 5000}", "(a*)*(b|a*)*c") AS ?x) {{}}')
    assert response.status_code == 200


@pytest.mark.parametrize("text", ["ASK " + "{" * 50000, "ASK { FILTER(" + "!" * 50000 + "1) }", "(" * 50000])
def test_deep_nesting_kills_nobody_else(strict: Server, text: str) -> None:
    assert strict.ask(text).status_code in (400, 503)
    assert strict.rows(POINT) == [{"name": "KG"}]


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_rows_are_cut_off_with_a_marker(strict: Server, media: str) -> None:
    response = strict.ask("SELECT ?s { ?s ?p ?o }", media)
    assert response.status_code == 200
    assert response.headers["x-truncated"] == "only the first 100 rows are given"
    whole = strict.ask("SELECT ?s { ?s ?p ?o } LIMIT 100", media)
    assert "x-truncated" not in whole.headers
    assert response.text.count("<result>") + response.text.count('{"s":') + response.text.count("\r\n") in (100, 101)


def test_texts_that_look_like_rows_are_not_counted(strict: Server) -> None:
    response = strict.ask("SELECT ('" + "},{" * 500 + "' AS ?x) {}")
    assert "x-truncated" not in response.headers
    assert len(response.json()["results"]["bindings"]) == 1


def test_triples_are_cut_off_with_a_marker(strict: Server) -> None:
    response = strict.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert response.headers["x-truncated"] == "only the first 100 triples are given"
    assert len(response.text.splitlines()) == 100


def test_large_answers_are_whole(server: Server) -> None:
    rows = server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    response = server.ask("SELECT * { ?s ?p ?o }", "text/tab-separated-values")
    assert len(response.text.splitlines()) == int(rows[0]["n"]) + 1
    assert int(response.headers["content-length"]) == len(response.content) > 2**20
    assert [path.name for path in server.store.parent.glob(".store-serving-*/answer-*")] == []


def test_requests_may_not_be_large(server: Server) -> None:
    long = "#" + "x" * 2**20
    assert server.ask(f"ASK {{}} {long}").status_code == 413
    answer = exchange(server, b"GET /sparql?query=" + b"x" * 2**21 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 4", b""))
    headers = b"".join(b"a%d: %s\r\n" % (n, b"b" * 2**16) for n in range(40))
    answer = exchange(server, b"GET /health HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n")
    assert b"workers" not in answer
    assert server.rows(POINT) == [{"name": "KG"}]


def exchange(server: Server, request: bytes) -> bytes:
    """What comes back for these bytes; nothing where the server hangs up at once."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as sock:
        try:
            sock.sendall(request)
            return sock.recv(2**16)
        except OSError:
            return b""


def test_too_many_queries_are_turned_away(full_store: Path) -> None:
    options = ("--timeout", "6", "--workers", "1", "--queue", "1", "--quiet")
    with run_server(full_store, *options) as server, ThreadPoolExecutor(4) as threads:
        server.rows(POINT)  # the worker has started
        asked = [threads.submit(server.ask, ENDLESS) for _ in range(4)]
        replies = [future.result() for future in asked]
    assert {reply.status_code for reply in replies} == {503}
    assert sum("too many queries" in reply.text for reply in replies) == 2
    assert all(reply.headers["retry-after"] == "1" for reply in replies)


def test_client_that_goes_away_frees_its_worker(full_store: Path) -> None:
    with run_server(full_store, "--workers", "1", "--timeout", "300", "--quiet") as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(server.sparql, params={"query": ENDLESS}, timeout=1)
        assert server.rows(POINT) == [{"name": "KG"}]


def test_dead_workers_are_replaced(full_store: Path) -> None:
    with run_server(full_store, "--workers", "2", "--timeout", "20", "--quiet") as server:
        wait_for(lambda: len(list_workers(server)) == 2)
        first = set(list_workers(server))
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        assert server.rows(POINT) == [{"name": "KG"}]
        wait_for(lambda: len(list_workers(server)) == 2 and not first & set(list_workers(server)))
        assert server.rows(POINT) == [{"name": "KG"}]


def test_workers_end_with_a_killed_server(full_store: Path) -> None:
    with run_server(full_store, "--workers", "2", "--timeout", "2", "--quiet") as server:
        wait_for(lambda: len(list_workers(server)) == 2)
        workers = list_workers(server)
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(server.ask, ENDLESS)
            time.sleep(0.5)
            server.process.kill()
            with pytest.raises(httpx.HTTPError):
                asked.result()
        wait_for(lambda: not any(is_running(pid) for pid in workers))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_it_follows_a_writer_and_a_rebuilt_store(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "store")
    count = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a dkg:Article }"
    with run_server(folder, "--quiet") as server:
        assert server.rows(count) == [{"n": "1"}]
        with open_store(folder) as store:  # the lock is free
            graph = article_iri(store.base, "b")
            store.replace_article("b", [Quad(graph, DKG.status, DKG.planned, graph)])
            wait_for(lambda: bool(server.rows("SELECT * { <https://example.org/id/article/b> dkg:status ?o }")))
        for path in sorted(folder.iterdir()):
            path.unlink()
        folder.rmdir()
        assert server.rows(count) == [{"n": "1"}]
        with open_store(folder, base="https://example.net/") as store:
            store.replace_article("c", [Quad(g := article_iri(store.base, "c"), DKG.iso2, Literal("c"), g)])
        wait_for(lambda: server.rows("SELECT ?s { ?s dkg:iso2 ?o }") == [{"s": "https://example.net/article/c"}])
        wait_for(lambda: len(list(tmp_path.glob(".store-serving-*/store-*"))) == 1)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


# Headers, names, origins, the log.


@pytest.mark.parametrize("path", ["sparql", "sparql?query=ASK{}", "sparql?query=x", "id/person/x", "nothing", "health"])
def test_headers_keep_browsers_safe(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_other_names_of_this_machine_are_refused(server: Server) -> None:
    """A page of the internet that gives its own name our address reads nothing."""
    assert server.get("health", headers={"Host": "evil.example"}).status_code == 421
    assert server.get("health", headers={"Host": "localhost:1"}).status_code == 200
    assert server.get("health", headers={"Host": "example.org"}).status_code == 200, "the base's own name"


def test_origins_may_be_let_in(full_store: Path) -> None:
    with run_server(full_store, "--cors", "https://ok.example", "--quiet") as server:
        asked = httpx.options(server.sparql, headers={"Origin": "https://ok.example"})
        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == "https://ok.example"
        assert server.ask("ASK {}").headers["access-control-allow-origin"] == "https://ok.example"


def test_log_tells_no_query(full_store: Path) -> None:
    with run_server(full_store) as server:
        server.ask("ASK { ?s ?p 'secret' }")
        server.get("sparql?query=ASK{'secret'}")
        server.process.terminate()
        _, log = server.process.communicate(timeout=20)
    lines = [json.loads(line) for line in log.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("POST", "/sparql", 200),
        ("GET", "/sparql", 400),
    ]
    assert lines[0]["length"] == 22
    assert "secret" not in log


def test_it_listens_here_alone(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_it_says_why_it_does_not_start(full_store: Path, tmp_path: Path, server: Server) -> None:
    command = [*START, "--store"]
    missing = subprocess.run([*command, str(tmp_path / "no")], capture_output=True, text=True, timeout=60, check=False)
    assert (missing.returncode, missing.stdout) == (3, "")
    assert "there is no store to serve" in missing.stderr
    port = server.url.rstrip("/").rsplit(":", 1)[1]
    taken = [sys.executable, "-m", "kg", "serve", "--port", port, "--store", str(full_store)]
    refused = subprocess.run(taken, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 1
    assert f"cannot listen on http://127.0.0.1:{port}/" in refused.stderr

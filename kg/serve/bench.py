"""How fast the server answers, against the engine itself on the same store, in one run that takes turns."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat

from kg.graph.iris import article_iri
from kg.graph.namespaces import RDF, SKOS, XSD, make_prefixes
from kg.graph.ontology import DKG
from kg.graph.store import open_store

EVENTS = 111_000  # nine quads each: a million
ROUNDS = 7
REQUESTS = 10_000
CLIENTS = 16
POINTS = 50
WARM = 5.0
HOSTILE, LONG = 3, 15  # queries that do not end, and the seconds that they may take
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
QUERIES = {
    "point lookup": (
        "SELECT ?p ?o { <https://w3id.org/dkg/id/event/7777> ?p ?o }",
        200,
    ),
    "aggregate": (
        "SELECT ?status ?year (COUNT(?e) AS ?n) { ?e dkg:status ?status ; dkg:earliest ?d BIND(YEAR(?d) AS ?year) } "
        "GROUP BY ?status ?year",
        1,
    ),
    "join": (
        "SELECT ?other (COUNT(DISTINCT ?e) AS ?n) { "
        "?e dkg:participant <https://w3id.org/dkg/id/person/7> ; dkg:country ?c . "
        "?f dkg:country ?c ; dkg:participant ?other ; dkg:status dkg:planned } GROUP BY ?other",
        1,
    ),
    "50,000 rows": ("SELECT ?e ?label ?d { ?e skos:prefLabel ?label ; dkg:earliest ?d } LIMIT 50000", 1),
}
AIMS = {"point lookup": 6.0, "aggregate": 1.4, "join": 1.4, "50,000 rows": 1.3}


def make_quads(base: str) -> Iterator[Quad]:
    """Events of made-up articles, a hundred an article."""
    for number in range(EVENTS):
        graph = article_iri(base, str(number // 100))
        event = NamedNode(f"{base}event/{number}")
        day = Literal(f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}", datatype=XSD.date)
        yield Quad(event, RDF.type, DKG.Event, graph)
        yield Quad(event, RDF.type, DKG.Talks if number % 3 else DKG.Visit, graph)
        yield Quad(event, SKOS.prefLabel, Literal(f"переговоры {number}", language="ru"), graph)
        yield Quad(event, DKG.status, DKG.planned if number % 7 == 0 else DKG.occurred, graph)
        yield Quad(event, DKG.earliest, day, graph)
        yield Quad(event, DKG.participant, NamedNode(f"{base}person/{number % 2003}"), graph)
        yield Quad(event, DKG.participant, NamedNode(f"{base}person/{number % 1999}"), graph)
        yield Quad(event, DKG.country, NamedNode(f"{base}country/{number % 193}"), graph)
        yield Quad(event, DKG.host, NamedNode(f"{base}country/{number % 191}"), graph)


class Connection:
    """A client that costs next to nothing, so that what is timed is the server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.sock = socket.create_connection((parts.hostname or "", parts.port or 80))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(2**20)

    def ask(self, request: bytes) -> int:
        """Send a request and read its answer; how many bytes it has."""
        self.sock.sendall(request)
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.sock.recv(2**16)
            assert part, "the server hung up"
            head += part
        head, _, body = head.partition(b"\r\n\r\n")
        assert b" 200 " in head[:20], head
        size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        left = size - len(body)
        while left > 0:
            taken = self.sock.recv_into(self.buffer)
            assert taken, "the server hung up"
            left -= taken
        return size


def make_request(query: str) -> bytes:
    """The bytes of a GET."""
    fields = (
        f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sparql-results+json\r\n"
    )
    return (fields + "\r\n").encode()


@contextmanager
def run_server(store: Path, *options: str) -> Iterator[tuple[str, int]]:
    """``kg serve``; its address and process id."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--quiet", "--store", str(store), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        try:
            yield url, process.pid
        finally:
            process.terminate()


def time_turns(jobs: list[Callable[[], object]], repeat: int) -> list[float]:
    """The median seconds of each job; they take turns."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, seconds in zip(jobs, times, strict=True):
            job()
            start = time.perf_counter()
            for _ in range(repeat):
                job()
            seconds.append((time.perf_counter() - start) / repeat)
    return [statistics.median(seconds) for seconds in times]


def bench_ratios(store: ox.Store, url: str) -> None:
    """Seconds over HTTP against seconds of the engine."""
    connection, prefixes = Connection(url), make_prefixes()
    for name, (query, repeat) in QUERIES.items():
        request = make_request(query)

        def ask_engine(query: str = query) -> object:
            answer = store.query(query, prefixes=prefixes, use_default_graph_as_union=True)
            assert isinstance(answer, ox.QuerySolutions)
            return answer.serialize(format=QueryResultsFormat.JSON)

        def ask_server(request: bytes = request) -> object:
            return connection.ask(request)

        engine, server = time_turns([ask_engine, ask_server], repeat)
        times = f"engine {engine * 1000:9.3f} ms, server {server * 1000:9.3f} ms"
        print(f"{name:14}{times}, {server / engine:5.2f} times (aim {AIMS[name]})", flush=True)


def bench_clients(url: str) -> None:
    """Answers a second of many clients against those of one, for a query that is work and for one that is none."""
    for name, seconds in (("aggregate", 12.0), ("point lookup", 4.0)):
        request = make_request(QUERIES[name][0])
        one, many = (count_answers(url, request, clients, seconds) for clients in (1, CLIENTS))
        print(f"{name}: 1 client {one:.1f} answers/s, {CLIENTS} clients {many:.1f}: {many / one:.2f} times (aim 1.6)")


def count_answers(url: str, request: bytes, clients: int, seconds: float) -> float:
    """Answers a second while so many clients ask as fast as they can."""
    end = time.perf_counter() + seconds
    counts = [0] * clients

    def ask(place: int) -> None:
        connection = Connection(url)
        while time.perf_counter() < end:
            connection.ask(request)
            counts[place] += 1

    start = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def bench_hostile(store: Path) -> None:
    """How long point lookups take while queries that do not end run, as many as leave one worker free."""
    request = make_request(QUERIES["point lookup"][0])
    with run_server(store, "--workers", str(HOSTILE + 1), "--timeout", str(LONG)) as (url, _):
        count_answers(url, request, CLIENTS, WARM)  # until all workers are there
        threads = [threading.Thread(target=ask_status, args=(url, make_request(ENDLESS))) for _ in range(HOSTILE)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        connection, seconds = Connection(url), []
        for _ in range(POINTS):
            start = time.perf_counter()
            connection.ask(request)
            seconds.append(time.perf_counter() - start)
        running = sum(thread.is_alive() for thread in threads)
        for thread in threads:
            thread.join()
    slowest, median = max(seconds) * 1000, statistics.median(seconds) * 1000
    print(
        f"{POINTS} point lookups while {running} hostile queries run: slowest {slowest:.0f} ms (aim 500), "
        f"median {median:.1f} ms"
    )


def ask_status(url: str, request: bytes) -> bytes:
    """The first bytes of an answer, whatever it is."""
    with socket.create_connection((urlsplit(url).hostname or "", urlsplit(url).port or 80)) as sock:
        sock.sendall(request)
        return sock.recv(2**16)


def bench_memory(url: str, server: int) -> None:
    """Memory of the listening process before and after many requests."""
    connection = Connection(url)
    requests = [make_request(query) for name, (query, _) in QUERIES.items() if name in ("point lookup", "50,000 rows")]
    for _ in range(REQUESTS // 10):
        connection.ask(requests[0])
    before = read_memory(server)
    for number in range(REQUESTS):
        connection.ask(requests[number % 500 == 0])
    after = read_memory(server)
    print(f"memory over {REQUESTS} requests: server {before:.0f} MB, then {after:.0f} MB")


def read_memory(process: int) -> float:
    """Resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def run_bench() -> None:
    """``python -m kg.bench serve``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with open_store(path) as store:
            store.inner.bulk_extend(make_quads(store.base))
            store.inner.optimize()
        with run_server(path) as (url, process), open_store(path, read_only=True) as store:
            print(f"{len(store.inner)} quads; medians of {ROUNDS} rounds")
            bench_ratios(store.inner, url)
            bench_clients(url)
            bench_memory(url, process)
        bench_hostile(path)

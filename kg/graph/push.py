"""Loading a store into another one over HTTP, graph by graph; what was cut short goes on where it stopped.

A journal beside the store tells what an endpoint has: a line a graph, its IRI and a digest of its triples. A graph
whose digest stands there is passed over; one that is there but no longer in the store is removed from the endpoint.
Before anything is sent, the graph is noted as unsure: what a request that was cut short leaves behind is found again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.graph.export import graph_quads, select_graphs
from kg.graph.http import Client, EndpointError
from kg.graph.iris import graph_iri
from kg.graph.ontology import DKG
from kg.graph.store import Store

UNSURE = "unsure"  # stands for a digest while nobody knows what the endpoint has of a graph
CHUNK = 500  # triples of an INSERT DATA: Virtuoso compiles no more than some thousand


class Protocol(StrEnum):
    """How an endpoint takes graphs."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one graph: it was ``sent``, ``kept`` as it was there already, ``removed`` or ``failed``."""

    graph: str
    outcome: str
    error: EndpointError | None = None


class Journal:
    """What an endpoint is known to have, by graph; each entry is on disk before the next graph is sent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        pairs = (line.split("\t") for line in text.splitlines())
        self.digests = {p[0]: p[1] for p in pairs if len(p) == 2 and (len(p[1]) in (0, 64) or p[1] == UNSURE)}
        self._gap = "\n" if text and not text.endswith("\n") else ""  # behind a line that was cut short

    def sample(self, marker: NamedNode) -> NamedNode | None:
        """A graph that the endpoint has: that of the base, which is sent last, else the last one that was noted."""
        sent = [graph for graph, digest in self.digests.items() if digest not in ("", UNSURE)]
        return marker if marker.value in sent else NamedNode(sent[-1]) if sent else None

    def forget(self) -> None:
        """Forget what was noted."""
        self.digests.clear()
        self.path.unlink(missing_ok=True)
        self._gap = ""

    def note(self, graph: str, digest: str) -> None:
        """Note that the endpoint has a graph, with an empty digest that it has it no more, or UNSURE."""
        self.digests[graph] = digest
        with self.path.open("a", encoding="utf-8") as out:
            out.write(f"{self._gap}{graph}\t{digest}\n")
            out.flush()
            os.fsync(out.fileno())
        self._gap = ""


def push_store(store: Store, client: Client, protocol: Protocol, journal: Journal) -> Iterator[Pushed]:
    """Send what the endpoint lacks; one result a graph. Raises EndpointError where it does not answer at all.

    A graph that the endpoint refuses is told as failed, and the others go on.
    """
    send, remove = SENDERS[protocol]
    marker = graph_iri(store.base, "store")
    graphs = (*select_graphs(store, None, reference=True, derived=True), marker)
    if (known := journal.sample(marker)) and not PROBES[protocol](client, known):
        journal.forget()  # somebody has emptied the endpoint, or made it anew
    for graph in graphs:
        quads = graph_quads(store, (graph,)) if graph != marker else base_quads(store, marker)
        lines = [f"{quad.triple} .\n" for quad in quads]
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        if journal.digests.get(graph.value) == digest:
            yield Pushed(graph.value, "kept")
            continue
        yield try_graph(lambda graph=graph, lines=lines: send(client, graph, lines), journal, graph, digest)  # type: ignore[misc]
    names = {graph.value for graph in graphs}
    for name in [name for name, digest in journal.digests.items() if digest and name not in names]:
        yield try_graph(lambda name=name: remove(client, NamedNode(name)), journal, NamedNode(name), "")  # type: ignore[misc]


def base_quads(store: Store, marker: NamedNode) -> Iterator[Quad]:
    """What readers of the endpoint need of the store's bookkeeping: the base of its resources."""
    yield Quad(marker, DKG.storeBase, Literal(store.base), marker)


def try_graph(act: Callable[[], None], journal: Journal, graph: NamedNode, digest: str) -> Pushed:
    """Send or remove one graph, and note it."""
    journal.note(graph.value, UNSURE)
    try:
        act()
    except EndpointError as error:
        if error.status in (0, 401, 403, 404, 405, 503):  # the next graph would fare no better
            raise
        return Pushed(graph.value, "failed", error)
    journal.note(graph.value, digest)
    return Pushed(graph.value, "sent" if digest else "removed")


def fetch_graph(client: Client, graph: NamedNode) -> bool:
    """Whether an endpoint of the Graph Store Protocol has a graph; what it does not tell counts as yes."""
    try:
        response = client.send("GET", graph_url(client, graph), headers={"Accept": "application/n-triples"})
    except EndpointError as error:
        return error.status != 404
    return any(line.strip() and not line.startswith((b"#", b"@")) for line in response.body.splitlines())


def ask_graph(client: Client, graph: NamedNode) -> bool:
    """Whether an endpoint for updates has a graph; as some answer no queries there, what they do not tell is yes."""
    # by a form, and not ASK: Virtuoso does not answer that one here
    text = urlencode({"query": f"SELECT ?s WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT 1"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
    for address in dict.fromkeys((client.endpoint, re.sub(r"update\Z", "query", client.endpoint))):
        try:
            body = client.send("POST", address, text.encode(), headers).body
        except EndpointError:
            continue
        if b'"bindings"' in body:
            return b'"value"' in body
    return True


def put_graph(client: Client, graph: NamedNode, lines: list[str]) -> None:
    """Replace a graph over the Graph Store Protocol; N-Triples are Turtle, which all stores read."""
    client.send("PUT", graph_url(client, graph), "".join(lines).encode(), {"Content-Type": "text/turtle"})


def delete_graph(client: Client, graph: NamedNode) -> None:
    """Remove a graph; one that is not there is well."""
    try:
        client.send("DELETE", graph_url(client, graph))
    except EndpointError as error:
        if error.status != 404:
            raise


def graph_url(client: Client, graph: NamedNode) -> str:
    """The address of a graph at an endpoint."""
    return f"{client.endpoint}{'&' if '?' in client.endpoint else '?'}graph={quote(graph.value, safe='')}"


def insert_graph(client: Client, graph: NamedNode, lines: list[str]) -> None:
    """Replace a graph by updates; cut short, it is sent anew the next time."""
    drop_graph(client, graph)
    rest = iter(lines)
    while part := "".join(islice(rest, CHUNK)):
        send_update(client, f"INSERT DATA {{ GRAPH {graph} {{\n{part}}} }}")


def drop_graph(client: Client, graph: NamedNode) -> None:
    send_update(client, f"DROP SILENT GRAPH {graph}")


def send_update(client: Client, text: str) -> None:
    client.send("POST", client.endpoint, text.encode(), {"Content-Type": "application/sparql-update"})


def journal_path(store: Path, endpoint: str) -> Path:
    """The journal of a store and an endpoint, beside the store."""
    digest = hashlib.sha256(endpoint.encode()).hexdigest()[:8]
    store = store.resolve()  # "." has no name
    return store.with_name(f"{store.name}-pushed-{digest}.tsv")


def open_journal(store: Path, endpoint: str, anew: bool = False) -> Journal:
    """The journal; ``anew`` forgets what it says. Raises StoreError where it cannot be read or written."""
    path = journal_path(store, endpoint)
    try:
        if anew:
            path.unlink(missing_ok=True)
        return Journal(path)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: {error}") from error


PROBES = {Protocol.GRAPH_STORE: fetch_graph, Protocol.UPDATE: ask_graph}
SENDERS: dict[Protocol, tuple[Callable[[Client, NamedNode, list[str]], None], Callable[[Client, NamedNode], None]]] = {
    Protocol.GRAPH_STORE: (put_graph, delete_graph),
    Protocol.UPDATE: (insert_graph, drop_graph),
}

"""A store behind an endpoint that wants to know who asks: a real server on this machine, with a store behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat
from rdflib import URIRef

import kg
from kg.errors import StoreError
from kg.graph.iris import graph_iri
from kg.graph.ontology import DKG

BASE = "https://example.org/id/"
ME = ("anna", "secret")
MARKER = graph_iri(BASE, "store")


class Asked(BaseHTTPRequestHandler):
    """A SPARQL endpoint that answers nobody without the name."""

    store: ClassVar[ox.Store] = ox.Store()

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.headers.get("Authorization") != "Basic YW5uYTpzZWNyZXQ=":
            return self.answer(401, b"", "text/plain")
        graphs = [NamedNode(name) for name in form.get("default-graph-uri", ())]
        union, chosen = not graphs, [*graphs] or None
        found = self.store.query(form["query"][0], use_default_graph_as_union=union, default_graph=chosen)
        if isinstance(found, ox.QueryTriples):
            return self.answer(200, found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples")
        return self.answer(200, found.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json")

    def answer(self, status: int, body: bytes | None, media: str) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="readers"')
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *arguments: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def address() -> Iterator[str]:
    Asked.store.clear()
    Asked.store.add(Quad(MARKER, DKG.storeBase, Literal(BASE), MARKER))
    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()


def test_a_session_and_its_dataset_say_who_asks(address: str) -> None:
    with kg.open_store(address, credentials=ME) as session:
        assert session.store.base == BASE
        assert [row.b for row in session.query("SELECT ?b WHERE { ?s dkg:storeBase ?b }")] == [BASE]
        marker, base = URIRef(MARKER.value), URIRef(DKG.storeBase.value)
        assert [str(value) for value in session.dataset.objects(marker, base)] == [BASE]
        graph = session.dataset.graph(marker)
        assert [str(value) for value in graph.objects(marker, base)] == [BASE]
        assert not list(session.dataset.graph(URIRef("urn:x")).objects(marker, base))


def test_without_a_name_it_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="401"):
        kg.open_store(address)


def test_several_bases_are_told_and_one_may_be_chosen(address: str) -> None:
    Asked.store.add(Quad(NamedNode("urn:m"), DKG.storeBase, Literal("urn:other/"), NamedNode("urn:m")))
    with pytest.raises(StoreError, match=r"bases https://example\.org/id/, urn:other/"):
        kg.open_store(address, credentials=ME)
    assert kg.open_store(address, base=BASE, credentials=ME).store.base == BASE

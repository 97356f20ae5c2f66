"""Graphs and things over HTTP: each triple once, and nothing of the store's own business."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from kg.graph.iris import article_iri
from kg.graph.ontology import DKG
from kg.graph.store import open_store
from tests.serve.conftest import BASE, Server, make_store, run_server
from tests.serve.test_server import exchange


@pytest.mark.parametrize("name", ["store", "index"])
def test_bookkeeping_is_hidden(server: Server, name: str) -> None:
    graph = f"https://example.org/id/graph/{name}"
    assert server.get("graphs", params={"graph": graph}).status_code == 404
    assert server.get(f"id/graph/{name}").status_code == 404
    assert server.ask(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}").status_code == 400
    assert server.ask("SELECT * { ?s ?p ?o }", **{"default-graph-uri": graph}).status_code == 400


def test_union_has_each_triple_once(tmp_path: Path) -> None:
    with open_store(make_store(tmp_path / "store")) as store:
        for name in ("a", "b", "c"):
            graph = article_iri(BASE, name)
            store.replace_article(name, [Quad(DKG.Visit, DKG.iso2, Literal("twice"), graph)])
    with run_server(tmp_path / "store", "--quiet") as server:
        lines = server.get("graphs?default", headers={"Accept": "application/n-triples"}).text.splitlines()
    assert len(lines) == len(set(lines))
    assert sum('"twice"' in line for line in lines) == 1
    assert not any("graph/store>" in line or "graph/index>" in line for line in lines)


@pytest.mark.parametrize("id_", ["a|b", "a%00b|", "<x>"])
def test_what_is_no_iri_is_told(server: Server, id_: str) -> None:
    answer = exchange(server, f"GET /id/{id_} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404"))

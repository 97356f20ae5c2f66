"""Pushing to stores of others, and asking them what our own store is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import QueryError, StoreError
from kg.graph.export import select_graphs
from kg.graph.http import Client, Credentials, EndpointError, Response
from kg.graph.iris import article_iri, graph_iri
from kg.graph.ontology import DKG
from kg.graph.push import CHUNK, SENDERS, Journal, Protocol, journal_path, open_journal, push_store
from kg.graph.queries import run_query
from kg.graph.remote import RemoteStore, open_remote
from kg.graph.store import Store, open_store
from tests.remote.conftest import Endpoint
from tests.serve.conftest import BASE

QUERIES = {
    "who-met-whom": {},
    "meetings-of": {"person": "Жапаров Садыр"},
    "visits-of": {"person": "person/vladimir-putin", "year": "2025"},
    "events-in-period": {"since": "2025-11-01", "until": "2025-12-31", "type": "Contact"},
    "article-evidence": {"article": "article/made-up-1"},
    "office-holders": {"of": "KG", "on": "2025-11-26"},
}


def push(store: Store, endpoint: Endpoint, protocol: Protocol, journal: Journal) -> Counter[str]:
    return Counter(pushed.outcome for pushed in push_store(store, endpoint.client(protocol), protocol, journal))


def read_graphs(store: Store) -> dict[str, set[str]]:
    return {
        graph.value: {str(quad.triple) for quad in store.quads(graph)}
        for graph in select_graphs(store, None, reference=True, derived=True)
    }


def read_base(base: str) -> dict[str, set[str]]:
    """What is sent of the store's bookkeeping."""
    marker = graph_iri(base, "store")
    return {marker.value: {str(Triple(marker, DKG.storeBase, Literal(base)))}}


def read_remote(remote: RemoteStore, graph: str) -> set[str]:
    answer = remote.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return {str(triple) for triple in answer}  # type: ignore[union-attr]


@pytest.mark.parametrize("protocol", list(Protocol))
def test_every_graph_arrives_whole_and_once(endpoint: Endpoint, small_store: Path, protocol: Protocol) -> None:
    with open_store(small_store, read_only=True) as store:
        graphs = read_graphs(store) | read_base(BASE)
        names = {name.removeprefix(BASE) for name in graphs}
        assert names == {"article/made-up-1", "derived/made-up-1", "graph/ontology", "graph/reference", "graph/store"}
        journal = open_journal(small_store, endpoint.addresses[protocol], anew=True)
        assert push(store, endpoint, protocol, journal) == {"sent": len(graphs)}
        assert push(store, endpoint, protocol, journal) == {"kept": len(graphs)}
        again = open_journal(small_store, endpoint.addresses[protocol])
        assert push(store, endpoint, protocol, again) == {"kept": len(graphs)}
        remote = open_remote(endpoint.query, BASE)
        for graph, triples in graphs.items():
            held = read_remote(remote, graph)
            assert len(held) == len(triples)
            assert {t for t in held if endpoint.changed not in t} == {t for t in triples if endpoint.changed not in t}


@pytest.mark.parametrize("protocol", list(Protocol))
def test_what_was_emptied_is_filled_again(endpoint: Endpoint, small_store: Path, protocol: Protocol) -> None:
    with open_store(small_store, read_only=True) as store:
        graphs = read_graphs(store) | read_base(BASE)
        push(store, endpoint, protocol, open_journal(small_store, endpoint.addresses[protocol], anew=True))
        for graph in graphs:
            SENDERS[protocol][1](endpoint.client(protocol), NamedNode(graph))
        journal = open_journal(small_store, endpoint.addresses[protocol])
        assert push(store, endpoint, protocol, journal) == {"sent": len(graphs)}
        again = open_journal(small_store, endpoint.addresses[protocol])
        assert push(store, endpoint, protocol, again) == {"kept": len(graphs)}
        assert read_remote(open_remote(endpoint.query, BASE), next(iter(read_base(BASE))))


def test_what_was_cut_short_goes_on_and_what_is_gone_is_removed(endpoint: Endpoint, tmp_path: Path) -> None:
    protocol, graph = Protocol.GRAPH_STORE, article_iri(BASE, "x1")
    with open_store(tmp_path / "store", base=BASE) as store:
        for name in ("x1", "x2", "x3"):
            here = article_iri(BASE, name)
            store.replace_article(name, [Quad(here, DKG.iso2, Literal("я\t\"'\\\n"), here)])
        journal = open_journal(tmp_path / "store", endpoint.addresses[protocol])
        for _, _ in zip(range(2), push_store(store, endpoint.client(protocol), protocol, journal), strict=False):
            pass  # stopped after two
        with journal.path.open("a") as out:
            out.write(f"{graph.value}3\tabc")  # a line that was cut short counts for nothing
        journal = open_journal(tmp_path / "store", endpoint.addresses[protocol])
        assert push(store, endpoint, protocol, journal) == {"kept": 2, "sent": 2}
        store.remove_article("x2")
        store.replace_article("x3", [Quad(g := article_iri(BASE, "x3"), DKG.iso2, Literal("new"), g)])
        assert push(store, endpoint, protocol, journal) == {"kept": 2, "sent": 1, "removed": 1}
        remote = open_remote(endpoint.query, BASE)
        assert [len(read_remote(remote, article_iri(BASE, name).value)) for name in ("x1", "x2", "x3")] == [1, 0, 1]
        assert read_remote(remote, graph.value) == {str(quad.triple) for quad in store.quads(graph)}


class Breaking(Client):
    """A client whose connection breaks down before the request after so many."""

    def __init__(self, endpoint: Endpoint, left: int) -> None:
        super().__init__(endpoint.addresses[Protocol.UPDATE], endpoint.credentials)
        self.left = left

    def send(self, *arguments: Any, **more: Any) -> Response:
        self.left -= 1
        if self.left < 0:
            raise EndpointError(self.endpoint, 0, "the connection broke down")
        return super().send(*arguments, **more)


def test_a_replacement_that_failed_halfway_is_sent_again(endpoint: Endpoint, tmp_path: Path) -> None:
    protocol, graph = Protocol.UPDATE, article_iri(BASE, "y1")
    with open_store(tmp_path / "store", base=BASE) as store:

        def write(text: str) -> None:
            store.replace_article("y1", [Quad(graph, DKG.iso2, Literal(text), graph)])

        def break_down() -> None:
            journal = open_journal(tmp_path / "store", endpoint.addresses[protocol])
            with pytest.raises(EndpointError, match="broke down"):
                list(push_store(store, Breaking(endpoint, 1), protocol, journal))  # dropped, and nothing inserted

        def push_again() -> Counter[str]:
            return push(store, endpoint, protocol, open_journal(tmp_path / "store", endpoint.addresses[protocol]))

        write("old")
        push_again()
        write("new")
        break_down()
        write("old")
        assert push_again() == {"kept": 1, "sent": 1}
        remote = open_remote(endpoint.query, BASE)
        assert len(read_remote(remote, graph.value)) == 1


def test_what_a_first_push_left_behind_is_found_again(endpoint: Endpoint, tmp_path: Path) -> None:
    protocol, graph = Protocol.UPDATE, article_iri(BASE, "z1")
    quads = [Quad(graph, DKG.iso2, Literal(str(n)), graph) for n in range(CHUNK + 1)]
    with open_store(tmp_path / "store", base=BASE) as store:
        store.replace_article("z1", quads)
        journal = open_journal(tmp_path / "store", endpoint.addresses[protocol])
        with pytest.raises(EndpointError, match="broke down"):
            list(push_store(store, Breaking(endpoint, 2), protocol, journal))  # the first of two parts has arrived
        remote = open_remote(endpoint.query, BASE)
        assert len(read_remote(remote, graph.value)) == CHUNK
        store.remove_article("z1")
        again = open_journal(tmp_path / "store", endpoint.addresses[protocol])
        assert push(store, endpoint, protocol, again)["removed"] == 1
        assert read_remote(remote, graph.value) == set()


@pytest.mark.parametrize("where", [".", "store/..", "store"])
def test_the_journal_stands_beside_the_store(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    monkeypatch.chdir(tmp_path / "store" if where == "." else tmp_path)
    path = journal_path(Path(where), "http://x")
    folder = tmp_path if where == "store/.." else tmp_path / "store"
    assert (path.parent, path.name.rpartition("-pushed-")[0]) == (folder.parent, folder.name)


@pytest.mark.parametrize("name", QUERIES)
def test_saved_queries_answer_the_same(endpoint: Endpoint, small_store: Path, name: str) -> None:
    if name in endpoint.odd:
        pytest.skip("this server departs from the recommendation")
    with open_store(small_store, read_only=True) as store:
        push(store, endpoint, Protocol.GRAPH_STORE, open_journal(small_store, endpoint.addresses[Protocol.GRAPH_STORE]))
        ours = run_query(store, name, QUERIES[name])
        theirs = run_query(open_remote(endpoint.query, BASE), name, QUERIES[name])
        assert theirs.columns == ours.columns
        assert len(ours.rows) > 0
        assert Counter(map(read_row, theirs.rows)) == Counter(map(read_row, ours.rows))


def read_row(row: tuple[object, ...]) -> tuple[tuple[str, ...], ...]:
    """The values, whatever the order in which an engine joins them."""
    return tuple(tuple(sorted(str(getattr(term, "value", term)).split(", "))) for term in row)


def test_a_pushed_store_says_its_base(endpoint: Endpoint, small_store: Path) -> None:
    protocol = Protocol.GRAPH_STORE
    with open_store(small_store, read_only=True) as store:
        push(store, endpoint, protocol, open_journal(small_store, endpoint.addresses[protocol], anew=True))
    assert open_remote(endpoint.query).base == BASE


def test_command(endpoint: Endpoint, small_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if endpoint.credentials:
        monkeypatch.setenv("KG_USER", endpoint.credentials.name)
        monkeypatch.setenv("KG_PASSWORD", endpoint.credentials.password)
    address = endpoint.addresses[Protocol.GRAPH_STORE]
    sent = CliRunner().invoke(app, ["push", "--endpoint", address, "--store", str(small_store), "--all"])
    assert sent.exit_code == 0, sent.output
    assert "sent" in sent.output
    monkeypatch.delenv("KG_USER", raising=False)
    asked = ["query", "ASK { ?a a dkg:Article }", "--endpoint", endpoint.query, "-f", "csv", "--profile"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == ["answer", "true"]
    assert "1 rows" in result.stderr


def test_wrong_password_is_told(small_store: Path, endpoint: Endpoint) -> None:
    if endpoint.credentials is None:
        pytest.skip("Oxigraph asks for none")
    client = Client(endpoint.addresses[Protocol.GRAPH_STORE], Credentials("dba", "wrong"))
    with open_store(small_store, read_only=True) as store, pytest.raises(StoreError, match="401"):
        list(push_store(store, client, Protocol.GRAPH_STORE, open_journal(small_store, "x", anew=True)))


def test_malformed_query_is_told(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match="400"):
        open_remote(endpoint.query, BASE).query("SELECT nonsense")


def test_nobody_answers() -> None:
    with pytest.raises(StoreError, match="refused"):
        open_remote("http://127.0.0.1:9/sparql")
    with pytest.raises(StoreError, match="begins with http"):
        open_remote("file:///etc/passwd")

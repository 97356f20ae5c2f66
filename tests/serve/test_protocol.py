"""The SPARQL 1.1 Protocol, by the list of tests of its specification; the descriptions are our own.

Every request of a case must be answered as it says. What concerns updates is here as well: they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, Graph, Namespace, URIRef

from kg.graph.store import open_store
from tests.serve.conftest import CLIENT, Server, run_server

NAMES = tuple(f"http://example.org/data{n}" for n in range(4))
P = "http://example.org/p"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDFS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@dataclass(frozen=True)
class Case:
    """A request and its answer: a status (a hundred stands for all of it), a truth value, one of some media types."""

    method: str = "GET"
    url: str = ""
    body: str | bytes = b""
    type: str = ""
    accept: str = ""
    status: int = 200
    answer: bool | None = None
    media: tuple[str, ...] = field(default=())


def default(*numbers: int) -> str:
    return "".join(f"&default-graph-uri={quote(NAMES[n], safe='')}" for n in numbers)


def named(*numbers: int) -> str:
    return "".join(f"&named-graph-uri={quote(NAMES[n], safe='')}" for n in numbers)


def q(text: str) -> str:
    return f"query={quote(text)}"


def says(*numbers: int) -> str:
    """A pattern that asks for the triple that graph n alone holds, for each n."""
    return " ".join(f"<{NAMES[n]}> <{P}> '{n}' ." for n in numbers)


ASK_1, ASK_12 = f"ASK {{ {says(1)} }}", f"ASK {{ {says(1, 2)} }}"
NAMED_12 = f"ASK {{ GRAPH <{NAMES[1]}> {{ {says(1)} }} GRAPH <{NAMES[2]}> {{ {says(2)} }} }}"
NOT_3 = f"ASK {{ FILTER NOT EXISTS {{ GRAPH ?g {{ {says(3)} }} }} FILTER NOT EXISTS {{ {says(3)} }} }}"
FULL = f"ASK {{ {says(3)} GRAPH <{NAMES[1]}> {{ {says(1)} }} GRAPH <{NAMES[2]}> {{ {says(2)} }} }}"
INSERT = f"INSERT DATA {{ {says(1)} }}"

CASES = {
    "query_get": Case(url="?" + q("ASK {}"), answer=True),
    "query_post_form": Case("POST", body=q("ASK {}"), type=FORM, answer=True),
    "query_post_form_charset": Case("POST", body=q("ASK {}"), type=FORM + "; charset=UTF-8", answer=True),
    "query_post_direct": Case("POST", body="ASK {}", type=DIRECT, answer=True),
    "query_dataset_default_graph_get": Case(url="?" + q(ASK_1) + default(1), answer=True),
    "query_dataset_default_graph_other": Case(url="?" + q(ASK_1) + default(2), answer=False),
    "query_dataset_default_graphs_get": Case(url="?" + q(ASK_12) + default(1, 2), answer=True),
    "query_dataset_default_graphs_post": Case("POST", body=q(ASK_12) + default(1, 2), type=FORM, answer=True),
    "query_dataset_default_graphs_post_url": Case("POST", "?" + default(1, 2)[1:], ASK_12, DIRECT, answer=True),
    "query_dataset_named_graphs_get": Case(url="?" + q(NAMED_12) + named(1, 2), answer=True),
    "query_dataset_named_graphs_post": Case("POST", body=q(NAMED_12) + named(1, 2), type=FORM, answer=True),
    "query_dataset_named_only": Case(url="?" + q(ASK_1) + named(1), answer=False),
    "query_dataset_rest_is_out": Case(url="?" + q(NOT_3) + named(1, 2) + default(1), answer=True),
    "query_dataset_full": Case(url="?" + q(FULL) + default(3) + named(1, 2), answer=True),
    "query_multiple_dataset": Case(
        url="?" + q(f"ASK FROM <{NAMES[2]}> {{ {says(1)} FILTER NOT EXISTS {{ {says(2)} }} }}") + default(1),
        answer=True,
    ),
    "query_own_dataset": Case(url="?" + q(f"ASK FROM <{NAMES[1]}> {{ {says(1)} }}"), answer=True),
    "query_own_dataset_excludes": Case(url="?" + q(f"ASK FROM <{NAMES[1]}> {{ {says(2)} }}"), answer=False),
    "query_own_named": Case(url="?" + q(f"ASK FROM NAMED <{NAMES[1]}> {{ GRAPH ?g {{ {says(1)} }} }}"), answer=True),
    "query_union_by_default": Case(url="?" + q(ASK_12), answer=True),
    "query_content_type_select": Case(url="?" + q("SELECT (1 AS ?x) {}"), media=ROWS),
    "query_content_type_ask": Case(url="?" + q("ASK {}"), accept="application/sparql-results+xml", media=ROWS[1:2]),
    "query_content_type_csv": Case(url="?" + q("SELECT (1 AS ?x) {}"), accept="text/csv", media=ROWS[2:3]),
    "query_content_type_describe": Case(url="?" + q(f"DESCRIBE <{NAMES[1]}>"), media=RDFS),
    "query_content_type_construct": Case(
        url="?" + q("CONSTRUCT { <http://x.example/> a 1 } {}"), accept="application/rdf+xml", media=RDFS[1:2]
    ),
    "query_not_acceptable": Case(url="?" + q("ASK {}"), accept="image/png", status=406),
    "bad_query_method": Case("PUT", "?" + q("ASK {}"), status=405),
    "bad_query_delete": Case("DELETE", "?" + q("ASK {}"), status=405),
    "bad_multiple_queries_get": Case(url="?" + q("ASK {}") + "&" + q("SELECT * {}"), status=400),
    "bad_multiple_queries_post": Case("POST", body=q("ASK {}") + "&" + q("SELECT * {}"), type=FORM, status=400),
    "bad_multiple_queries_both": Case("POST", "?" + q("ASK {}"), "ASK {}", DIRECT, status=400),
    "bad_query_wrong_media_type": Case("POST", body="ASK {}", type="text/plain", status=415),
    "bad_query_missing_form_type": Case("POST", body=q("ASK {}"), status=400),
    "bad_query_missing_direct_type": Case("POST", body="ASK {}", status=400),
    "bad_query_missing": Case("POST", body="x=1", type=FORM, status=400),
    "bad_query_non_utf8": Case(
        "POST", body="ASK {}".encode("utf-16"), type=DIRECT + "; charset=UTF-16", status=400
    ),
    "bad_query_broken_utf8": Case("POST", body=b"ASK { ?s ?p '\xff' }", type=DIRECT, status=400),
    "bad_query_broken_utf8_get": Case(url="?query=ASK%20%7B%7D%20%23%FF", status=400),
    "bad_query_syntax": Case(url="?" + q("ASK { WHERE }"), status=400),
    "bad_query_is_update": Case(url="?" + q(INSERT), status=400),
    "bad_graph_unknown": Case(url="?" + q("ASK {}") + "&default-graph-uri=http%3A%2F%2Fexample.org%2Fno", status=400),
    "bad_graph_relative": Case(url="?" + q("ASK {}") + "&named-graph-uri=data1", status=400),
    "bad_from_unknown": Case(url="?" + q("ASK FROM <http://127.0.0.1:9/x> {}"), status=400),
    "bad_from_file": Case(url="?" + q("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), status=400),
    "bad_from_relative": Case(url="?" + q("SELECT * FROM <data1> { ?s ?p ?o }"), status=400),
    "bad_service": Case(url="?" + q("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), status=400),
    "bad_update_get": Case(url="?update=" + quote(INSERT), status=400),
    "update_post_form": Case("POST", body="update=" + quote(INSERT), type=FORM, status=403),
    "update_post_direct": Case("POST", body=INSERT, type=UPDATE, status=403),
    "update_post_direct_empty": Case("POST", body="", type=UPDATE, status=403),
    "update_load": Case("POST", body="update=" + quote("LOAD <http://127.0.0.1:9/>"), type=FORM, status=403),
    "update_dataset_default_graph": Case(
        "POST", "?using-graph-uri=" + quote(NAMES[1]), "CLEAR ALL", UPDATE, status=403
    ),
    "bad_multiple_updates": Case("POST", body="update=a&update=b", type=FORM, status=400),
    "bad_update_wrong_media_type": Case("POST", body=INSERT, type="text/plain", status=400),
    "bad_update_missing_form_type": Case("POST", body="update=" + quote(INSERT), status=400),
    "bad_update_non_utf8": Case("POST", body=INSERT.encode("utf-16"), type=UPDATE + "; charset=UTF-16", status=400),
    "bad_update_syntax": Case("POST", body="INSERT nonsense", type=UPDATE, status=400),
}  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store has four graphs, each with a triple of its own."""
    folder = tmp_path_factory.mktemp("protocol") / "store"
    with open_store(folder) as store:
        nodes = [NamedNode(name) for name in NAMES]
        store.inner.extend(Quad(node, NamedNode(P), Literal(str(n)), node) for n, node in enumerate(nodes))
    with run_server(folder, "--quiet") as running:
        yield running


@pytest.mark.parametrize("name", CASES)
def test_protocol(endpoint: Server, name: str) -> None:
    case = CASES[name]
    headers = {key: value for key, value in (("Content-Type", case.type), ("Accept", case.accept)) if value}
    response = CLIENT.request(case.method, endpoint.sparql + case.url, content=case.body or None, headers=headers)
    if case.status == 400:
        assert 400 <= response.status_code < 500, response.text
    else:
        assert response.status_code == case.status, response.text
    if case.answer is not None:
        assert response.json() == {"head": {}, "boolean": case.answer}
    if case.media:
        assert response.headers["content-type"].split(";")[0] in case.media
    if case.status >= 400:
        assert response.text.strip(), "no reason is given"


def test_nothing_was_written(endpoint: Server) -> None:
    assert endpoint.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://example.org/p> ?o } }") == [{"n": "4"}]


# Service Description.


@pytest.mark.parametrize("accept", ["", *RDFS])
def test_service_description(endpoint: Server, accept: str) -> None:
    response = endpoint.get("sparql", headers={"Accept": accept})
    media = response.headers["content-type"].split(";")[0]
    assert media == (accept or "text/turtle")
    graph = Graph().parse(data=response.content, format=media)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(endpoint.sparql)
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.feature, SD.UnionDefaultGraph) in graph
    dataset = graph.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in graph
    assert graph.value(dataset, SD.defaultGraph) is not None
    assert len(list(graph.objects(service, SD.resultFormat))) > 8


def test_service_description_is_not_given_as_a_picture(endpoint: Server) -> None:
    assert endpoint.get("sparql", headers={"Accept": "image/png"}).status_code == 406


# Graph Store Protocol, its reading half, and resources.


def test_one_graph(server: Server) -> None:
    iri = "https://example.org/id/article/made-up-1"
    response = server.get("graphs", params={"graph": iri}, headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    graph = Graph().parse(data=response.text, format="nt")
    rows = server.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    assert rows == [{"n": str(len(graph))}]
    assert len(graph) > 50
    same = server.get("id/article/made-up-1", headers={"Accept": "text/turtle"})
    assert len(Graph().parse(data=same.text, format="turtle")) == len(graph)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("graphs", 400),
        ("graphs?default", 200),
        ("graphs?default&graph=http://x.example/", 400),
        ("graphs?graph=http://x.example/", 404),
        ("graphs?graph=relative", 400),
        ("graphs?graph=a&graph=b", 400),
        ("id/person/nobody", 404),
        ("id/", 404),
        ("id/%FF", 400),
        ("id/..%2F..%2Fetc/passwd", 404),
        ("nothing", 404),
    ],
)
def test_paths(server: Server, path: str, status: int) -> None:
    assert server.get(path, headers={"Accept": "text/turtle"}).status_code == status


def test_letters_of_iris(server: Server) -> None:
    """Clients encode «иван»; the IRI has it as it is."""
    response = server.get("id/person/иван-придуманный", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert "Иван Придуманный" in response.text


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["graphs?default", "id/person/x"])
def test_graphs_cannot_be_written(server: Server, method: str, path: str) -> None:
    response = httpx.request(method, server.url + path, content=b"")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert "reading only" in response.text


def test_endpoint_says_what_it_allows(server: Server) -> None:
    assert httpx.request("PATCH", server.sparql).headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "path", ["sparql", "sparql?query=ASK{}", "graphs?default", "id/person/sadyr-japarov", "queries/who-met-whom"]
)
def test_caches_know_that_formats_are_negotiated(server: Server, path: str) -> None:
    response = server.get(path)
    assert (response.status_code, response.headers["vary"]) == (200, "Accept")


def test_head(server: Server) -> None:
    response = httpx.head(server.sparql, params={"query": "ASK {}"})
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0
    assert response.content == b""

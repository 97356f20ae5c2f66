"""The clients that people use."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.serve.conftest import BASE, Server

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")
pandas = pytest.importorskip("pandas")

SELECT = "SELECT ?name WHERE { <https://example.org/id/person/sadyr-japarov> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?name"  # noqa: E501
CONSTRUCT = "CONSTRUCT WHERE { <https://example.org/id/country/KG> ?p ?o }"


@pytest.mark.parametrize("method", ["GET", "POST", "POSTDIRECTLY"])
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv", "turtle", "rdf+xml"])
def test_sparqlwrapper(server: Server, format_: str, method: str) -> None:
    wrapper = SPARQLWrapper.SPARQLWrapper(server.sparql, returnFormat=format_)
    wrapper.setMethod("GET" if method == "GET" else "POST")
    if method == "POSTDIRECTLY":
        wrapper.setRequestMethod("postdirectly")
    graph = format_ in ("turtle", "rdf+xml")
    wrapper.setQuery(CONSTRUCT if graph else SELECT)
    answer = wrapper.queryAndConvert()
    if isinstance(answer, Graph):
        assert len(answer) > 5
    elif format_ == "turtle":
        assert len(Graph().parse(data=answer, format="turtle")) > 5
    elif format_ == "json":
        assert "Садыр Жапаров" in {row["name"]["value"] for row in answer["results"]["bindings"]}
    else:
        text = answer.toxml() if format_ == "xml" else answer.decode()
        assert "Садыр Жапаров" in text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rdflib(server: Server, method: str) -> None:
    graph = Graph(SPARQLStore(server.sparql, method=method))
    names = {str(row.name) for row in graph.query(SELECT)}  # type: ignore[union-attr]
    assert "Садыр Жапаров" in names
    assert len(list(graph.predicate_objects(URIRef(BASE + "country/KG")))) > 5
    store = SPARQLStore(server.sparql, context_aware=True, method=method)
    article = Graph(store, identifier=URIRef(BASE + "article/made-up-1"))
    assert len(list(article.triples((None, None, None)))) > 50


def test_pandas(server: Server) -> None:
    response = server.ask("SELECT ?code ?country { ?country dkg:iso2 ?code } ORDER BY ?code", "text/csv")
    frame = pandas.read_csv(io.StringIO(response.text), keep_default_na=False)
    assert list(frame.columns) == ["code", "country"]
    assert "NA" in set(frame.code)
    assert len(frame) > 190


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl(server: Server) -> None:
    command = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}", server.sparql]
    assert "Садыр Жапаров" in subprocess.run(command, capture_output=True, text=True, check=True).stdout

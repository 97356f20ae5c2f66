"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.graph.iris import graph_iri
from kg.graph.namespaces import RDF, Namespace
from kg.serve.formats import GRAPHS, NEGOTIATED, ROWS, choose_offer, list_media
from kg.serve.messages import Reply, refuse

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "text/n3": "N3",
}
CURATED = ("reference", "ontology")


def describe_service(endpoint: str, base: str, accept: str) -> Reply:
    """The description, in the format that the client wants."""
    offer = choose_offer(accept, GRAPHS)
    if offer is None:
        return refuse(406, f"the description of this service can be given as {list_media(GRAPHS)}")
    assert isinstance(offer.syntax, RdfFormat)
    body = serialize(service_triples(NamedNode(endpoint), base), format=offer.syntax)
    assert body is not None
    return Reply(200, offer.content_type, body, size=len(body), headers=NEGOTIATED)


def service_triples(endpoint: NamedNode, base: str) -> Iterator[Triple]:
    """What the service is: its language, features, formats and data set."""
    yield Triple(endpoint, RDF.type, SD.Service)
    yield Triple(endpoint, SD.endpoint, endpoint)
    yield Triple(endpoint, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(endpoint, SD.feature, SD.UnionDefaultGraph)
    for offer in (*ROWS, *GRAPHS):
        yield Triple(endpoint, SD.resultFormat, FORMATS[NAMES[offer.media]])
    yield from dataset_triples(endpoint, base)


def dataset_triples(endpoint: NamedNode, base: str) -> Iterator[Triple]:
    """The data set: the union of all graphs, and the curated graphs by name; those of articles are too many."""
    dataset, default = BlankNode(), BlankNode()
    yield Triple(endpoint, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    for name in CURATED:
        named = BlankNode()
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, RDF.type, SD.NamedGraph)
        yield Triple(named, SD.name, graph_iri(base, name))

"""The prefixes the project speaks: open namespaces of the standards, and the prefix map of queries and exports.

The project's own terms are a closed namespace, ``kg.graph.ontology.DKG``.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

from kg.config import DEFAULT_BASE, NAMESPACE


class Namespace:
    """An open namespace: any attribute or item is a term of it."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = self.__dict__[name] = term(self.iri + name)  # found there from now on, without this call
        return node

    def __getitem__(self, name: str) -> NamedNode:
        return term(self.iri + name)


@lru_cache(maxsize=1024)
def term(iri: str) -> NamedNode:
    """The node of one term; terms are few and used often."""
    return NamedNode(iri)


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
WD = Namespace("http://www.wikidata.org/entity/")

STANDARD = {
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
    "owl": OWL.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "prov": PROV.iri,
    "oa": OA.iri,
    "sem": SEM.iri,
    "schema": SCHEMA.iri,
    "geo": GEO.iri,
    "wd": WD.iri,
    "dkg": NAMESPACE,
}

KINDS = (
    "article",
    "city",
    "claim",
    "conflict",
    "country",
    "derived",
    "document",
    "event",
    "evidence",
    "graph",
    "inference",
    "office",
    "organization",
    "person",
    "position",
    "quote",
    "region",
    "run",
    "scheme",
    "stage",
    "target",
    "tenure",
    "topic",
    "venue",
    "venue-kind",
)


def make_prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix to namespace; ``id`` stands for the base of resources."""
    return {**STANDARD, "id": base}


def make_export_prefixes(base: str) -> dict[str, str]:
    """Those and one for each kind of resource, as names with slashes in them need ugly escapes: ``person:``."""
    return {**make_prefixes(base), **{kind: f"{base}{kind}/" for kind in KINDS}}

"""Exports: parsed by others they say the same, and the same store gives the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.errors import QueryError, StoreError
from kg.graph.export import EXPORTERS, dump_store
from kg.graph.iris import article_iri, resource_iri
from kg.graph.mapping import extraction_quads
from kg.graph.ontology import DKG, ontology_quads
from kg.graph.store import Store, open_store
from kg.records import Extraction

RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt", "jsonld": "json-ld", "xml": "xml"}
WITH_GRAPHS = ("trig", "nquads", "jsonld")


def make_store(extraction: Extraction, turned: bool = False) -> Store:
    """A small store with everything in it, filled in one order or the other."""
    store = open_store(None)
    quads = list(extraction_quads(extraction, store.base))
    graph = article_iri(store.base, "odd/id. ё.")
    odd = [Quad(graph, DKG.iso2, Literal(text), graph) for text in ('"""', "\\", "</x>&", "\r\n", "\u2028", "\u202e")]
    odd.append(Quad(resource_iri(store.base, "person/a.b."), DKG.within, resource_iri(store.base, "x/y/z"), graph))
    steps = [
        lambda: store.replace_article("made-up-1", quads[::-1] if turned else quads),
        lambda: store.replace_article("odd/id. ё.", odd),
        lambda: store.load_reference(ontology_quads(store.base), "1"),
    ]
    for step in reversed(steps) if turned else steps:
        step()
    return store


@pytest.fixture(scope="module")
def source(extraction: Extraction) -> Iterator[Store]:
    with make_store(extraction) as store:
        yield store


def dump(store: Store, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    dump_store(store, out, format_, **options)  # type: ignore[arg-type]
    return out.getvalue()


def union(quads: Iterator[Quad] | set[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("format_", EXPORTERS)
def test_pyoxigraph_reads_the_same(source: Store, format_: str) -> None:
    read = set(parse(dump(source, format_), format=EXPORTERS[format_].format))
    if format_ in WITH_GRAPHS:
        assert read == set(source.quads())
    else:
        assert union(read) == union(source.quads())


@pytest.mark.parametrize("format_", EXPORTERS)
def test_rdflib_reads_the_same(source: Store, format_: str) -> None:
    reference = Graph().parse(data=dump(source, "ntriples"), format="nt")
    data = Dataset(default_union=True)
    data.parse(data=dump(source, format_), format=RDFLIB[format_])
    union_graph = Graph()
    for subject, predicate, value, _ in data.quads():
        union_graph.add((subject, predicate, value))
    assert isomorphic(union_graph, reference)


@pytest.mark.parametrize("format_", EXPORTERS)
def test_order_of_building_does_not_show(source: Store, extraction: Extraction, format_: str) -> None:
    with make_store(extraction, turned=True) as turned:
        assert dump(turned, format_) == dump(source, format_)


SCRIPT = """
import sys
from kg.graph.export import dump_store
from tests.graph.sample import make_sample
from tests.graph.test_export import make_store

with make_store(make_sample()) as store:
    for format_ in ("trig", "turtle", "jsonld", "xml"):
        dump_store(store, sys.stdout.buffer, format_)
"""


def test_bytes_are_the_same_in_every_process() -> None:
    def run(seed: str) -> bytes:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True).stdout

    first = run("1")
    assert len(first) > 10_000
    assert first == run("2")


def test_turtle_is_readable(source: Store) -> None:
    text = dump(source, "turtle").decode()
    assert "event:" in text
    assert " a dkg:Talks" in text or " a dkg:Event , dkg:Talks" in text
    assert "person:vladimir-putin" in text
    assert "<https://w3id.org/dkg/id/event/" not in text.split("@prefix schema", 1)[1]


@pytest.mark.parametrize("format_", EXPORTERS)
def test_one_article(source: Store, extraction: Extraction, format_: str) -> None:
    quads = set(extraction_quads(extraction, source.base))
    read = set(parse(dump(source, format_, article="made-up-1"), format=EXPORTERS[format_].format))
    assert union(read) == union(quads)


@pytest.mark.parametrize("format_", EXPORTERS)
def test_without_reference(source: Store, format_: str) -> None:
    read = union(set(parse(dump(source, format_, reference=False), format=EXPORTERS[format_].format)))
    assert read < union(source.quads())
    assert not read & union(set(ontology_quads(source.base)))


def test_bookkeeping_stays_inside(source: Store) -> None:
    assert b'storeFormat> "' not in dump(source, "nquads")


def test_xml_drops_what_no_xml_can_hold() -> None:
    with open_store(None) as store:
        graph = article_iri(store.base, "a")
        store.replace_article("a", [Quad(graph, DKG.iso2, Literal("a\x00\x07b\ufffe"), graph)])
        (triple,) = Graph().parse(data=dump(store, "xml"), format="xml")
        assert str(triple[2]) == "a��b�"
        (quad,) = parse(dump(store, "turtle"), format=RdfFormat.TURTLE)
        assert quad.object == Literal("a\x00\x07b\ufffe")


def test_errors(source: Store) -> None:
    with pytest.raises(QueryError, match="turtle, trig"):
        dump(source, "docx")
    with pytest.raises(StoreError, match="no article 'nope'"):
        dump(source, "trig", article="nope")

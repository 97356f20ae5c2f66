"""Checking finds what was broken on purpose, and nothing in what is whole."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.checking import Checker, Fault
from kg.graph.iris import article_iri
from kg.graph.mapping import extraction_quads
from kg.graph.namespaces import OA, SCHEMA
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.store import Store
from kg.knowledge.tables import Tables
from kg.records import Extraction


@pytest.fixture
def filled(store: Store, extraction: Extraction, tables: Tables) -> Store:
    """A store with the curated facts and one article."""
    store.load_reference(reference_quads(tables, store.base), "1")
    store.replace_article(extraction.article.id, extraction_quads(extraction, store.base))
    return store


def check(store: Store, shapes: bool = False) -> list[Fault]:
    return list(Checker(store, shapes).faults())


def change(store: Store, old: Quad, *new: Quad) -> None:
    store.inner.remove(old)
    store.inner.extend(new)


def test_a_whole_store_has_no_fault(filled: Store) -> None:
    checker = Checker(filled, shapes=False)
    assert list(checker.faults()) == []
    assert (checker.articles, checker.textless, checker.unlinked) == (1, 0, 1)
    assert checker.quotes >= 5
    assert checker.references > 50


def test_a_quote_that_does_not_stand_in_the_text(filled: Store) -> None:
    quad = next(filled.inner.quads_for_pattern(None, OA.exact, None, None))
    change(filled, quad, Quad(quad.subject, OA.exact, Literal("никто этого не писал"), quad.graph_name))
    (fault,) = check(filled)
    assert fault.kind == "quote"
    assert "никто этого не писал" in fault.what


def test_a_quote_that_stands_elsewhere(filled: Store) -> None:
    quad = next(filled.inner.quads_for_pattern(None, OA.start, None, None))
    moved = Literal(str(int(quad.object.value) + 1), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))  # type: ignore[union-attr]
    change(filled, quad, Quad(quad.subject, OA.start, moved, quad.graph_name))
    assert [fault.kind for fault in check(filled)] == ["quote"]


def test_a_text_that_was_changed(filled: Store, extraction: Extraction) -> None:
    graph = article_iri(filled.base, extraction.article.id)
    quad = next(filled.inner.quads_for_pattern(graph, SCHEMA.articleBody, None, graph))
    change(filled, quad, Quad(graph, SCHEMA.articleBody, Literal("другое", language="ru"), graph))
    assert {fault.kind for fault in check(filled)} == {"quote"}


def test_an_article_of_an_older_version_has_no_text(filled: Store, extraction: Extraction) -> None:
    graph = article_iri(filled.base, extraction.article.id)
    filled.inner.remove(next(filled.inner.quads_for_pattern(graph, SCHEMA.articleBody, None, graph)))
    checker = Checker(filled, shapes=False)
    assert (list(checker.faults()), checker.textless) == ([], 1)


def test_a_reference_to_nothing(filled: Store, extraction: Extraction) -> None:
    graph = article_iri(filled.base, extraction.article.id)
    nobody = NamedNode(f"{filled.base}person/nobody")
    filled.inner.add(Quad(graph, SCHEMA.mentions, nobody, graph))
    assert [fault.kind for fault in check(filled)] == ["reference"]


def test_graphs_that_belong_to_nothing(filled: Store, extraction: Extraction) -> None:
    left = NamedNode(f"{filled.base}derived/gone")
    filled.inner.add(Quad(left, DKG.iso2, Literal("KG"), left))
    assert [(fault.kind, fault.where) for fault in check(filled)] == [("graph", left.value)]


def test_shapes(filled: Store, extraction: Extraction) -> None:
    pytest.importorskip("pyshacl")
    assert check(filled, shapes=True) == []
    quad = next(filled.inner.quads_for_pattern(None, DKG.status, None, None))
    filled.inner.remove(quad)
    assert "shape" in {fault.kind for fault in check(filled, shapes=True)}


def test_the_reference_leads_nowhere_outside(store: Store, tables: Tables) -> None:
    quads = list(reference_quads(tables, store.base))
    store.load_reference(quads, "1")
    assert list(Checker(store, shapes=False).check_references(quads)) == []

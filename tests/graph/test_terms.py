"""What the view takes from the ontology: labels, and the kind and type of a thing with several classes."""

from __future__ import annotations

import pytest

from kg.graph.ontology import load_ontology
from kg.graph.terms import KINDS, Label, Terms, load_terms, make_label


@pytest.fixture(scope="module")
def terms() -> Terms:
    return load_terms()


@pytest.mark.parametrize(
    ("types", "kind", "deepest"),
    [
        (("Event", "Talks"), "Event", "Talks"),
        (("Treaty",), "Document", "Treaty"),
        (("Place", "City"), "City", "City"),
        (("Country",), "Country", "Country"),
        (("Article",), None, "Article"),
        (("NoSuchClass",), None, "NoSuchClass"),
    ],
)
def test_kind_and_type(terms: Terms, types: tuple[str, ...], kind: str | None, deepest: str) -> None:
    assert terms.kind(types) == kind
    assert terms.deepest(types) == deepest


def test_every_event_type_and_document_kind_is_shown(terms: Terms) -> None:
    ontology = load_ontology()
    assert {terms.kind((name,)) for name in ontology.event_types} == {"Event"}
    assert {terms.kind((name,)) for name in ontology.document_kinds} == {"Document"}


def test_every_shown_term_has_a_label_in_both_languages(terms: Terms) -> None:
    ontology = load_ontology()
    shown = ontology.event_types | ontology.document_kinds | ontology.event_statuses | ontology.document_statuses
    for name in shown | ontology.visit_ranks | set(KINDS):
        assert terms.labels[name].ru != terms.labels[name].en


def test_unknown_term_reads_as_words(terms: Terms) -> None:
    assert terms.label("someNewTerm") == Label("some new term", "some new term")
    assert terms.label("topic/newTopic") == Label("new topic", "new topic")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"ru": "а", "en": "b"}, Label("а", "b")),
        ({"ru": "а"}, Label("а", "а")),
        ({"en": "b"}, Label("b", "b")),
        ({"ky": "в"}, Label("в", "в")),
        ({}, Label("id", "id")),
    ],
)
def test_label_in_the_languages_that_there_are(texts: dict[str, str], expected: Label) -> None:
    assert make_label(texts, "id") == expected

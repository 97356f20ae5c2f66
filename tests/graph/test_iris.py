"""Any string is a legal id, and no two ids meet in one IRI."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import Graph, URIRef

from kg.errors import DataError
from kg.graph.iris import article_iri, graph_iri, hash_iri, hash_parts, resource_iri
from kg.graph.namespaces import make_export_prefixes

BASE = "https://w3id.org/dkg/id/"
IDS = st.text(max_size=30) | st.text(alphabet="./%~\\\"'<>{}| \n\x00аё\u0301\ud800", max_size=12)


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("person/sadyr-japarov", "person/sadyr-japarov"),
        ("country/KG", "country/KG"),
        ("person/садыр", "person/садыр"),
        ("venue/Ala Archa", "venue/Ala%20Archa"),
        ("venue/100%", "venue/100%25"),
        ("venue/a.b", "venue/a.b"),
        ("venue/a.", "venue/a%2E"),
        ("venue/../person", "venue/%2E%2E/person"),
        ("venue/", "venue/~"),
        ("venue/~", "venue/%7E"),
        ("venue/<x>\"'", "venue/%3Cx%3E%22%27"),
        ("city/й", "city/й"),  # и and a combining breve become one letter
    ],
)
def test_resource_iri(id_: str, expected: str) -> None:
    assert resource_iri(BASE, id_).value == BASE + expected


def test_slash_of_an_article_id_is_no_segment() -> None:
    assert article_iri(BASE, "2025/11/a").value == BASE + "article/2025%2F11%2Fa"


@given(IDS, IDS)
def test_ids_do_not_meet(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (article_iri(BASE, one) == article_iri(BASE, other)) is same
    assert (resource_iri(BASE, f"person/{one}") == resource_iri(BASE, f"person/{other}")) is same


def test_every_character_may_stand_in_an_id() -> None:
    for start in range(0, sys.maxunicode, 1024):
        id_ = "".join(map(chr, range(start, start + 1024)))
        assert article_iri(BASE, id_).value.isprintable()


@given(IDS)
def test_iris_stand_in_turtle(id_: str) -> None:
    node = article_iri(BASE, id_)
    text = serialize([Triple(node, node, node)], format=RdfFormat.TURTLE, prefixes=make_export_prefixes(BASE))
    assert text is not None
    assert [quad.subject for quad in parse(text, format=RdfFormat.TURTLE)] == [node]
    assert list(Graph().parse(data=text, format="turtle").subjects()) == [URIRef(node.value)]


def test_graphs_and_articles_are_apart() -> None:
    assert graph_iri(BASE, "reference") == NamedNode(BASE + "graph/reference")
    assert graph_iri(BASE, "reference") != article_iri(BASE, "reference")


def test_hash_tells_parts_apart() -> None:
    assert hash_parts("ab", "c") != hash_parts("a", "bc") != hash_parts("abc")
    assert hash_iri(BASE, "event", "a") == hash_iri(BASE, "event", "a")
    assert hash_iri(BASE, "event", "a").value.startswith(BASE + "event/")


@pytest.mark.parametrize("base", ["id/", "http://exa mple/", ""])
def test_base_must_be_absolute(base: str) -> None:
    with pytest.raises(DataError, match="absolute"):
        resource_iri(base, "person/x")

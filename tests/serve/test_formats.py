"""Which format a client gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.formats import GRAPHS, ROWS, choose_offer, wants_page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        ("application/sparql-results+xml", "xml", None),
        ("application/sparql-results+json, application/json", "json", "jsonld"),
        ("text/csv", "csv", None),
        ("text/*", "csv", "turtle"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.5", "tsv", None),
        ("application/rdf+xml;q=0.1, application/n-triples;q=0.2", None, "ntriples"),
        ("text/turtle;q=0, */*;q=0.1", "json", "ntriples"),
        ("TEXT/CSV ; Q=0.5", "csv", None),
        ("text/csv;q=much", "csv", None),
        ("application/ld+json", None, "jsonld"),
        ("image/png", None, None),
        ("nonsense", "json", "turtle"),
        (BROWSER, "xml", "xml"),
    ],
)
def test_offers(accept: str, rows: str | None, graph: str | None) -> None:
    chosen = [choose_offer(accept, offers) for offers in (ROWS, GRAPHS)]
    assert [offer and offer.name for offer in chosen] == [rows, graph]


@given(st.text())
def test_any_header_is_read(accept: str) -> None:
    choose_offer(accept, ROWS)
    wants_page(accept)


def test_people_get_pages() -> None:
    assert wants_page(BROWSER)
    assert not wants_page("*/*")
    assert not wants_page("text/turtle, text/html;q=0.5")

"""Accounts are read from the graph of their article and the reference, whatever other articles say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph.iris import article_iri
from kg.graph.links.reading import Reader
from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.knowledge.tables import Tables
from kg.records import Argument, Entity, Extraction
from kg.resolve.accounts import Spots
from kg.resolve.settings import load_settings
from tests.graph.sample import BISHKEK, RUSSIA, TALKS, make_sample

PLACES = ["city/astana", "city/bishkek", "city/moscow"]


def tell(article: str, within: str | None) -> Extraction:
    """An article of talks in a hall that no table knows, and of where that lies."""
    sample = make_sample()
    hall = Entity("venue/hall", "Venue", "Зал", within=within, known=False)
    event = replace(TALKS, arguments=(Argument("country", RUSSIA), Argument("place", hall)), documents=(), part_of=None)
    return replace(sample, article=replace(sample.article, id=article), events=(event,), documents=(), tenures=())


def read_spots(store: Store, article: str) -> Spots:
    reader = Reader(store, load_settings())
    (event,) = reader.list_events(article_iri(store.base, article))
    account = reader.event(event)
    assert account is not None
    return account.spots


@pytest.mark.parametrize("other", PLACES)
def test_where_a_place_lies_is_what_its_own_article_says(tables: Tables, other: str) -> None:
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        for name, within in (("one", BISHKEK.id), ("two", other), ("three", None)):
            store.replace_article(name, extraction_quads(tell(name, within), store.base))
        assert read_spots(store, "one").cities == {"city/bishkek"}
        assert read_spots(store, "one").countries == {"country/KG"}  # by the reference
        assert read_spots(store, "two").cities == {other}
        assert read_spots(store, "three").cities == set()

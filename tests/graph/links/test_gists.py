"""What whoever read an article sends for linking is what linking would read from the store."""

from __future__ import annotations

from itertools import islice

import pytest
from pyoxigraph import Quad

from kg.graph.iris import article_iri
from kg.graph.links.curated import Curated
from kg.graph.links.gists import make_gist
from kg.graph.links.linking import link_store
from kg.graph.links.reading import Reader
from kg.graph.links.told import Gist, Gists
from kg.graph.mapping import extraction_quads
from kg.graph.store import Store
from kg.knowledge.tables import Tables
from kg.records import Extraction
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.keys import make_keys
from kg.resolve.settings import load_settings
from tests.graph.links.conftest import put
from tests.graph.links.test_linking import index, links, open_with


def make_gists(store: Store, told: tuple[Extraction, ...]) -> Gists:
    """The gist of each article, by the facts of a store."""
    curated = Curated(store.inner, store.base, load_settings())

    def gist(extraction: Extraction) -> Gist:
        return make_gist(extraction.article.id, extraction_quads(extraction, store.base), curated)

    return {article_iri(store.base, extraction.article.id).value: gist(extraction) for extraction in told}


def test_accounts_are_those_that_the_store_gives(told: tuple[Extraction, ...], tables: Tables) -> None:
    with open_with(tables) as store:
        gists = make_gists(store, told)
        put(store, *told)
        reader = Reader(store, load_settings())
        sent = [account for gist in gists.values() for account in gist.accounts]
        assert len({account.account.id for account in sent}) == len(sent) > len(told)
        own = [one for one in sent if not reader.is_renamed(one.account.id)]
        assert [one.account for one in own] == [reader.account(one.account.id) for one in own]
        assert [one.entry.keys for one in own] == [make_keys(one.account, reader.settings) for one in own]
        assert len(own) > len(sent) / 2


@pytest.mark.parametrize("size", [7, 1000])
def test_links_are_the_same_with_and_without(
    linked: Store, told: tuple[Extraction, ...], tables: Tables, size: int
) -> None:
    articles = iter(told)
    with open_with(tables) as store:
        while chunk := tuple(islice(articles, size)):
            put(store, *chunk)
            link_store(store, gists=make_gists(store, chunk))
        assert links(store) == links(linked)
        assert index(store) == index(linked)


def test_a_name_that_stands_for_another_is_read_as_that(
    linked: Store, told: tuple[Extraction, ...], tables: Tables
) -> None:
    """People decide that two persons are one: accounts that name them are no longer as their articles tell them."""
    gists = make_gists(linked, told)
    persons = sorted({name for gist in gists.values() for name in gist.persons})[:6]
    pairs = list(zip(persons[::2], persons[1::2], strict=True))
    assert pairs
    decisions = Decisions({pair: Decision(*pair, same=True, row=2) for pair in pairs})

    def link(gists: Gists) -> set[Quad]:
        with open_with(tables) as store:
            put(store, *told)
            link_store(store, decisions, gists=gists)
            return index(store) | links(store)

    assert link(gists) == link({}) != index(linked) | links(linked)

"""The stories of tests/stories, read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.evaluate.stories import Stories, read_stories
from kg.graph.links.linking import link_store
from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.ingest import extract_reads
from kg.knowledge.tables import Tables
from kg.records import Extraction
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).parents[2] / "stories"


@pytest.fixture(scope="session")
def stories() -> Stories:
    return read_stories(FOLDER)


@pytest.fixture(scope="session")
def told(stories: Stories, nlp: Language) -> tuple[Extraction, ...]:
    """What the pipeline finds in each article."""
    outcomes = tuple(extract_reads(read_articles([stories.articles]), nlp))
    assert all(isinstance(outcome, Extraction) for outcome in outcomes)
    return outcomes  # type: ignore[return-value]


def put(store: Store, *extractions: Extraction) -> None:
    """Store the graphs of some articles."""
    for extraction in extractions:
        store.replace_article(extraction.article.id, extraction_quads(extraction, store.base))


@pytest.fixture(scope="session")
def linked(told: tuple[Extraction, ...], tables: Tables) -> Iterator[Store]:
    """A store of all stories, linked; for reading only."""
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        put(store, *told)
        link_store(store)
        yield store

"""An extraction by hand, and stores that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import DEFAULT_BASE
from kg.graph.mapping import extraction_quads
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.knowledge.tables import Tables, load_tables
from kg.records import Extraction
from tests.graph.sample import make_sample


@pytest.fixture(scope="session")
def base() -> str:
    return DEFAULT_BASE


@pytest.fixture(scope="session")
def extraction() -> Extraction:
    return make_sample()


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables()


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store; every test that asks for it runs against both kinds."""
    with open_store(tmp_path / "store" if request.param == "disk" else None) as opened:
        yield opened


@pytest.fixture(scope="session")
def full(extraction: Extraction, tables: Tables) -> Iterator[Store]:
    """A store with the curated facts and the sample article; for reading only."""
    with open_store(None) as opened:
        opened.load_reference(reference_quads(tables, opened.base), "1")
        opened.replace_article(extraction.article.id, extraction_quads(extraction, opened.base))
        yield opened

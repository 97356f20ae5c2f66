"""What many tests share: the pipeline, loaded once, and the places of the samples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import kg

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parent.parent

# The first example of a property may load tables and models: time says nothing about the property.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The Russian pipeline."""
    return kg.load("ru")


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of sample articles."""
    return ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def annotations() -> Path:
    """The folder of the same articles, annotated."""
    return ROOT / "tests" / "annotations" / "dev-ru"


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the user's reaches a test."""
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)

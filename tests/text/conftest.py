"""What tests of the text side share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import AnalysisError
from kg.records import Extraction
from kg.text.extract import extract_articles
from tests.text.expectations import Case, read_cases

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """The whole table."""
    return list(read_cases())


@pytest.fixture(scope="session")
def extractions(nlp: Language, cases: list[Case]) -> dict[str, Extraction]:
    """What was read from each case, by its text; all are analysed together."""
    found = extract_articles(nlp, [case.article() for case in cases])
    results = dict(zip([case.text for case in cases], found, strict=True))
    assert not [str(r) for r in results.values() if isinstance(r, AnalysisError)]
    return {text: result for text, result in results.items() if isinstance(result, Extraction)}

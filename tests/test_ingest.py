"""Ingest: what was read becomes extractions and quads, and one bad article stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError, ReadError
from kg.graph.store import open_store
from kg.ingest import extract_reads, store_outcome
from kg.records import Article, Event, Extraction, Span
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language


def test_every_sample_is_read(articles: Path, nlp: Language) -> None:
    outcomes = list(extract_reads(read_articles([articles]), nlp))
    assert len(outcomes) == 32
    for outcome in outcomes:
        assert isinstance(outcome, Extraction)
        assert all(event.evidence for event in outcome.events)
        assert all(outcome.article.quote(span).strip() for event in outcome.events for span in event.evidence)


def test_errors_come_out_even_if_no_article_does(nlp: Language) -> None:
    errors = [ReadError("here", "bad"), ReadError("there", "bad")]
    assert list(extract_reads(errors, nlp)) == errors


ODD = (
    "Министр прибыл.",
    "\n\nПутин прибыл",
    "Путин\n\n\nв Москве",
    "а",
    "\u00a0\u2028x",
    "😀",
    "-",
    "Путин " * 3,
    "\t\n а",
)


@pytest.mark.parametrize("title", ["", "Заголовок", "\n", " "])
def test_odd_articles_are_analysed(title: str, nlp: Language) -> None:
    outcomes = list(extract_reads([Article(str(i), text, title=title) for i, text in enumerate(ODD)], nlp))
    assert [outcome for outcome in outcomes if isinstance(outcome, KgError)] == []


def test_article_in_another_language_is_an_error(nlp: Language) -> None:
    reads = [Article("a", "Minister arrived.", lang="en"), Article("b", "Министр прибыл.", lang="ru-RU")]
    error, extraction = extract_reads(reads, nlp)
    assert isinstance(extraction, Extraction)
    assert str(error) == "article 'a': its language is 'en', only 'ru' is known"


def test_extraction_that_contradicts_itself_is_an_error() -> None:
    event = Event("e1", "Visit", "occurred", "визит", (), (Span(0, 3),), Span(0, 3), part_of="e9")
    with open_store(None) as store:
        outcome = store_outcome(store, Extraction(Article("x", "текст"), events=(event,)))
        assert isinstance(outcome, KgError)
        assert "refers to e9" in str(outcome)
        assert list(store.articles()) == []


@pytest.mark.parametrize("identifier", ["../../x", "<b>", "a b", "a>b\n\"'", "ё/?#%", "x" * 3000])
def test_hostile_ids_are_stored_under_their_own_graph(identifier: str) -> None:
    with open_store(None) as store:
        outcome = store_outcome(store, Extraction(Article(identifier, "текст")))
        assert isinstance(outcome, Extraction)
        assert list(store.articles()) == [identifier]

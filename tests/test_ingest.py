"""Ingest: what was read stands in the store, once, and one bad article stops nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError, ReadError
from kg.graph.store import Store, open_store
from kg.ingest import KEPT_ERRORS, Outcome, Tally, build, extract_reads, store_outcome
from kg.records import Argument, Article, Entity, Event, Extraction, Span
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language

VISIT = {
    "id": "a",
    "title": "Путин прибыл в Астану",
    "text": "Президент России Владимир Путин 27 ноября прибыл с государственным визитом в Казахстан.",
    "published": "2024-11-27",
}
RAIN = {"id": "b", "title": "Погода", "text": "В четверг ожидается дождь."}


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def snapshot(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_build_stores_and_counts(tmp_path: Path, nlp: Language) -> None:
    path = write(tmp_path / "a.jsonl", VISIT, RAIN)
    seen: list[Outcome] = []
    with open_store(tmp_path / "store") as store:
        summary = build([path], store, seen.append, nlp)
        assert list(store.articles()) == ["a", "b"]
        assert store.reference_version()
    assert (summary.articles, summary.failed, summary.errors) == (2, 0, ())
    assert summary.events >= 1
    assert summary.entities >= 2
    assert [outcome.article.id for outcome in seen if isinstance(outcome, Extraction)] == ["a", "b"]


def test_building_twice_changes_nothing(tmp_path: Path, nlp: Language) -> None:
    path = write(tmp_path / "a.jsonl", VISIT, RAIN)
    with open_store(tmp_path / "store") as store:
        build([path], store, nlp=nlp)
        before = snapshot(store)
        build([path], store, nlp=nlp)
        assert snapshot(store) == before


def test_a_new_version_replaces_only_its_article(tmp_path: Path, nlp: Language) -> None:
    with open_store(None) as store:
        build([write(tmp_path / "a.jsonl", VISIT, RAIN)], store, nlp=nlp)
        before = snapshot(store)
        build(
            [write(tmp_path / "b.jsonl", VISIT | {"title": "Дождь", "text": "В Астане ожидается дождь."})],
            store,
            nlp=nlp,
        )
        after = snapshot(store)
    changed = before ^ after
    assert changed
    assert all("/article/a>" in quad or "/derived/a>" in quad for quad in changed)


def test_bad_articles_are_counted_and_the_rest_is_stored(tmp_path: Path, nlp: Language) -> None:
    path = write(tmp_path / "a.jsonl", "nonsense", VISIT, {"id": "c"}, RAIN, VISIT)
    seen: list[Outcome] = []
    with open_store(None) as store:
        summary = build([path, tmp_path / "none.txt"], store, seen.append, nlp)
        assert list(store.articles()) == ["a", "b"]
    assert (summary.articles, summary.failed) == (2, 4)
    assert sorted(str(error).removeprefix(str(tmp_path)) for error in summary.errors) == [
        "/a.jsonl line 1: not JSON: Expecting value (line 1, column 1 of it)",
        '/a.jsonl line 3: no "text"',
        "/a.jsonl line 5: the id 'a' was read before in this run; the first article stays",
        "/none.txt: no such file or folder",
    ]
    assert sum(isinstance(outcome, KgError) for outcome in seen) == 4


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


def test_tally_keeps_few_errors_and_each_entity_once() -> None:
    tally = Tally()
    for _ in range(KEPT_ERRORS + 5):
        tally.add(ReadError("here", "bad"))
    russia = Entity("country/RU", "Country", "Россия")
    event = Event("e1", "Visit", "occurred", "визит", (Argument("country", russia),), (Span(0, 3),), Span(0, 3))
    extraction = Extraction(Article("x", "текст"), events=(event, replace(event, key="e2")))
    tally.add(extraction)
    summary = tally.summary()
    assert (summary.failed, len(summary.errors)) == (KEPT_ERRORS + 5, KEPT_ERRORS)
    assert (summary.articles, summary.events, summary.entities) == (1, 2, 1)


def test_duplicates_and_other_languages_are_counted_apart(tmp_path: Path, nlp: Language) -> None:
    english = "The president said that the talks on the supply of gas would be held in the capital of the country."
    repeated = VISIT | {"id": "c", "url": "https://news.example/c"}
    path = write(tmp_path / "a.jsonl", VISIT, repeated, {"id": "d", "text": english})
    with open_store(None) as store:
        summary = build([path], store, nlp=nlp)
        assert list(store.articles()) == ["a"]
    assert (summary.articles, summary.failed, summary.duplicates, summary.foreign) == (1, 0, 1, 1)

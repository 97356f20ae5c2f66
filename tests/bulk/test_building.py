"""Builds: what was read stands in the store, once, and one bad article stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.bulk.building import build
from kg.bulk.settings import Settings
from kg.bulk.tally import KEPT_ERRORS, Outcome, Tally
from kg.errors import KgError, ReadError
from kg.graph.store import Store, open_store
from kg.ingest import Reading
from kg.records import LONGEST, Article
from kg.sources.reading import Read, read_articles

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
        summary = build(read_articles([path]), store, seen.append, nlp=nlp)
        assert list(store.articles()) == ["a", "b"]
        assert store.reference_version()
    assert (summary.articles, summary.failed, summary.errors) == (2, 0, ())
    assert summary.events >= 1
    assert summary.entities >= 2
    assert [outcome.article for outcome in seen if isinstance(outcome, Reading)] == ["a", "b"]


def test_building_twice_changes_nothing(tmp_path: Path, nlp: Language) -> None:
    path = write(tmp_path / "a.jsonl", VISIT, RAIN)
    with open_store(tmp_path / "store") as store:
        build(read_articles([path]), store, nlp=nlp)
        before = snapshot(store)
        build(read_articles([path]), store, nlp=nlp)
        assert snapshot(store) == before


def test_a_new_version_replaces_only_its_article(tmp_path: Path, nlp: Language) -> None:
    with open_store(None) as store:
        build(read_articles([write(tmp_path / "a.jsonl", VISIT, RAIN)]), store, nlp=nlp)
        before = snapshot(store)
        rain = VISIT | {"title": "Дождь", "text": "В Астане ожидается дождь."}
        summary = build(read_articles([write(tmp_path / "b.jsonl", rain)]), store, nlp=nlp)
        after = snapshot(store)
    assert (summary.articles, summary.replaced) == (1, 1)
    changed = before ^ after
    assert changed
    assert all("/article/a>" in quad or "/derived/a>" in quad for quad in changed)


def test_bad_articles_are_counted_and_the_rest_is_stored(tmp_path: Path, nlp: Language) -> None:
    path = write(tmp_path / "a.jsonl", "nonsense", VISIT, {"id": "c"}, RAIN, VISIT)
    seen: list[Outcome] = []
    with open_store(None) as store:
        summary = build(read_articles([path, tmp_path / "none.txt"]), store, seen.append, nlp=nlp)
        assert list(store.articles()) == ["a", "b"]
    assert (summary.articles, summary.failed) == (2, 4)
    assert sorted(str(error).removeprefix(str(tmp_path)) for error in summary.errors) == [
        "/a.jsonl line 1: not JSON: Expecting value (line 1, column 1 of it)",
        '/a.jsonl line 3: no "text"; the keys are id',
        "/a.jsonl line 5: the id 'a' was read before in this run; the first article stays",
        "/none.txt: no such file or folder",
    ]
    assert sum(isinstance(outcome, KgError) for outcome in seen) == 4


def test_tally_keeps_few_errors_and_each_entity_once() -> None:
    tally = Tally()
    for _ in range(KEPT_ERRORS + 5):
        tally.add(ReadError("here", "bad"))
    tally.add(Reading("x", b"", events=2, documents=0, entities=(1, 2)))
    tally.add(Reading("y", b"", events=1, documents=1, entities=(2, 3)))
    summary = tally.summary()
    assert (summary.failed, len(summary.errors)) == (KEPT_ERRORS + 5, KEPT_ERRORS)
    assert (summary.articles, summary.events, summary.documents, summary.entities) == (2, 3, 1, 3)


def test_kept_errors_hold_nothing_of_the_files() -> None:
    """What an error came from, as a file in the wrong encoding, would stay in memory with it."""
    tally = Tally()
    try:
        try:
            b"\xff".decode()
        except UnicodeDecodeError:
            raise ReadError("here", "bad") from None
    except ReadError as error:
        tally.add(error)
    (kept,) = tally.summary().errors
    assert (kept.__context__, kept.__cause__, kept.__traceback__) == (None, None, None)


def test_what_cannot_be_read_is_told_at_once(nlp: Language) -> None:
    """Not when the next article is read, before which there may be millions that are not."""
    seen: list[Outcome] = []

    def read() -> Iterator[Read]:
        yield ReadError("here", "bad")
        assert [str(outcome) for outcome in seen] == ["here: bad"]
        yield Article("long", "я" * (LONGEST + 1))
        assert len(seen) == 2

    with open_store(None) as store:
        summary = build(read(), store, seen.append, nlp=nlp)
    assert (summary.articles, summary.failed) == (0, 2)
    assert "too long for one article" in str(seen[1])


class Interrupted(Store):
    """A store at which Ctrl-C comes while it stores articles, the first time."""

    broken = False

    def put_articles(self, graphs: Iterable[tuple[str, bytes]]) -> int:
        if not self.broken:
            self.broken = True
            raise KeyboardInterrupt
        return super().put_articles(graphs)


def test_interrupt_while_it_stores_loses_nothing(tmp_path: Path, nlp: Language) -> None:
    with open_store(None) as inner:
        store = Interrupted(inner.inner, inner.base, inner.where)
        summary = build(read_articles([write(tmp_path / "a.jsonl", VISIT, RAIN)]), store, nlp=nlp)
        assert (summary.finished, summary.articles) == (False, 2)
        assert list(store.articles()) == ["a", "b"]


def test_interrupt_while_it_links_does_not_link_again(
    tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []

    def interrupt(*arguments: object) -> None:
        calls.append(arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.bulk.building.link_in_chunks", interrupt)
    with open_store(None) as store:
        reads = read_articles([write(tmp_path / "a.jsonl", VISIT, RAIN)])
        assert not build(reads, store, settings=Settings(linked=1), nlp=nlp).finished
        assert list(store.articles()) == ["a", "b"]
    assert len(calls) == 1

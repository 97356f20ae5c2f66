"""Workers: whatever an article does to one, the others are read, and the culprit is found."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.bulk.building import build
from kg.bulk.crew import Crew
from kg.bulk.hand import Hand, start_hand
from kg.bulk.messages import Setup
from kg.bulk.quarantine import Quarantine, quarantine_path
from kg.bulk.settings import Settings
from kg.bulk.tally import Summary
from kg.config import DEFAULT_BASE
from kg.errors import DataError
from kg.graph.store import open_store
from kg.ingest import Reading
from kg.records import Article

PLAIN = "Президент России Владимир Путин 27 ноября прибыл с государственным визитом в Казахстан."


def make_texts(**texts: str) -> list[Article]:
    """Plain articles around those with a text of their own."""
    plain = [Article(f"plain-{number}", PLAIN) for number in range(4)]
    return [*plain[:2], *(Article(id_, text) for id_, text in texts.items()), *plain[2:]]


def build_with(path: Path, articles: list[Article], settings: Settings) -> Summary:
    with open_store(path) as store:
        return build(articles, store, settings=settings)


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize(
    ("word", "settings", "reason"),
    [
        ("КРАХ", Settings(workers=1), "it crashed the process (SIGABRT)"),
        ("ЗАВИС", Settings(workers=1, seconds=8), "it takes more than 8 seconds"),
        ("ПУХНЕТ", Settings(workers=1, memory=2**30), "it takes more than 1,024 MB"),
    ],
)
def test_poison_is_quarantined_and_the_rest_is_read(tmp_path: Path, word: str, settings: Settings, reason: str) -> None:
    store, articles = tmp_path / "store", make_texts(poison=f"{PLAIN} {word}")
    summary = build_with(store, articles, settings)
    assert (summary.articles, summary.failed, summary.quarantined) == (4, 1, 1)
    assert str(summary.errors[0]) == f"article 'poison': {reason}; it is put into quarantine"
    (line,) = quarantine_path(store).read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["article"], entry["reason"]) == ("poison", reason)
    with open_store(store, read_only=True) as source:
        assert list(source.articles()) == [f"plain-{number}" for number in range(4)]
    again = build_with(store, articles, settings)  # it is not tried again
    assert (again.unchanged, again.quarantined) == (4, 1)
    assert len(quarantine_path(store).read_text(encoding="utf-8").splitlines()) == 1
    mended = build_with(store, make_texts(poison=PLAIN), settings)
    assert (mended.articles, mended.failed) == (1, 0)


def test_killed_worker_costs_no_article() -> None:
    """A worker that somebody kills is no fault of its articles: they are read by the next one."""
    articles = [Article(str(number), PLAIN) for number in range(40)]
    with Crew(Setup(DEFAULT_BASE), Settings(workers=1)) as crew:
        found = crew.read(articles)
        first = next(found)
        os.kill(crew.hands[0].process.pid, signal.SIGKILL)
        rest = [result for results in found for result in results]
    assert {result.article for result in (*first, *rest) if isinstance(result, Reading)} == {a.id for a in articles}


def test_worker_that_has_grown_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.bulk.hand.GROWTH", -1)  # whatever it takes is more
    started = list[Setup]()

    def start(setup: Setup) -> Hand:
        started.append(setup)
        return start_hand(setup)

    monkeypatch.setattr("kg.bulk.crew.start_hand", start)
    articles = [Article(str(number), PLAIN) for number in range(40)]
    with Crew(Setup(DEFAULT_BASE), Settings(workers=1)) as crew:
        assert sum(map(len, crew.read(articles))) == len(articles)
    assert len(started) > 1


def test_workers_end_with_their_build() -> None:
    with Crew(Setup(DEFAULT_BASE), Settings(workers=2)) as crew:
        for _ in crew.read([Article(str(number), PLAIN) for number in range(40)]):
            pass
        processes = [hand.process for hand in crew.hands]
        assert 1 <= len(processes) <= 2
    assert all(process.poll() is not None for process in processes)


def test_crew_takes_no_more_than_it_can_read() -> None:
    """An endless source is read as fast as the workers are, not faster."""
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article(str(taken), PLAIN)

    with Crew(Setup(DEFAULT_BASE), Settings(workers=1)) as crew:
        found = crew.read(endless())
        read = sum(len(next(found)) for _ in range(3))
        assert taken <= read + crew.most + 1


def test_worker_that_cannot_start_is_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "person.tsv").write_text("nonsense\n", encoding="utf-8")
    monkeypatch.setenv("KG_REFERENCE", str(tmp_path))
    with Crew(Setup(DEFAULT_BASE), Settings(workers=1)) as crew, pytest.raises(DataError, match=r"person\.tsv"):
        list(crew.read([Article("a", PLAIN)]))


def test_hang_in_this_process_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import razdel

    split = razdel.sentenize
    monkeypatch.setattr("razdel.sentenize", lambda text: time.sleep(60) if "ЗАВИС" in text else split(text))
    assert threading.current_thread() is threading.main_thread()
    summary = build_with(tmp_path / "store", make_texts(poison="ЗАВИС"), Settings(seconds=5))
    assert (summary.articles, summary.quarantined) == (4, 1)


def test_a_title_of_odd_lines_stays_in_quarantine(tmp_path: Path) -> None:
    """What else Python takes for the end of a line may stand in a title."""
    article = Article("odd", PLAIN, title="a\u2028b\u0085c")
    Quarantine(tmp_path / "q.jsonl", "run").add(article, "it crashed")
    assert Quarantine(tmp_path / "q.jsonl", "run").find(article)


@pytest.mark.usefixtures("faults")
def test_no_article_is_blamed_for_what_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TEST_MISSING", "pyshacl")
    store = tmp_path / "store"
    with pytest.raises(DataError, match="validation needs pyshacl"):
        build_with(store, make_texts(), Settings(workers=1, validate=True))
    assert not quarantine_path(store).exists()

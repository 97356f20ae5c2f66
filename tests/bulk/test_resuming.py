"""Builds that break off go on, and end in exactly the store that an undisturbed build gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.bulk.articles import make_articles
from kg.bulk.building import build, link_in_chunks
from kg.bulk.settings import Settings
from kg.graph.iris import graph_iri
from kg.graph.ontology import DKG
from kg.graph.store import open_store
from kg.sources.reading import read_articles
from tests.bulk.conftest import snapshot, write_articles

if TYPE_CHECKING:
    from spacy.language import Language

FEW = 20
ENVIRONMENT = os.environ | {"PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"}
BUILD = """
import sys
from itertools import islice
from pathlib import Path
from kg.bulk.building import build
from kg.bulk.settings import Settings
from kg.graph.store import open_store
from kg.sources.reading import read_articles

with open_store(Path(sys.argv[2])) as store:
    reads = islice(read_articles([sys.argv[1]]), 36)
    build(reads, store, lambda outcome: print(type(outcome).__name__), Settings(workers=2, linked=7))
    print("done")
"""


def start_build(articles: Path, store: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILD, str(articles), str(store)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)


def read_lines(process: subprocess.Popen[str], most: int) -> list[str]:
    """Outcomes, until there are so many that are new, or the build ends."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if lines.count("Reading") >= most:
            break
    return lines


@pytest.mark.slow
def test_killed_at_twenty_moments(made_up: Path, tmp_path: Path) -> None:
    with start_build(made_up, tmp_path / "whole") as process:
        assert read_lines(process, 1000)[-1] == "done"
    chance = random.Random(20)
    for _ in range(20):
        with start_build(made_up, tmp_path / "killed") as process:
            read_lines(process, chance.choice((0, 1, 1, 2, 5)))
            time.sleep(chance.random() * 0.5)
            process.kill()
    with start_build(made_up, tmp_path / "killed") as process:
        assert read_lines(process, 1000)[-1] == "done"
    assert snapshot(tmp_path / "killed") == snapshot(tmp_path / "whole")


@pytest.mark.parametrize("sizes", [(FEW,), (1, 2, 9, FEW)])
def test_the_store_is_the_same_whatever_was_read_before(
    made_up: Path, tmp_path: Path, nlp: Language, sizes: Sequence[int]
) -> None:
    reads = list(read_articles([made_up]))[:FEW]
    with open_store(None) as whole, open_store(None) as parts:
        build(reads, whole, nlp=nlp)
        for size in sizes:
            build(reads[:size], parts, nlp=nlp, settings=Settings(linked=5))
        assert set(map(str, parts.quads())) == set(map(str, whole.quads()))


@pytest.mark.parametrize("most", [1, 7, FEW, 1000])
def test_links_made_anew_in_chunks_are_the_same(made_up: Path, nlp: Language, most: int) -> None:
    with open_store(None) as store:
        build(list(read_articles([made_up]))[:FEW], store, nlp=nlp)
        before = set(store.quads())
        marker = graph_iri(store.base, "store")
        store.update(f"DELETE WHERE {{ GRAPH {marker} {{ {marker} dkg:linksVersion ?version }} }}")
        link_in_chunks(store, None, most)
        assert set(store.quads()) == before
        assert not list(store.inner.quads_for_pattern(None, DKG.unlinked, None, None))


def test_what_stands_there_as_it_is_is_not_read_again(made_up: Path, nlp: Language) -> None:
    reads = list(read_articles([made_up]))[:5]
    with open_store(None) as store:
        build(reads[:3], store, nlp=nlp)
        summary = build(reads, store, nlp=nlp)
        assert (summary.articles, summary.unchanged) == (2, 3)
        again = build(reads, store, nlp=nlp, settings=Settings(rebuild=True))
        assert (again.articles, again.unchanged) == (5, 0)
        other = build(reads, store, nlp=nlp, settings=Settings(least=0.9))
        assert (other.articles, other.unchanged) == (5, 0)


@pytest.mark.slow
def test_the_store_is_the_same_whatever_the_number_of_workers(made_up: Path, tmp_path: Path, nlp: Language) -> None:
    reads = list(read_articles([made_up]))
    with open_store(tmp_path / "one") as store:
        build(reads, store, nlp=nlp)
    with open_store(tmp_path / "two") as store:
        build(reads, store, settings=Settings(workers=2))
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_keeps_what_was_done(tmp_path: Path, number: signal.Signals) -> None:
    articles = write_articles(tmp_path / "articles.jsonl", make_articles(400))
    command = [sys.executable, "-m", "kg", "build", str(articles), "--store", str(tmp_path / "store"), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        deadline = time.monotonic() + 300
        while not count_articles(tmp_path / "store") and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    kept = count_articles(tmp_path / "store")
    assert errors == f"kg: interrupted; {kept} articles are in the store, the same command goes on from there\n"
    assert 0 < kept < 400


def count_articles(path: Path) -> int:
    """The articles of a store that somebody may be writing to."""
    if not (path / "CURRENT").exists():
        return 0
    try:
        with open_store(path, read_only=True) as store:
            return len(list(store.articles()))
    except Exception:  # the writer has just replaced a file
        return 0

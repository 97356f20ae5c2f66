"""Made-up articles, and faults that come with them: a word in a text that makes a library crash, hang or swell."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.bulk.articles import make_articles
from kg.graph.store import open_store
from kg.records import Article

# Python runs a module of this name at its start, in workers as well.
FAULTS = """
import os, sys, time
import razdel

if os.environ.get("KG_TEST_MISSING"):
    sys.modules[os.environ["KG_TEST_MISSING"]] = None  # to import it fails

split = razdel.sentenize

def sentenize(text):
    if "КРАХ" in text:
        os.abort()
    if "ЗАВИС" in text:
        time.sleep(1000)
    if "ПУХНЕТ" in text:
        held = [b"x" * 2**20 for _ in range(6000)]
        time.sleep(1000)
    return split(text)

razdel.sentenize = sentenize
"""


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that start from now on crash, hang or swell at certain words."""
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


def write_articles(path: Path, articles: Iterable[Article]) -> Path:
    """Articles as lines of JSON."""
    lines = (
        json.dumps({"id": a.id, "title": a.title, "text": a.text, "published": str(a.published)}) for a in articles
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def snapshot(path: Path) -> set[str]:
    """All quads of a store but its bookkeeping."""
    with open_store(path, read_only=True) as store:
        return {str(quad) for quad in store.quads()}


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of sixty articles."""
    return write_articles(tmp_path_factory.mktemp("made-up") / "articles.jsonl", make_articles(60))

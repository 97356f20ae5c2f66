"""Spark gives the same quads as a build, also after its Java machine was killed."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.bulk.articles import make_articles
from kg.bulk.building import build
from kg.bulk.loading import load_store
from kg.bulk.settings import EACH
from kg.errors import DataError
from kg.graph.store import open_store
from kg.records import Article
from kg.sources.reading import read_articles
from tests.bulk.conftest import snapshot, write_articles

if TYPE_CHECKING:
    from spacy.language import Language

pytest.importorskip("pyspark", reason="needs pyspark: pip install 'diplomatic-kg[spark]'")
if shutil.which("java") is None:
    pytest.skip("needs Java", allow_module_level=True)

ARTICLES, FILE = 36, 9
PATIENCE = 600


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four files, with a line that is no article and an article in another language."""
    folder = tmp_path_factory.mktemp("spark") / "articles"
    folder.mkdir()
    articles = make_articles(ARTICLES)
    for number in range(ARTICLES // FILE):
        write_articles(folder / f"{number}.jsonl", islice(articles, FILE))
    with (folder / "0.jsonl").open("a", encoding="utf-8") as out:
        out.write("nonsense\n" + json.dumps({"id": "en", "lang": "en", "text": "Minister arrived."}) + "\n")
    return folder


def start_job(source: Path, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "bulk", "spark", str(source), str(output), "--files", "1", "--parts", "2"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.Popen(
        [*command, "--master", "local[2]"], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )


def list_batches(output: Path) -> list[Path]:
    """The batches that are whole."""
    return sorted(path.parent for path in output.glob("batch=*/_SUCCESS"))


def check_output(source: Path, output: Path, folder: Path, nlp: Language) -> None:
    load_store([output], folder / "loaded")
    with open_store(folder / "built") as store:
        build(read_articles([source], settings=EACH), store, nlp=nlp)
    assert snapshot(folder / "loaded") == snapshot(folder / "built")
    packed = output.glob("batch=*/kind=errors/*.gz")
    lines = [line for path in packed for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    errors = sorted(json.loads(line)["error"] for line in lines)
    assert len(errors) == 2
    assert errors[1].startswith("article 'en': its language is 'en'") or errors[0].startswith("article 'en'")


@pytest.mark.slow
def test_the_same_articles_give_the_same_quads(source: Path, tmp_path: Path, nlp: Language) -> None:
    assert start_job(source, tmp_path / "quads").wait(PATIENCE) == 0
    assert len(list_batches(tmp_path / "quads")) == 4
    check_output(source, tmp_path / "quads", tmp_path, nlp)


@pytest.mark.slow
def test_a_job_whose_machine_was_killed_goes_on(source: Path, tmp_path: Path, nlp: Language) -> None:
    output = tmp_path / "quads"
    process, deadline = start_job(source, output), time.monotonic() + PATIENCE
    while not list_batches(output) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)  # the Java machine, its Python and the workers
    process.wait()
    done = {path: path.stat().st_mtime_ns for path in list_batches(output)[:-1]}
    assert len(list_batches(output)) < 4
    assert start_job(source, output).wait(PATIENCE) == 0
    assert len(list_batches(output)) == 4
    assert done == {path: path.stat().st_mtime_ns for path in done}
    check_output(source, output, tmp_path, nlp)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["parquet", "files"])
def test_other_forms(form: str, tmp_path: Path) -> None:
    from kg.bulk.spark import Job, open_session, run_job

    folder = tmp_path / "articles"
    folder.mkdir()
    article = next(make_articles(1))
    FORMS[form](folder, article)
    job = Job(str(folder), str(tmp_path / "quads"), "https://example.org/", form, parts=1)
    assert run_job(open_session("local[1]"), job) == 1
    load_store([tmp_path / "quads"], tmp_path / "store", "https://example.org/")
    with open_store(tmp_path / "store", read_only=True) as store:
        assert list(store.articles()) == [article.id]


@pytest.mark.slow
def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    from kg.bulk.spark import Job, open_session, run_job

    with pytest.raises(DataError, match="the Spark job failed"):
        run_job(open_session("local[1]"), Job(str(tmp_path / "none"), str(tmp_path / "quads"), "https://example.org/"))


def write_parquet(folder: Path, article: Article) -> None:
    import pandas

    row = {"id": article.id, "title": article.title, "text": article.text, "published": str(article.published)}
    pandas.DataFrame([row]).to_parquet(folder / "a.parquet")


FORMS = {"parquet": write_parquet, "files": lambda folder, article: write_articles(folder / "a.jsonl", [article])}

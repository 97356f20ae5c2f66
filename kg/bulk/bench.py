"""What a build takes: time an article and memory of a worker, by the number of articles and of workers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.bulk.articles import dump_articles
from kg.bulk.hand import PACKAGE, THREADS
from kg.bulk.record import runs_path

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Measure:
    """One build: seconds by the clock, of all processors and of the build's own process (``own``); bytes of the largest
    worker, of the build and of the store.
    """

    articles: int
    workers: int
    seconds: float
    cpu: float
    own: float
    worker: int
    parent: int
    disk: int

    def __str__(self) -> str:
        each = 1000 * self.cpu / self.articles
        return (
            f"{self.articles:7,} articles, {self.workers} workers: {self.seconds:8.1f} s, "
            f"{self.articles / self.seconds:6.1f} a second, {each:6.1f} ms of processor each "
            f"({1000 * self.own / self.articles:.1f} of them to store and link), "
            f"worker {self.worker / MEGABYTE:5.0f} MB, build {self.parent / MEGABYTE:5.0f} MB, "
            f"store {self.disk / self.articles / 1024:5.1f} KB each"
        )


def bench_builds(sizes: Iterable[int], workers: Iterable[int]) -> None:
    """Print what builds of these sizes take, each into a new store, and how they compare with the first."""
    first: Measure | None = None
    for measure in measure_builds(sizes, workers):
        print(measure, flush=True)
        if first is not None:
            each = (measure.cpu / measure.articles) / (first.cpu / first.articles)
            speed = (measure.articles / measure.seconds) / (first.articles / first.seconds)
            memory = measure.worker / first.worker
            print(f"{'':8}against the first: processor {each:.2f}, speed {speed:.2f}, worker's memory {memory:.2f}")
        first = first or measure


def measure_builds(sizes: Iterable[int], workers: Iterable[int]) -> Iterator[Measure]:
    """Each size with each number of workers."""
    numbers = tuple(workers)
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            path = Path(folder) / "articles.jsonl"
            with path.open("wb") as out:
                dump_articles(size, out)
            for number in numbers:
                yield measure_build(path, Path(folder) / "store", size, number)


def measure_build(articles: Path, store: Path, size: int, workers: int) -> Measure:
    """One build by ``kg build`` in processes of its own."""
    command = [sys.executable, "-m", "kg", "build", str(articles), "--store", str(store), "--workers", str(workers)]
    environment = os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": str(PACKAGE)}
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    (record,) = runs_path(store).glob("*.json")
    found = json.loads(record.read_text(encoding="utf-8"))
    disk = sum(file.stat().st_size for file in store.iterdir())
    shutil.rmtree(store)
    shutil.rmtree(runs_path(store))
    cpu = usage.ru_utime + usage.ru_stime
    own = found["processor_seconds"]
    return Measure(size, workers, seconds, cpu, own, found["worker_memory"], found["memory"], disk)

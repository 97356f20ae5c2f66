"""Whether Spark and a build give the same quads, also when Spark is killed half-way and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.bulk.articles import dump_articles
from kg.bulk.building import build
from kg.bulk.hand import PACKAGE, THREADS
from kg.bulk.loading import load_store
from kg.bulk.settings import EACH
from kg.graph.store import open_store
from kg.sources.reading import read_articles

FILES = 20


def compare_spark(number: int, cores: int) -> bool:
    """Read so many made-up articles both ways and print whether the stores are the same."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as place:
        folder, output = Path(place, "articles"), Path(place, "quads")
        write_files(number, folder)
        process = start_job(folder, output, cores)
        while process.poll() is None and len(list(output.glob("batch=*/_SUCCESS"))) < FILES // 2:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(f"killed after {len(list(output.glob('batch=*/_SUCCESS')))} of {FILES} batches", flush=True)
        status = start_job(folder, output, cores).wait()
        load_store([output], Path(place, "loaded"))
        with open_store(Path(place, "built")) as store:
            build(read_articles([folder], settings=EACH), store)
        loaded, built = read_quads(Path(place, "loaded")), read_quads(Path(place, "built"))
        print(f"status {status}; {len(built):,} quads, {len(loaded ^ built):,} of them in one store only")
        return loaded == built


def write_files(number: int, folder: Path) -> None:
    """The articles, dealt to files."""
    folder.mkdir()
    size = -(-number // FILES)
    for start in range(0, number, size):
        with (folder / f"{start:07}.jsonl").open("wb") as out:
            dump_articles(min(size, number - start), out, start)


def start_job(folder: Path, output: Path, cores: int) -> subprocess.Popen[bytes]:
    """The job in a session of its own, which can be killed as a whole."""
    command = [sys.executable, "-m", "kg", "bulk", "spark", str(folder), str(output), "--master", f"local[{cores}]"]
    environment = os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": str(PACKAGE)}
    return subprocess.Popen(
        [*command, "--files", "1", "--parts", str(cores)],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def read_quads(path: Path) -> frozenset[int]:
    """Hashes of all quads but the bookkeeping."""
    with open_store(path, read_only=True) as store:
        return frozenset(hash(str(quad)) for quad in store.quads())

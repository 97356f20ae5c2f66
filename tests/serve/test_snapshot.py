"""Snapshots beside a writer: always a state that the store had, and never in its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from kg.errors import StoreError
from kg.graph.iris import article_iri
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store
from kg.serve.snapshot import Gallery, Snapshot, read_state

WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, Quad
from kg.graph.iris import article_iri
from kg.graph.ontology import DKG
from kg.graph.store import open_store

with open_store(Path(sys.argv[1])) as store:
    graph = article_iri(store.base, "a")
    for version in range(10**6):
        store.replace_article("a", [Quad(graph, DKG.iso2, Literal(f"{version} {n}"), graph) for n in range(2000)])
        if version % 7 == 0:
            store.inner.flush()
        if version % 20 == 0:
            store.inner.bulk_extend([Quad(graph, DKG.iso2, Literal(f"{version} {n}"), graph) for n in range(2000)])
            store.inner.optimize()
        print(version, flush=True)
"""


def put(store: Store, text: str) -> None:
    graph = article_iri(store.base, text)
    store.replace_article(text, [Quad(graph, DKG.iso2, Literal(text), graph)])


def read(snapshot: Snapshot) -> list[str]:
    with open_store(snapshot.path, read_only=True) as opened:
        return sorted(str(quad.object.value) for quad in opened.quads())  # type: ignore[union-attr]


def test_it_holds_what_the_log_alone_holds(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", base="https://example.org/id/") as store:
        put(store, "a")
        gallery = Gallery(tmp_path / "store")
        first = gallery.take()
        assert first.base == store.base
        put(store, "b")
        assert first.state != read_state(tmp_path / "store")
        second = gallery.take()
        assert (read(first), read(second)) == (["a"], ["a", "b"])
        gallery.drop(first)
        gallery.close()
        put(store, "c")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]
    with open_store(tmp_path / "store") as store:
        assert len(list(store.quads())) == 3


def test_a_busy_writer_is_caught_between_two_versions(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        gallery = Gallery(folder)
        versions = []
        for _ in range(25):
            done = int(writer.stdout.readline())
            held = [text.split()[0] for text in read(gallery.take())]
            assert len(held) == 2000
            assert len(set(held)) == 1
            versions.append((done, int(held[0])))
        assert writer.poll() is None
        writer.kill()
    gallery.close()
    assert all(held >= done for done, held in versions)


def test_nothing_to_take(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path / "store")
    with pytest.raises(StoreError, match="no store"):
        gallery.take()
    gallery.close()


def test_what_a_killed_server_left_is_removed(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    code = (
        "import os, sys; from pathlib import Path; from kg.serve.snapshot import Gallery\n"
        "Gallery(Path(sys.argv[1])).take(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    first, second = Gallery(tmp_path / "store"), Gallery(tmp_path / "store")
    assert len(list(tmp_path.iterdir())) == 3
    assert first.folder.exists()
    first.close()
    second.close()

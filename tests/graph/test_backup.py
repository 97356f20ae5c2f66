"""Backups give back every quad; whatever goes wrong on the way leaves what was there."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, Quad

from kg.errors import ReadError, StoreError
from kg.graph.backup import backup_store, compact_store, restore_store
from kg.graph.iris import article_iri
from kg.graph.loading import find_quads, replace_folder
from kg.graph.mapping import extraction_quads
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store
from kg.records import Article, Extraction


def fill(path: Path, *ids: str) -> Path:
    with open_store(path, base="https://example.org/") as store:
        for id_ in ids:
            store.replace_article(id_, extraction_quads(Extraction(Article(id_, "текст")), store.base))
    return path


def snapshot(path: Path) -> set[str]:
    """All quads, bookkeeping as well."""
    with open_store(path, read_only=True) as store:
        return set(map(str, store.inner))


@pytest.mark.parametrize("name", ["backup.nq", "backup.nq.gz", "backup"])
def test_round_trip(tmp_path: Path, name: str) -> None:
    path, target = fill(tmp_path / "store", "a", "b"), tmp_path / name
    with open_store(path) as store:
        backup_store(store, target)
        with pytest.raises(StoreError, match="overwrites nothing"):
            backup_store(store, target)
    before = snapshot(path)
    fill(path, "c")
    assert restore_store(target, tmp_path / "new") == len(before)
    assert snapshot(tmp_path / "new") == before
    with pytest.raises(StoreError, match="--replace"):
        restore_store(target, path)
    restore_store(target, path, replace=True)
    assert snapshot(path) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["store", "new", name])


def test_names_of_other_files_are_refused(tmp_path: Path) -> None:
    """A folder of such a name would be taken for what it is not."""
    with open_store(tmp_path / "store") as store, pytest.raises(StoreError, match="or a file of N-Quads"):
        backup_store(store, tmp_path / "backup.nq.zst")


def test_broken_backups_leave_the_store(tmp_path: Path) -> None:
    path = fill(tmp_path / "store", "a")
    before = snapshot(path)
    (tmp_path / "cut.nq.gz").write_bytes(gzip.compress(b"<a> <b> <c> <d> .\n" * 1000)[:50])
    (tmp_path / "wrong.nq").write_text("nonsense", encoding="utf-8")
    (tmp_path / "empty.nq").write_text("", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "export.nq").write_text("<http://x/a> <http://x/b> <http://x/c> <http://x/d> .\n", encoding="utf-8")
    for name in ("cut.nq.gz", "wrong.nq", "empty.nq", "export.nq", "folder", "none"):
        with pytest.raises(StoreError):
            restore_store(tmp_path / name, path, replace=True)
        assert snapshot(path) == before
    assert not list(tmp_path.glob(".store*"))


def test_a_store_that_is_written_to_is_not_replaced(tmp_path: Path) -> None:
    path = fill(tmp_path / "store", "a")
    with open_store(path) as store:
        backup_store(store, tmp_path / "backup.nq")
    code = "import sys, time; from pathlib import Path; from kg.graph.store import open_store\n"
    code += "with open_store(Path(sys.argv[1])): print('open', flush=True); time.sleep(100)"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match="another process is writing"):
            restore_store(tmp_path / "backup.nq", path, replace=True)
        writer.kill()


def test_folders_of_others_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("dear")
    with pytest.raises(StoreError, match="not a store"), replace_folder(tmp_path, replace=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_compacting_changes_nothing(tmp_path: Path) -> None:
    path = fill(tmp_path / "store", *map(str, range(50)))
    before = snapshot(path)
    with open_store(path) as store:
        sizes = compact_store(store)
    assert min(sizes) > 0
    assert snapshot(path) == before


def test_files_of_quads_are_found(tmp_path: Path) -> None:
    for name in ("b=0/kind=quads/part-0.txt.gz", "b=0/kind=errors/part-0.txt.gz", "_checkpoint/x.nq", "a.trig", "a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_quads([tmp_path])]
    assert found == ["a.trig", "b=0/kind=quads/part-0.txt.gz"]
    for wrong in (tmp_path / "none", tmp_path / "_checkpoint"):
        with pytest.raises(ReadError):
            find_quads([wrong / "below"])


def test_a_store_of_the_format_before_is_brought_to_this_one(tmp_path: Path) -> None:
    path = fill(tmp_path / "store", "a")
    inner = ox.Store(str(path))
    (marker,) = inner.quads_for_pattern(None, DKG.storeFormat, None, None)
    inner.remove(marker)
    inner.add(Quad(marker.subject, DKG.storeFormat, Literal("1"), marker.graph_name))
    inner.flush()
    del inner
    with open_store(path, read_only=True) as store:
        assert list(store.articles()) == ["a"]
    open_store(path).close()
    with open_store(path, read_only=True) as store:
        formats = [quad.object.value for quad in store.inner.quads_for_pattern(None, DKG.storeFormat, None, None)]  # type: ignore[union-attr]
    assert formats == ["2"]


def test_articles_of_workers_are_stored_as_others_are(tmp_path: Path) -> None:
    """New ones come in one transaction, others are replaced, and all are noted as not linked yet."""
    with open_store(tmp_path / "store") as store:
        for text in ("one", "two"):
            quads = {id_: tuple(extraction_quads(Extraction(Article(id_, text)), store.base)) for id_ in ("a", "b")}
            store.put_articles(
                (id_, ox.serialize(own, format=ox.RdfFormat.N_QUADS) or b"") for id_, own in quads.items()
            )
            assert set(store.quads()) == {quad for own in quads.values() for quad in own}
        unlinked = {quad.object for quad in store.inner.quads_for_pattern(None, DKG.unlinked, None, None)}
        assert unlinked == {article_iri(store.base, "a"), article_iri(store.base, "b")}


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with open_store(fill(tmp_path / "store", "a"), read_only=True) as store, pytest.raises(StoreError):
        store.put_articles([("b", b"")])
    assert isinstance(store, Store)

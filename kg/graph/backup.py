"""Backups of a store: a folder made by the engine, at once, or a file that any version reads."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from kg.errors import ReadError, StoreError
from kg.graph.folder import check_marker
from kg.graph.loading import load_files, replace_folder
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store

OTHERS = frozenset({".gz", ".json", ".jsonl", ".nt", ".rdf", ".tar", ".trig", ".ttl", ".txt", ".xml", ".zip", ".zst"})
PACKED = ".gz"


def backup_store(store: Store, target: Path) -> None:
    """Write all that the store holds, bookkeeping included; what is there already is never overwritten.

    A name in .nq or .nq.gz is a file of N-Quads, any other a folder, whose files are hard links where they can be.
    Raises StoreError.
    """
    if target.exists():
        raise StoreError(f"{target}: it is there already; a backup overwrites nothing")
    if target.suffix in OTHERS and not is_file_name(target):
        raise StoreError(f"{target}: a backup is a folder, or a file of N-Quads (.nq, .nq.gz)")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if is_file_name(target):
            dump_file(store, target)
        else:
            store.inner.flush()
            store.inner.backup(str(target))
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from error
    except RuntimeError as error:  # how the engine tells of files
        raise StoreError(f"{target}: {error}") from error


def is_file_name(path: Path) -> bool:
    """Whether a backup of this name is a file of N-Quads."""
    return path.name.endswith((".nq", ".nq.gz"))


def dump_file(store: Store, target: Path) -> None:
    """Write a file, whole or not at all."""
    draft = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        with gzip.open(draft, "wb", compresslevel=5) if target.suffix == PACKED else draft.open("wb") as out:
            store.inner.dump(out, format=RdfFormat.N_QUADS)  # type: ignore[arg-type]
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def restore_store(source: Path, path: Path, *, replace: bool = False) -> int:
    """Make a store of a backup, in the place of the one that is there if it may be replaced; its number of quads.

    Raises StoreError, also for what is no backup; then nothing has changed.
    """
    if not source.exists():
        raise StoreError(f"{source}: there is no backup here")
    with replace_folder(path, replace=replace) as draft:
        if source.is_dir():
            open_store(source, read_only=True).close()
            shutil.copytree(source, draft)
        else:
            load_backup(source, draft)
        with open_store(draft) as store:
            return len(store.inner)


def load_backup(source: Path, draft: Path) -> None:
    """Make a store of a file. Raises StoreError for a broken one, of which nothing is taken."""
    inner = ox.Store(str(draft))
    try:
        for _ in load_files(Store(inner, "", str(source)), [source]):
            pass
    except ReadError as error:
        raise StoreError(str(error)) from error
    if not len(inner):
        raise StoreError(f"{source}: there is nothing in this backup")
    if next(inner.quads_for_pattern(None, DKG.storeFormat, None, None), None) is None:
        raise StoreError(f"{source}: quads, but no backup; kg load makes a store of what was exported")
    check_marker(inner, str(source), None, read_only=False)
    inner.flush()


def compact_store(store: Store) -> tuple[int, int]:
    """Tidy up the files; the bytes of the folder before and after. Raises StoreError."""
    assert store.folder is not None
    before = folder_size(store.folder)
    try:
        store.inner.optimize()
        store.inner.flush()
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{store.where}: {error}") from error
    return before, folder_size(store.folder)


def folder_size(folder: Path) -> int:
    """The bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())

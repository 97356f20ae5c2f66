"""A store as it stands at one moment, beside the process that writes to it.

Oxigraph's own ways do not serve here: opening a store for reading while another process writes to it is undefined,
and a backup of a store opened for reading leaves out what stands in the log alone. Both would do with the lock, which
belongs to ``kg build``. So the files themselves are taken, as RocksDB lays them out: tables (.sst) never change once
they are listed in the manifest, and are hard-linked; the manifest and the logs only grow, and are copied. If manifest
and CURRENT are the same after the copying as before, then all tables that they list are there, and the log holds a
prefix of what was written, which ends between two transactions at the latest when the copy is opened.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from kg.errors import StoreError
from kg.graph.store import open_store

TABLES = (".sst", ".blob")
TRIES = 20
MINUTE = 60.0
State: TypeAlias = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder that nobody writes to, the base of its resources, and the state that it was taken in."""

    path: Path
    base: str
    state: State


class Gallery:
    """The snapshots of one store, in a folder of their own beside it, or where temporary files go."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder, self.lock = make_folder(store)
        self.taken = 0
        self._turn = threading.Lock()  # a snapshot that is just being taken must not outlive the folder
        self._open = True

    def take(self) -> Snapshot:
        """A new snapshot. Raises StoreError where there is no store, or none that can be read."""
        with self._turn:
            if not self._open:
                raise StoreError(f"{self.store}: no longer served")
            return self._take()

    def _take(self) -> Snapshot:
        error: Exception | None = None
        for _ in range(TRIES):
            self.taken += 1
            target = self.folder / f"store-{self.taken}"
            try:
                state = copy_store(self.store, target)
                if state is not None:
                    return open_copy(target, state, self.store)
            except (FileNotFoundError, StoreError) as problem:  # the writer has just tidied up
                error = problem
            shutil.rmtree(target, ignore_errors=True)
        raise StoreError(f"{self.store}: there is no store to serve here: {error or 'it changes too fast'}")

    def drop(self, snapshot: Snapshot) -> None:
        """Forget a snapshot that no worker reads."""
        shutil.rmtree(snapshot.path, ignore_errors=True)

    def close(self) -> None:
        """Remove all of them."""
        with self._turn:
            self._open = False
            shutil.rmtree(self.folder, ignore_errors=True)
            self.lock.close()


def make_folder(store: Path) -> tuple[Path, IO[bytes]]:
    """A new folder with a lock that says that it is in use; those of servers that were killed are removed."""
    store = store.resolve()
    prefix = f".{store.name}-serving-"
    for parent in (store.parent, Path(tempfile.gettempdir())):
        remove_left_over(parent, prefix)
        try:
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        except OSError:
            continue
        lock = (folder / "lock").open("wb")
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder, lock
    raise StoreError(f"{store}: no folder can be made beside it, nor in {tempfile.gettempdir()}")


def remove_left_over(parent: Path, prefix: str) -> None:
    """Remove the folders of servers that no longer run."""
    for folder in parent.glob(f"{prefix}*"):
        try:
            with (folder / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:  # somebody is just making it, or was stopped while doing away with it
            if time.time() - folder.stat().st_mtime > MINUTE:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # somebody holds it
            continue


def read_state(store: Path) -> State:
    """What changes whenever a store does: CURRENT, the manifest and the logs, with inodes and sizes.

    Raises FileNotFoundError where there is no store.
    """
    os.stat(store / "CURRENT")
    found = ((entry.name, entry.stat()) for entry in os.scandir(store) if is_growing(entry.name))
    return tuple(sorted((name, status.st_ino, status.st_size) for name, status in found))


def is_growing(name: str) -> bool:
    return name == "CURRENT" or name.startswith("MANIFEST-") or (name.endswith(".log") and name[0].isdigit())


def copy_store(store: Path, target: Path) -> State | None:
    """Link and copy a store's files; None where a writer changed the list of tables meanwhile."""
    before = read_state(store)
    target.mkdir()
    for name in order_files(store):
        if name.endswith(TABLES):
            link_file(store / name, target / name)
        else:
            shutil.copyfile(store / name, target / name)
    return before if select_lists(read_state(store)) == select_lists(before) else None


def order_files(store: Path) -> Iterator[str]:
    """The files that make a store; the logs come last and in order, so that none is there without its forerunner."""
    names = sorted(entry.name for entry in os.scandir(store) if entry.is_file())
    yield from (name for name in names if name.endswith(TABLES))
    yield from (name for name in names if name in ("CURRENT", "IDENTITY") or name.startswith(("MANIFEST-", "OPTIONS-")))
    yield from (name for name in names if is_growing(name) and name.endswith(".log"))


def select_lists(state: State) -> State:
    """The part of a state that says which tables there are."""
    return tuple(part for part in state if not part[0].endswith(".log"))


def link_file(source: Path, target: Path) -> None:
    """A second name for a file, or a copy where the file system has no second names."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def open_copy(path: Path, state: State, store: Path) -> Snapshot:
    """Let Oxigraph work the logs into tables, once for all workers. Raises StoreError."""
    open_store(path).close()
    with open_store(path, read_only=True) as opened:
        return Snapshot(path, opened.base, state)

"""The folder of a store: opening it, and the marker that says which format and which base it has."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, Quad

from kg.config import base_iri
from kg.errors import StoreError
from kg.graph.iris import graph_iri
from kg.graph.ontology import DKG

FORMAT = "2"
RETRIES = 5


def open_folder(path: Path, read_only: bool) -> ox.Store:
    """Oxigraph over a folder, with its errors put in the user's terms."""
    is_store = (path / "CURRENT").is_file()
    if read_only and not is_store:
        raise StoreError(f"{path}: there is no store here; build one first")
    if not is_store and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{path}: this is not a store, and it is not empty")
    try:
        if read_only:
            return open_files(path)
        path.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except (OSError, RuntimeError) as error:  # the second is how the engine tells of broken files
        if "lock" in str(error).lower():
            raise StoreError(f"{path}: another process is writing to this store; wait for it or stop it") from error
        raise StoreError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def open_files(path: Path) -> ox.Store:
    """Oxigraph for reading; tried again where a writer beside it has just replaced a file."""
    for _ in range(RETRIES):
        with contextlib.suppress(RuntimeError, OSError):
            return ox.Store.read_only(str(path))
        time.sleep(0.05)
    try:
        return ox.Store.read_only(str(path))
    except RuntimeError as error:  # how the engine tells that a file is not there, or broken
        raise StoreError(f"{path}: {error}") from error


def check_marker(inner: ox.Store, where: str, base: str | None, read_only: bool) -> str:
    """The base of the store, written into a new one; a store of an older format is brought to this one for writing.

    Raises StoreError where format or base are others.
    """
    formats = list(inner.quads_for_pattern(None, DKG.storeFormat, None, None))
    if not formats:
        if len(inner):
            raise StoreError(f"{where}: an Oxigraph store of another program")
        return base_iri(base) if read_only else mark_store(inner, base_iri(base))
    check_format(inner, where, formats[0], read_only)
    marker = formats[0].subject
    stored = next(inner.quads_for_pattern(marker, DKG.storeBase, None, None)).object.value  # type: ignore[union-attr]
    if base is not None and base_iri(base) != stored:
        raise StoreError(f"{where}: its resources stand below {stored}, not {base_iri(base)}")
    return str(stored)


def check_format(inner: ox.Store, where: str, marker: Quad, read_only: bool) -> None:
    """Bring an older format to this one, if the store may be written. Raises StoreError for an unknown one."""
    found = str(marker.object.value)  # type: ignore[union-attr]
    if found == FORMAT or (read_only and found in MIGRATIONS):
        return
    if found not in MIGRATIONS:
        raise StoreError(f"{where}: format {found}, but this version reads format {FORMAT}; build the store anew")
    MIGRATIONS[found](inner)
    graph = marker.graph_name
    inner.update(
        f"DELETE DATA {{ GRAPH {graph} {{ {marker.subject} {DKG.storeFormat} {marker.object} }} }} ; "
        f'INSERT DATA {{ GRAPH {graph} {{ {marker.subject} {DKG.storeFormat} "{FORMAT}" }} }}'
    )


def mark_store(inner: ox.Store, base: str) -> str:
    """Write the marker of a new store, in one transaction; its base."""
    graph = graph_iri(base, "store")
    inner.extend(
        [Quad(graph, DKG.storeFormat, Literal(FORMAT), graph), Quad(graph, DKG.storeBase, Literal(base), graph)]
    )
    return base


def migrate_texts(inner: ox.Store) -> None:
    """From format 1, whose articles had neither text nor hash: nothing to do, as the next build reads them again."""


MIGRATIONS: dict[str, Callable[[ox.Store], None]] = {"1": migrate_texts}  # from each older format to the present one

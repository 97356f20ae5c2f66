"""Loading what other machines have read: files of quads into a store that is made anew and then put in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.bulk.building import link_in_chunks
from kg.bulk.settings import Settings
from kg.errors import ReadError, StoreError
from kg.graph.links.linking import count_merged
from kg.graph.loading import find_quads, load_files, replace_folder
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.store import Store, open_store
from kg.ingest import load_reference
from kg.resolve.decisions import Decisions

SHOWN = 5  # articles that an error names


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    files: int
    articles: int
    quads: int
    merged: int


def load_store(
    sources: Iterable[Path],
    path: Path,
    base: str | None = None,
    *,
    replace: bool = False,
    decisions: Decisions | None = None,
    report: Callable[[], None] = lambda: None,
) -> Loaded:
    """Make the store of files of quads, with the curated facts and the links; ``report`` is called once a file.

    Raises StoreError, also for a broken file; then the store that was there is there still.
    """
    try:
        return load_all(sources, path, base, replace, decisions, report)
    except ReadError as error:  # nothing is done but for the rest, as it is with articles
        raise StoreError(str(error)) from error


def load_all(
    sources: Iterable[Path],
    path: Path,
    base: str | None,
    replace: bool,
    decisions: Decisions | None,
    report: Callable[[], None],
) -> Loaded:
    """The same. Raises ReadError for a broken file."""
    files = find_quads(sources)
    with replace_folder(path, replace=replace) as draft:
        with open_store(draft, base=base) as store:
            load_reference(store)  # first: what follows from articles came with them
            for _ in load_files(store, files):
                report()
            articles = check_articles(store)
            link_in_chunks(store, decisions, Settings().linked)
            loaded = Loaded(len(files), articles, len(store.inner), count_merged(store))
        return loaded


def check_articles(store: Store) -> int:
    """How many articles there are. Raises StoreError where one stands there twice, or none does below the base."""
    number, twice = 0, []
    for quad in store.inner.quads_for_pattern(None, RDF.type, DKG.Article, None):
        number += 1
        graph = quad.graph_name
        if graph != quad.subject or not str(quad.subject).startswith(f"<{store.base}article/"):
            raise StoreError(f"{quad.subject} is no article below {store.base}; --base tells where they stand")
        hashes = store.inner.quads_for_pattern(graph, DKG.articleHash, None, graph)  # type: ignore[arg-type]
        if sum(1 for _ in hashes) > 1:
            twice.append(str(quad.subject))
    if twice:
        shown = ", ".join(twice[:SHOWN])
        raise StoreError(f"{len(twice)} articles stand in the files with more than one text, as {shown}")
    if not number:
        raise StoreError("there is no article in these files")
    return number

"""How the time of bringing articles together grows with their number, and what one article more costs."""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from kg.corpora.crowd import make_crowd
from kg.graph.links.linking import count_merged, link_store
from kg.graph.mapping import extraction_quads
from kg.graph.store import Store, open_store
from kg.ingest import load_reference
from kg.knowledge.tables import load_tables
from kg.records import Extraction

SIZES = (5_000, 10_000, 20_000)
MORE = 21  # articles that are added one by one; the median counts


def bench_groups(sizes: Iterable[int] = SIZES) -> None:
    """Print CPU seconds of a full run for each number of events, their ratios, and the cost of one article more."""
    before: tuple[int, float] | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store") as store:
            crowd = list(make_crowd(size, load_tables()))
            load_reference(store)
            for extraction in crowd:
                store_extraction(store, extraction)
            seconds, merged = time_full_run(store)
            print(f"{size:6,} events, {len(crowd):,} articles: {seconds:6.2f} s, {merged:,} told by several", end="")
            if before:
                fair = size * math.log(size) / (before[0] * math.log(before[0]))
                print(f"; {seconds / before[1]:.2f} times {before[0]:,} (n log n: {fair:.2f})", end="")
            print()
            before = size, seconds
            one = time_one_more(store, crowd[-MORE:])
            print(f"{'':14} one article more: {one * 1000:.1f} ms, {one / seconds:.2%} of the full run")


def store_extraction(store: Store, extraction: Extraction) -> None:
    """Put the graph of an extraction into the store."""
    store.replace_article(extraction.article.id, extraction_quads(extraction, store.base))


def time_full_run(store: Store) -> tuple[float, int]:
    """CPU seconds of linking all articles anew, and how many things several tell of.

    Of this thread alone: the store tidies up what was written before in threads of its own.
    """
    start = time.thread_time()
    link_store(store, rebuild=True)
    return time.thread_time() - start, count_merged(store)


def time_one_more(store: Store, extractions: Iterable[Extraction]) -> float:
    """Median CPU seconds of linking one article that was just stored."""
    times = []
    for extraction in extractions:
        store.remove_article(extraction.article.id)
        link_store(store)
        store_extraction(store, extraction)
        start = time.thread_time()
        link_store(store)
        times.append(time.thread_time() - start)
    return statistics.median(times)

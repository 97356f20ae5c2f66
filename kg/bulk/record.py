"""What stays of a build: a summary file beside the store, and an activity in the store's graph of runs."""

from __future__ import annotations

import datetime
import json
import resource
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.bulk.leftout import LeftOut
from kg.bulk.settings import Settings
from kg.bulk.tally import Summary
from kg.errors import StoreError
from kg.graph.activity import Activity, write_activity
from kg.graph.scope import list_settings, run_iri
from kg.graph.store import Store
from kg.ingest import make_run

STAMP = "%Y%m%dT%H%M%S%f"
KEPT_LINES = 20  # errors of a summary file
COUNTS = (
    *("articles", "replaced", "unchanged", "failed", "quarantined", "duplicates", "foreign", "other_files"),
    *("events", "documents", "entities", "merged"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One build: when, with which version and settings, and what it did."""

    started: datetime.datetime
    ended: datetime.datetime
    settings: Settings
    summary: Summary


def write_record(store: Store, record: Record) -> Path | None:
    """Write file and activity; the file, None for a store in memory. Raises StoreError."""
    run = make_run(record.settings.least)
    counts = tuple((name, int(getattr(record.summary, name))) for name in COUNTS)
    activity = Activity(
        started=record.started,
        ended=record.ended,
        version=run.version,
        run=run_iri(store.base, run),
        finished=record.summary.finished,
        settings=(*list_settings(run), *(f"{name}={value}" for name, value in asdict(record.settings).items())),
        counts=counts,
    )
    node = write_activity(store, activity)
    if store.folder is None:
        return None
    value = {
        "run": node.value,
        "version": run.version,
        "started": record.started.isoformat(timespec="milliseconds"),
        "ended": record.ended.isoformat(timespec="milliseconds"),
        "seconds": round(record.summary.seconds, 3),
        "finished": record.summary.finished,
        "extractor": dict(run.settings),
        "settings": asdict(record.settings),
        "processor_seconds": round(time.process_time(), 3),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "worker_memory": record.summary.worker_memory,
        "counts": dict(counts),
        "errors": [str(error) for error in record.summary.errors[:KEPT_LINES]],
    }
    return write_file(runs_path(store.folder) / f"{record.started:{STAMP}}.json", value)


def open_left_out(store: Store, started: datetime.datetime) -> LeftOut:
    """The list of what a build leaves out, beside its summary file; makes their folder. Raises StoreError."""
    if store.folder is None:
        return LeftOut(None)
    folder = runs_path(store.folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error
    return LeftOut(folder / f"{started:{STAMP}}.left-out.jsonl")


def runs_path(store: Path) -> Path:
    """The folder of what a store's builds leave beside it."""
    store = store.resolve()
    return store.with_name(f"{store.name}-runs")


def write_file(path: Path, value: object) -> Path:
    """Write a file of JSON, whole or not at all. Raises StoreError."""
    try:
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="replace")
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
    return path

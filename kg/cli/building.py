"""``kg build``: reading articles into the store."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.failures import FAILED, INTERRUPTED
from kg.cli.options import (
    LIMIT,
    MEGABYTE,
    BaseOption,
    ConfidenceOption,
    DecisionsOption,
    LimitOption,
    PathsArgument,
    ReferenceOption,
    StoreOption,
)
from kg.cli.reading import AsIsOption, ColumnsOption, FormatOption, RepeatsOption, make_settings
from kg.config import store_path

if TYPE_CHECKING:
    from pathlib import Path

    from kg.bulk.leftout import LeftOut
    from kg.bulk.settings import Settings
    from kg.bulk.tally import Outcome, Summary
    from kg.cli.progress import Report
    from kg.graph.store import Store
    from kg.sources.reading import Read

WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Processes that read.  [default: one a core, for more than 32]"),
]
SecondsOption = Annotated[
    float,
    typer.Option("--seconds", metavar="S", min=0.001, help="What one article may take before it goes to quarantine."),
]
MemoryOption = Annotated[
    int, typer.Option("--memory", metavar="MB", min=1, help="What one worker may take up, likewise.")
]
RebuildOption = Annotated[bool, typer.Option("--rebuild", help="Read also what stands in the store as it is.")]
ValidateOption = Annotated[
    bool, typer.Option("--validate", help="Check each article's graph against the shapes (needs pyshacl).")
]
LogOption = Annotated[bool, typer.Option("--log-json", help="Tell what happens in lines of JSON, on standard error.")]


def build(
    paths: PathsArgument,
    store: StoreOption = None,
    base: BaseOption = None,
    reference: ReferenceOption = None,
    min_confidence: ConfidenceOption = None,
    limit: LimitOption = LIMIT,
    decisions: DecisionsOption = None,
    column: ColumnsOption = None,
    format: FormatOption = None,
    as_is: AsIsOption = False,
    repeats: RepeatsOption = False,
    workers: WorkersOption = None,
    seconds: SecondsOption = 60.0,
    memory: MemoryOption = 3072,
    rebuild: RebuildOption = False,
    validate: ValidateOption = False,
    log_json: LogOption = False,
) -> None:
    """Read articles into the store.

    What an article says replaces what the store held of it; then events and documents that several articles tell of
    are brought together. What says the same as an article before it, what is not in Russian and files of other
    kinds are left out, and listed in a file beside the store. What stands there as it is, is not read again: a
    build that broke off, by Ctrl-C or a power cut, goes on when the same command is given again.
    """
    from kg.bulk.settings import Settings
    from kg.graph.store import open_store
    from kg.ingest import make_run, spare_collector
    from kg.sources.reading import read_articles

    reads = read_articles(paths, limit * MEGABYTE, make_settings(column, format, as_is, repeats))
    settings = Settings(workers, seconds, memory * MEGABYTE, min_confidence, rebuild, validate)
    make_run(min_confidence)  # a model that is missing is told of before anything is written
    spare_collector()
    with open_store(store_path(store), base=base) as target:
        summary = run_build(target, paths, reads, settings, decisions, log_json)
    raise typer.Exit(INTERRUPTED if not summary.finished else FAILED if summary.failed else 0)


def run_build(
    store: Store, paths: list[str], reads: Iterator[Read], settings: Settings, decisions: Path | None, log_json: bool
) -> Summary:
    """Build, keep a record, and tell what was done."""
    from kg.bulk.building import build as build_graph
    from kg.bulk.inputs import Inputs
    from kg.bulk.record import Record, open_left_out, write_record
    from kg.cli.linking import load_decisions, warn_idle
    from kg.cli.progress import watch_build

    started, decided = now(), load_decisions(store, decisions)
    left_out = open_left_out(store, started)
    with ending_like_interrupts(), watch_build(Inputs(paths), log_json) as report:
        summary = build_graph(reads, store, both(left_out, report), settings, decided)
    if summary.finished:
        warn_idle(store, decided)
    place = write_record(store, Record(started, now(), settings, summary))
    print_end(summary, store.where, place, left_out, log_json)
    return summary


def both(left_out: LeftOut, report: Report) -> Report:
    """A report that also keeps what was left out."""
    from kg.errors import KgError

    def tell(outcome: Outcome) -> None:
        if isinstance(outcome, KgError):
            left_out.add(outcome)
        report(outcome)

    return tell


def print_end(summary: Summary, where: str, record: Path | None, left_out: LeftOut, log_json: bool) -> None:
    """What was done: a table, or a line of the log."""
    from kg.bulk.record import COUNTS
    from kg.cli.output import print_error, print_text
    from kg.cli.progress import log_event
    from kg.cli.tables import print_summary
    from kg.errors import KgError

    if log_json:
        counts = {name: getattr(summary, name) for name in COUNTS}
        listed = str(left_out.path) if left_out.lines else None
        log_event("finished" if summary.finished else "interrupted", record=str(record), left_out=listed, **counts)
        return
    if summary.finished:
        print_summary(summary, where)
    else:
        done = summary.articles + summary.unchanged
        print_error(KgError(f"interrupted; {done:,} articles are in the store, the same command goes on from there"))
    if left_out.lines:
        print_text(f"what was left out, and why: {left_out.path}")


def now() -> datetime.datetime:
    """This moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


@contextmanager
def ending_like_interrupts() -> Iterator[None]:
    """Let a request to end (SIGTERM) be what Ctrl-C is: stop, and keep what was done."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

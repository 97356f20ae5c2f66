"""How a build is watched: a bar with rate and remaining time on a terminal, or a line of JSON an event."""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from kg.bulk.inputs import Inputs
from kg.bulk.tally import Outcome
from kg.cli.output import clean_text, make_console, print_error
from kg.errors import KgError, Skipped

SHOWN = 0.3  # seconds between looks at the position
LOGGED = 10.0  # seconds between lines of progress

Report = Callable[[Outcome], None]


class Meter:
    """Counts outcomes; ``rate`` is in articles a second."""

    def __init__(self, inputs: Inputs, every: float) -> None:
        self.inputs, self.every = inputs, every
        self.articles, self.start, self.last = 0, time.monotonic(), 0.0

    def step(self) -> bool:
        """Count one article; whether it is time to show something."""
        self.articles += 1
        if time.monotonic() - self.last < self.every:
            return False
        self.last = time.monotonic()
        return True

    @property
    def rate(self) -> float:
        return self.articles / max(time.monotonic() - self.start, 0.001)


@contextmanager
def watch_build(inputs: Inputs, as_json: bool) -> Iterator[Report]:
    """What it yields takes each outcome: an error becomes a line."""
    if as_json:
        yield log_outcomes(Meter(inputs, LOGGED))
        return
    console = make_console(stderr=True)
    columns = (
        TextColumn("reading"),
        BarColumn(),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:.1f} a second"),
        TimeElapsedColumn(),
        TextColumn("remaining"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=inputs.total, articles=0, rate=0.0)
        yield show_outcomes(Meter(inputs, SHOWN), progress, task)


def show_outcomes(meter: Meter, progress: Progress, task: TaskID) -> Report:
    """A report that moves a bar and prints what went wrong."""

    def report(outcome: Outcome) -> None:
        if meter.step() and not progress.disable:
            position = meter.inputs.position()
            progress.update(task, completed=position, articles=meter.articles, rate=meter.rate)
        if isinstance(outcome, KgError) and not isinstance(outcome, Skipped):  # these are counted and listed
            print_error(outcome, progress.console)

    return report


def log_outcomes(meter: Meter) -> Report:
    """A report that writes lines of JSON: what went wrong, and from time to time how far it is."""

    def report(outcome: Outcome) -> None:
        if isinstance(outcome, KgError):
            event = "skipped" if isinstance(outcome, Skipped) else "failed"
            log_event(event, kind=type(outcome).__name__, message=str(outcome))
        if meter.step():
            bytes_ = {"bytes": meter.inputs.position(), "of": meter.inputs.total} if meter.inputs.total else {}
            log_event("progress", articles=meter.articles, rate=round(meter.rate, 2), **bytes_)

    return report


def log_event(event: str, **fields: object) -> None:
    """One line of JSON on standard error."""
    moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": moment, "event": event, **fields}, ensure_ascii=False)
    print(clean_text(line), file=sys.stderr, flush=True)

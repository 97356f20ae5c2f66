"""Where commands print: results on standard output, errors and progress on standard error.

Colour and progress only on a terminal (NO_COLOR turns colour off); what articles say is never taken as markup
or as control codes of the terminal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.errors import KgError, Skipped
from kg.records import Extraction

STDOUT = "-"
UNBOUNDED = 10_000  # columns of a table that no terminal wraps
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def make_console(stderr: bool = False) -> Console:
    """A console that takes text as text."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else UNBOUNDED
    return Console(stderr=stderr, width=width, markup=False, highlight=False, emoji=False)


def clean_text(value: object) -> str:
    """``value`` as text without control codes, which could drive a terminal."""
    return CONTROLS.sub("\ufffd", str(value))


def print_text(text: str, style: str = "") -> None:
    """One line of result."""
    make_console().print(Text(clean_text(text), style=style), soft_wrap=True)


def print_path(path: Path) -> None:
    """The name of a file that was written; none where it is standard output, of which it would become a part."""
    if str(path) != STDOUT:
        print(path)


def print_error(error: KgError, console: Console | None = None) -> None:
    """One line on standard error."""
    line = " ".join(clean_text(error).split())
    (console or make_console(stderr=True)).print(
        Text("kg: ", style="bold red").append(line, style="not bold default"), soft_wrap=True
    )


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0, lines: bool = False
) -> None:
    """A table on standard output; the last ``numbers`` columns are set flush right, ``lines`` part the rows."""
    table = Table(header_style="bold", show_lines=lines)
    for place, column in enumerate(columns):
        right = place >= len(columns) - numbers
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(clean_text("" if cell is None else cell) for cell in row))
    make_console().print(table)


@contextmanager
def show_progress(label: str) -> Iterator[Callable[[Extraction | KgError], None]]:
    """A bar on a terminal; what it yields takes each outcome: an error becomes a line."""
    console = make_console(stderr=True)
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield partial(show_outcome, progress, progress.add_task(label, total=None))


@contextmanager
def show_steps(label: str, unit: str) -> Iterator[Callable[[], None]]:
    """A bar on a terminal; what it yields is called once a step."""
    console = make_console(stderr=True)
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield partial(progress.advance, progress.add_task(label, total=None))


@contextmanager
def show_share(label: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; what it yields is told how much is done, and of how much."""
    console = make_console(stderr=True)
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def show_outcome(progress: Progress, task: TaskID, outcome: Extraction | KgError) -> None:
    """Count one article; print what went wrong, but not what was rightly left out, which the summary counts."""
    progress.advance(task)
    if isinstance(outcome, KgError) and not isinstance(outcome, Skipped):
        print_error(outcome, progress.console)


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """The file to write, or standard output. Raises KgError if the file cannot be written."""
    if path is None or str(path) == STDOUT:
        yield sys.stdout.buffer
        return
    try:
        with path.open("wb") as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise KgError(f"{path}: {error.strerror}") from error

"""What ``kg train`` does: fit models to annotated articles, or print how well such models do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from kg.cli.output import make_console, print_table, print_text
from kg.cli.tables import print_scores
from kg.config import data_path
from kg.errors import DataError
from kg.train.linear import dump_models
from kg.training import Bin, Step, Trainer, analyse_lessons, cross_validate, read_lessons


def write_models(folders: Sequence[Path], output: Path | None, seed: int | None) -> None:
    """Train on all articles of some folders and write the models. Raises DataError."""
    target = output or data_path("models", "ru.json.gz")
    if not target.parent.is_dir():  # told before the minutes of training, not after
        raise DataError(f"{target}: no such folder")
    lessons = [lesson for folder in folders for lesson in read_lessons(folder)]
    with show_steps() as report:
        trainer = Trainer(tuple(analyse_lessons(lessons, report)), seed)
        models = trainer.train(range(len(lessons)), report)
    dump_models(models, target)
    rows = [(name, len(model.weights)) for name, model in sorted(models.items())]
    print_table(("model", "weights"), rows, numbers=1)
    print_text(f"{target}: {len(models)} models from {len(lessons)} articles, {target.stat().st_size:,} bytes")


def print_validation(folder: Path, also: Sequence[Path], folds: int, seed: int | None) -> None:
    """Print the figures of a cross-validation over the articles of a folder, learning from others too.

    Raises DataError.
    """
    lessons = read_lessons(folder)
    more = [lesson for other in also for lesson in read_lessons(other)]
    with show_steps() as report:
        cases = tuple(analyse_lessons([*lessons, *more], report))
        validation = cross_validate(cases[: len(lessons)], folds, seed, report, cases[len(lessons) :])
    print_scores(validation.scores)
    print_bins(validation.bins)


def print_bins(bins: Iterable[Bin]) -> None:
    """How often events of each confidence are right."""
    rows = [(*(f"{share:.3f}" for share in (b.low, b.high, b.predicted, b.observed)), b.events) for b in bins]
    print_table(("confidence from", "to", "predicted", "observed", "of"), rows, numbers=4)


@contextmanager
def show_steps() -> Iterator[Callable[[Step], None]]:
    """A bar on a terminal that takes the steps of training."""
    console = make_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task: TaskID = progress.add_task("reading", total=None)
        yield lambda step: progress.update(task, description=step.label, completed=step.done, total=step.total)

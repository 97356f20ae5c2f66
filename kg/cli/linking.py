"""What the commands for links do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

import typer

from kg.cli.options import ReviewFormat
from kg.cli.output import make_console, print_table, print_text, show_progress
from kg.config import decisions_path
from kg.corpora.stories import group_stories
from kg.evaluate.stories import Grouping, read_stories
from kg.graph.links.linking import count_merged, find_idle, link_store
from kg.graph.links.review import dump_csv, dump_html, find_doubtful
from kg.graph.store import Store, open_store
from kg.resolve.decisions import Decisions, read_decisions

SHOWN = 5  # ids in a warning
DUMPERS = {ReviewFormat.CSV: dump_csv, ReviewFormat.HTML: dump_html}


def open_built(path: Path) -> Store:
    """A store that is there already, for writing. Raises StoreError: none is made of a name that was mistyped."""
    open_store(path, read_only=True).close()
    return open_store(path)


def load_decisions(store: Store, given: Path | None) -> Decisions:
    """The decisions of the file that was given, or of that beside the store. Raises DataError."""
    path = decisions_path(Path(store.where), given)
    return read_decisions(path, store.base) if path else Decisions()


def print_linked(store: Store, given: Path | None, rebuild: bool) -> None:
    """Bring the links up to date and print what was done."""
    console = make_console(stderr=True)
    decisions = load_decisions(store, given)
    with console.status("linking"):
        linked = link_store(store, decisions, rebuild=rebuild)
    warn_idle(store, decisions)
    rows = [
        ("articles linked", linked.articles),
        ("accounts grouped", linked.accounts),
        ("told by several articles", count_merged(store)),
        ("quads written", linked.inserted),
        ("quads removed", linked.deleted),
    ]
    print_table((f"linked {store.where}", ""), rows, numbers=1)


def warn_idle(store: Store, decisions: Decisions) -> None:
    """Say which decisions do nothing, as the store has nothing of that id."""
    if idle := find_idle(store, decisions):
        shown = ", ".join(idle[:SHOWN]) + (" …" if len(idle) > SHOWN else "")
        typer.echo(f"kg: warning: decisions name {len(idle)} ids that the store does not have: {shown}", err=True)


def write_review(store: Store, out: BinaryIO, format: ReviewFormat, given: Path | None) -> None:
    """Write the doubtful pairs."""
    decisions = load_decisions(store, given)
    with make_console(stderr=True).status("comparing"):
        pairs = find_doubtful(store, decisions)
    warn_idle(store, decisions)
    out.write(DUMPERS[format](pairs).encode("utf-8", "replace"))


def print_grouping(folder: Path, as_json: bool) -> int:
    """Read the stories of a folder into a store of their own and print how they were grouped; how many failed."""
    with show_progress("reading") as report:
        grouping, failed = group_stories(read_stories(folder), report)
    rows = [
        (name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", score.things, len(missed))
        for name, score, missed in (
            ("events", grouping.events, grouping.missed_events),
            ("documents", grouping.documents, grouping.missed_documents),
        )
    ]
    if as_json:
        print(format_grouping(grouping))
        return failed
    print_table(("B-cubed", "P", "R", "F1", "found", "missed"), rows, numbers=5)
    people = grouping.persons
    print_table(
        ("persons by name", "found", "linked rightly", "accuracy"),
        [(people.mentions, people.found, people.right, f"{people.accuracy:.3f}")],
        numbers=3,
    )
    kept = grouping.apart - len(grouping.confused)
    print_text(f"{kept} of {grouping.apart} pairs that are easily taken for one are kept apart")
    for line in list_faults(grouping):
        print_text(line)
    return failed


def list_faults(grouping: Grouping) -> list[str]:
    """What went wrong, a line each."""
    missed = (*grouping.missed_events, *grouping.missed_documents)
    return [
        *(f"not found: {row.article} {row.type} {row.key}" for row in missed),
        *(f"taken for one: {a} and {b}" for a, b in grouping.confused),
        *(f"person: {line}" for line in grouping.persons.wrong),
    ]


def format_grouping(grouping: Grouping) -> str:
    """The figures as JSON."""
    value = {
        name: {"precision": score.precision, "recall": score.recall, "f1": score.f1, "found": score.things}
        for name, score in (("events", grouping.events), ("documents", grouping.documents))
    }
    people = grouping.persons
    rest = {
        "missed events": len(grouping.missed_events),
        "missed documents": len(grouping.missed_documents),
        "persons": {"mentions": people.mentions, "found": people.found, "accuracy": people.accuracy},
        "taken for one": grouping.confused,
    }
    return json.dumps(value | rest, ensure_ascii=False)

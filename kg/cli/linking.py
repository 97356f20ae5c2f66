"""What the commands for links do."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import BinaryIO

from kg.cli.options import ReviewFormat
from kg.cli.output import make_console, print_table
from kg.config import decisions_path
from kg.evaluate.stories import Grouping, read_stories
from kg.graph.links.linking import link_store
from kg.graph.links.review import dump_csv, dump_html, find_doubtful
from kg.graph.store import Store
from kg.resolve.decisions import Decisions, read_decisions

DUMPERS = {ReviewFormat.CSV: dump_csv, ReviewFormat.HTML: dump_html}


def load_decisions(store: Store, given: Path | None) -> Decisions:
    """The decisions of the file that was given, or of that beside the store. Raises DataError."""
    path = decisions_path(Path(store.where), given)
    return read_decisions(path, store.base) if path else Decisions()


def print_linked(store: Store, given: Path | None, rebuild: bool) -> None:
    """Bring the links up to date and print what was done."""
    console = make_console(stderr=True)
    with console.status("linking"):
        linked = link_store(store, load_decisions(store, given), rebuild=rebuild)
    rows = [
        ("articles linked", linked.articles),
        ("accounts grouped", linked.accounts),
        ("told by several articles", linked.total),
        ("quads written", linked.inserted),
        ("quads removed", linked.deleted),
    ]
    print_table((f"linked {store.where}", ""), rows, numbers=1)


def write_review(store: Store, out: BinaryIO, format: ReviewFormat, given: Path | None) -> None:
    """Write the doubtful pairs."""
    with make_console(stderr=True).status("comparing"):
        pairs = find_doubtful(store, load_decisions(store, given))
    out.write(DUMPERS[format](pairs).encode("utf-8", "replace"))


def print_grouping(folder: Path, as_json: bool) -> int:
    """Read the stories of a folder into a store of their own and print how they were grouped; how many failed."""
    raise NotImplementedError

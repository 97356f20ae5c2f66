"""What the commands that take care of a store do."""

from __future__ import annotations

import json
from pathlib import Path

from kg.bulk.loading import load_store
from kg.cli.output import print_error, print_table, show_steps
from kg.config import base_iri, decisions_path
from kg.errors import KgError
from kg.graph.checking import Checker
from kg.graph.store import Store
from kg.resolve.decisions import Decisions, read_decisions


def print_check(store: Store, shapes: bool | None, as_json: bool) -> int:
    """Print each fault as it is found, then what was looked at; how many faults."""
    checker, faults = Checker(store, shapes), 0
    for fault in checker.faults():
        faults += 1
        print_error(KgError(str(fault)))
    rows = {
        "articles": checker.articles,
        "quotes": checker.quotes,
        "references": checker.references,
        "articles without a text": checker.textless,
        "articles not linked yet": checker.unlinked,
        "shapes checked": checker.shapes,
        "faults": faults,
    }
    if as_json:
        print(json.dumps(rows))
    else:
        print_table((f"checked {store.where}", ""), [(name, str(value)) for name, value in rows.items()], numbers=1)
    return faults


def print_loaded(sources: list[Path], path: Path, base: str | None, replace: bool, decisions: Path | None) -> None:
    """Load files and print what there is now."""
    chosen = decisions_path(path, decisions)
    decided = read_decisions(chosen, base_iri(base)) if chosen else Decisions()
    with show_steps("loading", "files") as report:
        loaded = load_store(sources, path, base, replace=replace, decisions=decided, report=report)
    rows = [
        ("files", loaded.files),
        ("articles", loaded.articles),
        ("quads", loaded.quads),
        ("told by several articles", loaded.merged),
    ]
    print_table((f"loaded {path}", ""), rows, numbers=1)

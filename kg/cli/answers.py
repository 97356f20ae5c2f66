"""Answers of the store in the form that was asked for."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict

from kg.cli.options import TableFormat
from kg.cli.output import make_console, print_table
from kg.graph.census import Counts
from kg.graph.parameters import Parameter
from kg.graph.queries import load_queries, run_query
from kg.graph.results import Table, dump_table
from kg.graph.store import Store

GROUPS = ("events", "documents", "entities")


def print_answer(table: Table, prefixes: Mapping[str, str], format: TableFormat) -> None:
    """Print the rows: for people, or in one of the formats of the W3C."""
    if format is TableFormat.TABLE:
        print_table(table.columns, table.cells(prefixes))
    else:
        sys.stdout.write(dump_table(table, format.value))


def ask(
    source: Store, name: str, settings: Mapping[str, str], profile: bool, *, mentions: bool, derived: bool
) -> Table:
    """The answer of a query; with ``profile`` how long it took, on standard error."""
    start = time.perf_counter()
    table = run_query(source, name, settings, mentions=mentions, derived=derived)
    if profile:
        seconds = time.perf_counter() - start
        line = f"{seconds:.3f} s · {len(table.rows)} rows · {source.where} · the engine shows no plan"
        make_console(stderr=True).print(line)
    return table


def print_queries() -> None:
    """The saved queries: name, what each answers, parameters."""
    rows = [
        (name, query.description or query.title, ", ".join(map(format_parameter, query.parameters)))
        for name, query in load_queries().items()
    ]
    print_table(("query", "answers", "--set (those in brackets may be left out)"), rows)


def format_parameter(parameter: Parameter) -> str:
    """The name, in brackets if it is optional."""
    return f"[{parameter.name}]" if parameter.optional else parameter.name


def print_counts(counts: Counts, as_json: bool) -> None:
    """How much of what the store holds."""
    groups = {name: dict(getattr(counts, name)) for name in GROUPS}
    totals = {name: value for name, value in asdict(counts).items() if name not in GROUPS}
    if as_json:
        print(json.dumps(totals | groups, ensure_ascii=False))
        return
    print_table(("in the store", ""), totals.items(), numbers=1)
    for name, group in groups.items():
        print_table((name, ""), group.items(), numbers=1)

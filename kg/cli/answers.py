"""Answers of the store in the form that was asked for."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from kg.cli.options import TableFormat
from kg.cli.output import print_table
from kg.graph.census import Counts
from kg.graph.queries import Table, load_queries


def print_answer(table: Table, format: TableFormat) -> None:
    """Print the rows."""
    PRINTERS[format](table)


def print_rows(table: Table) -> None:
    """As a table for people."""
    print_table(table.columns, table.rows)


def print_csv(table: Table) -> None:
    """As comma-separated values."""
    write_rows(table, ",")


def print_tsv(table: Table) -> None:
    """As tab-separated values."""
    write_rows(table, "\t")


def write_rows(table: Table, delimiter: str) -> None:
    """A header and the rows; what is absent is an empty cell."""
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)


def print_json(table: Table) -> None:
    """As a JSON list of objects, one a row; what is absent is null."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    print(json.dumps(rows, ensure_ascii=False, indent=2))


def print_queries() -> None:
    """The saved queries: name, what each answers, parameters."""
    rows = [(query.name, query.title, ", ".join(query.parameters)) for query in load_queries()]
    print_table(("query", "answers", "--set"), rows)


def print_counts(counts: Counts, as_json: bool) -> None:
    """How much of what the store holds."""
    if as_json:
        print(json.dumps(asdict(counts) | {name: dict(getattr(counts, name)) for name in GROUPS}, ensure_ascii=False))
        return
    totals = [(name, value) for name, value in asdict(counts).items() if name not in GROUPS]
    print_table(("store", ""), totals, numbers=1)
    for group in GROUPS:
        print_table((group, ""), getattr(counts, group), numbers=1)


GROUPS = ("events", "documents", "entities")

PRINTERS: dict[TableFormat, Callable[[Table], None]] = {
    TableFormat.TABLE: print_rows,
    TableFormat.CSV: print_csv,
    TableFormat.TSV: print_tsv,
    TableFormat.JSON: print_json,
}

"""Answers to queries as tables, and the formats they are written in.

CSV, TSV and JSON follow the W3C's SPARQL 1.1 recommendations for query results.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.graph.namespaces import RDF, XSD

Cell: TypeAlias = NamedNode | BlankNode | Literal | Triple | None
Row: TypeAlias = tuple[Cell, ...]
TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Table:
    """Terms in rows; None where a variable is unbound. ``form`` is "select", "ask" or "graph"."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: str = "select"

    def cells(self, prefixes: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        """The rows as text for people: strings without quotes, IRIs shortened by ``prefixes``."""
        return tuple(tuple(format_cell(term, prefixes) for term in row) for row in self.rows)


def make_table(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | tuple[Triple, ...], hidden: frozenset[str]
) -> Table:
    """An answer, read to its end, without the columns ``hidden``. Raises QueryError where the reading fails."""
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((make_boolean(bool(answer)),),), "ask")
    try:
        if isinstance(answer, (ox.QueryTriples, tuple)):
            return Table(TRIPLE, tuple((t.subject, t.predicate, t.object) for t in answer), "graph")
        return make_rows(answer, hidden)
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query fails: {error}") from error


def make_rows(answer: ox.QuerySolutions, hidden: frozenset[str]) -> Table:
    columns, rows = stream_rows(answer, hidden)
    return Table(columns, tuple(rows))


def stream_rows(answer: ox.QuerySolutions, hidden: frozenset[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Columns and rows without those ``hidden``; a row is read when it is asked for."""
    names = [variable.value for variable in answer.variables]
    shown = [index for index, name in enumerate(names) if name not in hidden]
    return tuple(names[index] for index in shown), (tuple(row[index] for index in shown) for row in answer)


def make_boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD.boolean)


def format_cell(term: Cell, prefixes: Mapping[str, str]) -> str:
    """A term as people read it: "person/sadyr-japarov" below the base, "dkg:Visit", the bare text of a literal."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.value
    if not isinstance(term, NamedNode):
        return str(term)
    fitting = [(len(iri), prefix) for prefix, iri in prefixes.items() if term.value.startswith(iri)]
    if not fitting:
        return term.value
    length, prefix = max(fitting)
    return term.value[length:] if prefix == "id" else f"{prefix}:{term.value[length:]}"


def dump_table(table: Table, format_: str) -> str:
    """The table in one of DUMPERS. Raises QueryError for another format."""
    if format_ not in DUMPERS:
        raise QueryError(f"no format {format_!r} for answers; there are {', '.join(DUMPERS)}")
    return DUMPERS[format_](table)


def dump_csv(table: Table) -> str:
    """Plain values without their datatypes, lines that end in CR LF, as the recommendation has it."""
    return "".join(csv_lines(table.columns, table.rows))


def csv_lines(columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV table, the heading first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in chain([columns], (("" if term is None else format_plain(term) for term in row) for row in rows)):
        writer.writerow(cells)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def format_plain(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def dump_tsv(table: Table) -> str:
    """Terms in Turtle's notation, one row a line."""
    return "".join(tsv_lines(table.columns, table.rows))


def tsv_lines(columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a TSV table, the heading first."""
    yield "\t".join(f"?{column}" for column in columns) + "\n"
    yield from ("\t".join("" if term is None else str(term) for term in row) + "\n" for row in rows)


def dump_json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON; the triples of a CONSTRUCT stand as rows."""
    if table.form == "ask":
        answer = table.rows[0][0]
        boolean = isinstance(answer, Literal) and answer.value == "true"
        return json.dumps({"head": {}, "boolean": boolean}, indent=2) + "\n"
    rows = [
        {name: json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": rows}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def json_term(term: NamedNode | BlankNode | Literal | Triple) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    value = {"type": "literal", "value": term.value}
    if term.language:
        return value | {"xml:lang": term.language}
    return value if term.datatype in (XSD.string, RDF.langString) else value | {"datatype": term.datatype.value}


DUMPERS: dict[str, Callable[[Table], str]] = {"csv": dump_csv, "tsv": dump_tsv, "json": dump_json}

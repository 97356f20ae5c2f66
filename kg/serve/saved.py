"""The saved queries over HTTP: rows for those who write no SPARQL, and the query's text for those who do."""

from __future__ import annotations

import json
from collections.abc import Callable

from kg.errors import QueryError
from kg.graph.queries import SavedQuery, bind_value, load_queries, run_query
from kg.graph.results import Table, dump_csv, dump_tsv
from kg.graph.session import make_value
from kg.graph.substitution import bind_variables, declare_prefixes
from kg.serve.desk import Desk, NotFoundError, finish_spool
from kg.serve.graphs import mark_truncated
from kg.serve.messages import Reply, SavedCall

FORMATS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "rq": "application/sparql-query; charset=utf-8",
}


def answer_saved(desk: Desk, call: SavedCall) -> Reply:
    """The rows of a saved query, or with the format rq its text. Raises NotFoundError and QueryError."""
    query = load_queries().get(call.name)
    if query is None:
        raise NotFoundError(f"there is no saved query {call.name!r}; /queries lists them")
    if call.format not in FORMATS:
        raise QueryError(f"no format {call.format!r}; there are {', '.join(FORMATS)}")
    settings = dict(call.settings)
    if call.format == "rq":
        return make_reply(desk, call.format, write_query(desk, query, settings))
    table, most = run_query(desk.store, query.name, settings), desk.limits.rows
    cut = Table(table.columns, table.rows[:most], table.form)
    more = len(table.rows) > most
    return make_reply(desk, call.format, DUMPERS[call.format](cut), mark_truncated(more, most, "rows"))


def make_reply(desk: Desk, format_: str, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    with desk.open_spool() as spool:
        spool.write(text.encode("utf-8", "replace"))
        return finish_spool(spool, FORMATS[format_], headers)


def write_query(desk: Desk, query: SavedQuery, settings: dict[str, str]) -> str:
    """The text with the parameters in place, as it can be sent to /sparql."""
    terms = {name: str(bind_value(desk.store, query, name, written)) for name, written in settings.items()}
    return declare_prefixes(bind_variables(query.text, terms), desk.store.prefixes)


def dump_objects(table: Table) -> str:
    """The rows as JSON objects with plain values; dates as ISO 8601."""
    rows = [dict(zip(table.columns, map(make_value, row), strict=True)) for row in table.rows]
    return json.dumps({"columns": list(table.columns), "rows": rows}, ensure_ascii=False, default=str)


DUMPERS: dict[str, Callable[[Table], str]] = {"json": dump_objects, "csv": dump_csv, "tsv": dump_tsv}

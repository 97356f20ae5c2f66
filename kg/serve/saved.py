"""The saved queries over HTTP: rows for those who write no SPARQL, and the query's text for those who do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from pyoxigraph import QuerySolutions

from kg.errors import QueryError
from kg.graph.queries import SavedQuery, ask_query, bind_value, hidden_columns, load_queries
from kg.graph.results import Row, csv_lines, stream_rows, tsv_lines
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
    answer = ask_query(desk.store, query, settings)
    if not isinstance(answer, QuerySolutions):
        raise QueryError(f"the saved query {query.name} has no rows")
    try:
        return write_rows(desk, call.format, *stream_rows(answer, hidden_columns(query)))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query fails: {error}") from error


def write_rows(desk: Desk, format_: str, columns: tuple[str, ...], rows: Iterator[Row]) -> Reply:
    """The rows up to the limit, each written as it comes; X-Truncated says where there were more."""
    most = desk.limits.rows
    with desk.open_spool() as spool:
        for line in WRITERS[format_](columns, islice(rows, most)):
            spool.write(line.encode("utf-8", "replace"))
        more = next(rows, None) is not None
        return finish_spool(spool, FORMATS[format_], mark_truncated(more, most, "rows"))


def make_reply(desk: Desk, format_: str, text: str) -> Reply:
    with desk.open_spool() as spool:
        spool.write(text.encode("utf-8", "replace"))
        return finish_spool(spool, FORMATS[format_])


def write_query(desk: Desk, query: SavedQuery, settings: dict[str, str]) -> str:
    """The text with the parameters in place, as it can be sent to /sparql."""
    terms = {name: str(bind_value(desk.store, query, name, written)) for name, written in settings.items()}
    return declare_prefixes(bind_variables(query.text, terms), desk.store.prefixes)


def object_lines(columns: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """JSON objects with plain values, a line each, in one object with the columns; dates as ISO 8601."""
    yield f'{{"columns": {json.dumps(list(columns), ensure_ascii=False)}, "rows": ['
    objects = (dict(zip(columns, map(make_value, row), strict=True)) for row in rows)
    for number, value in enumerate(objects):
        yield (",\n" if number else "\n") + json.dumps(value, ensure_ascii=False, default=str)
    yield "\n]}\n"


WRITERS: dict[str, Callable[[tuple[str, ...], Iterable[Row]], Iterator[str]]] = {
    "json": object_lines,
    "csv": csv_lines,
    "tsv": tsv_lines,
}

"""Answers to SPARQL: the engine's rows or triples in the format that the client wants, cut off at a limit."""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat

from kg.errors import QueryError
from kg.graph.faults import describe_fault
from kg.graph.syntax import Outline, limit_rows, outline_query
from kg.serve.desk import Desk, finish_spool, require_graphs, require_offer
from kg.serve.formats import GRAPHS, ROWS, Offer
from kg.serve.graphs import mark_truncated, write_triples
from kg.serve.messages import Query, Reply
from kg.serve.spool import TooManyRowsError

Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
# Bytes that stand between two rows; elsewhere they may stand only in a text, so that they are never too few.
MARKERS = {
    QueryResultsFormat.JSON: b"},{",
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.CSV: b"\n",
    QueryResultsFormat.TSV: b"\n",
}


def answer_query(desk: Desk, query: Query) -> Reply:
    """The answer of a query. Raises QueryError where it is malformed, refused or fails."""
    outline = outline_query(query.text)
    offer = require_offer(query.accept, ROWS if outline.form in ("SELECT", "ASK") else GRAPHS)
    try:
        if outline.form == "SELECT":
            return answer_rows(desk, query, outline, offer)
        answer = run_query(desk, query, outline, query.text)
        if isinstance(answer, ox.QueryTriples):
            return write_triples(desk, answer, offer)
        return serialize_answer(desk, answer, offer)
    except SyntaxError as error:
        raise QueryError(describe_fault(error, query.text)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query fails: {error}") from error


def run_query(desk: Desk, query: Query, outline: Outline, text: str) -> Answer:
    """The engine's answer over the graphs that the request names, else those of the query, else the union of all."""
    inner, prefixes = desk.store.inner, desk.store.prefixes
    if query.default_graphs or query.named_graphs:
        default, named = (require_graphs(desk.store, iris) for iris in (query.default_graphs, query.named_graphs))
        return inner.query(text, prefixes=prefixes, default_graph=list(default), named_graphs=list(named))
    if outline.sources:
        require_graphs(desk.store, (source.resolve(prefixes) for source in outline.sources))
        return inner.query(text, prefixes=prefixes)
    return inner.query(text, prefixes=prefixes, use_default_graph_as_union=True)


def answer_rows(desk: Desk, query: Query, outline: Outline, offer: Offer) -> Reply:
    """The rows of a SELECT; X-Truncated says where some were left out.

    The engine counts no rows while it writes them. So the marks between them are counted: never too few, but too
    many where texts hold the same characters. Only when they reach the limit the query is put again, with LIMIT.
    """
    try:
        return serialize_answer(desk, require_rows(run_query(desk, query, outline, query.text)), offer, limited=True)
    except TooManyRowsError:
        most = desk.limits.rows
        more = sum(1 for _ in require_rows(run_query(desk, query, outline, limit_rows(outline, most + 1)))) > most
        rows = require_rows(run_query(desk, query, outline, limit_rows(outline, most)))
        return serialize_answer(desk, rows, offer, headers=mark_truncated(more, most, "rows"))


def require_rows(answer: Answer) -> ox.QuerySolutions:
    """The answer of a SELECT. Raises QueryError where the engine took it for something else."""
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError("the query is no SELECT")
    return answer


def serialize_answer(
    desk: Desk,
    answer: ox.QuerySolutions | ox.QueryBoolean,
    offer: Offer,
    limited: bool = False,
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """Rows or a truth value as bytes. Raises TooManyRowsError where rows are ``limited``."""
    assert isinstance(offer.syntax, QueryResultsFormat)
    with desk.open_spool(MARKERS[offer.syntax] if limited else b"") as spool:
        answer.serialize(spool.stream, offer.syntax)
        return finish_spool(spool, offer.content_type, headers)

"""Tables in the W3C's formats, which other programs must be able to read."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat
from rdflib.query import Result

from kg.errors import QueryError
from kg.graph.namespaces import XSD, make_prefixes
from kg.graph.results import DUMPERS, Table, dump_table, format_cell

TABLE = Table(
    ("a", "b"),
    (
        (NamedNode("https://w3id.org/dkg/id/person/x"), Literal('кавычки "и", запятая', language="ru")),
        (None, Literal("1.5", datatype=XSD.decimal)),
        (BlankNode("n"), Literal("tab\tline\r\nbreak\\")),
        (Literal(""), None),
    ),
)


@pytest.mark.parametrize("format_", ["json", "tsv"])
def test_oxigraph_reads_it_back(format_: str) -> None:
    kind = QueryResultsFormat.from_extension(format_)
    assert kind is not None
    read = ox.parse_query_results(dump_table(TABLE, format_).encode(), kind)
    rows = tuple(tuple(row) for row in read)  # type: ignore[union-attr]
    assert [[str(cell) for cell in row] for row in rows] == [[str(cell) for cell in row] for row in TABLE.rows]


@pytest.mark.parametrize("format_", ["json", "csv", "tsv"])
def test_rdflib_reads_it(format_: str) -> None:
    result = Result.parse(io.BytesIO(dump_table(TABLE, format_).encode()), format=format_)
    assert [str(variable) for variable in result.vars or ()] == ["a", "b"]
    assert len(result) == len(TABLE.rows)


def test_csv_has_plain_values() -> None:
    rows = list(csv.reader(io.StringIO(dump_table(TABLE, "csv"), newline="")))
    assert rows[:3] == [["a", "b"], ["https://w3id.org/dkg/id/person/x", 'кавычки "и", запятая'], ["", "1.5"]]
    assert dump_table(TABLE, "csv").startswith("a,b\r\n")


def test_json_of_ask() -> None:
    table = Table(("answer",), ((Literal("true", datatype=XSD.boolean),),), "ask")
    assert json.loads(dump_table(table, "json")) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("format_", list(DUMPERS))
def test_empty_table(format_: str) -> None:
    assert "a" in dump_table(Table(("a",), ()), format_)


def test_unknown_format() -> None:
    with pytest.raises(QueryError, match="csv, tsv, json"):
        dump_table(TABLE, "xls")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (NamedNode("https://w3id.org/dkg/id/person/x"), "person/x"),
        (NamedNode("https://w3id.org/dkg/ns#Visit"), "dkg:Visit"),
        (NamedNode("https://else.example/"), "https://else.example/"),
        (Literal("да", language="ru"), "да"),
        (None, ""),
    ],
)
def test_cells_for_people(term: NamedNode | Literal | None, expected: str) -> None:
    assert format_cell(term, make_prefixes()) == expected

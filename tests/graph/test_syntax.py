"""What queries are and what they may not do, told by their tokens."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph.syntax import TOKEN, limit_rows, outline_query

REFUSED = {
    "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { service silent ?x { ?s ?p ?o } }": "SERVICE",
    "SELECT * { ?s ?p 1 .SERVICE<http://x.example/>{} }": "SERVICE",
    "SELECT * { { SELECT * { SERVICE <http://x.example/> {} } } }": "SERVICE",
    "SELECT * { ?s ?p 'a' . # SERVICE\n SERVICE <http://x.example/> {} }": "SERVICE",
    "SELECT * { FILTER(?a <?b) SERVICE <http://x.example/> {} }": "SERVICE",
    "SELECT * { \\u0053ERVICE <http://x.example/> {} }": "SERVICE",
    "SELECT * { ?s ?p '\\u0027 . SERVICE <http://x.example/> {} #' }": "SERVICE",
    'SELECT * { ?s ?p """a"" """ . SERVICE <http://x.example/> {} }': "SERVICE",
    "SELECT * { SERVICESILENT<http://x.example/>{} }": "SERVICE",
    "SELECT * { ?s ?p trueSERVICE <http://x.example/>{} }": "SERVICE",
    "SELECT * { ?s ?p 1e5SERVICE<http://x.example/>{} }": "SERVICE",
    "PREFIX e: <http://x.example/> SELECT * { serviceE:{} }": "SERVICE",
    "PREFIX e: <http://x.example/> SELECT * { SERVICESILENTe:{} }": "SERVICE",
    "PREFIX : <http://x.example/> SELECT * { SERVICE:{} }": "SERVICE",
    "PREFIX : <http://x.example/> SELECT * { SERVICE:a{} }": "SERVICE",
    "PREFIX e: <http://x.example/> SELECT * { ?s ?p e:.SERVICE e: {} }": "SERVICE",
    "PREFIX e: <http://x.example/> SELECT * { ?s ?p e:a.SERVICE e: {} }": "SERVICE",
    "PREFIX : <http://x.example/> SELECT * { FILTER(?a<?b)SERVICE:x#>\n{} }": "SERVICE",
    "PREFIX e: <http://x.example/> SELECT * { FILTER('a'<'>')SERVICE e: {} FILTER('a'<'>') }": "SERVICE",
    "LOADSILENT<http://x.example/>": "LOADSILENT is an update",
    "LOAD <http://x.example/>": "LOAD is an update",
    "PREFIX a: <http://a.example/> INSERT DATA { a:a a:a a:a }": "INSERT is an update",
    "BASE <http://a.example/> DELETE WHERE { ?s ?p ?o }": "DELETE is an update",
    "with <http://a.example/> delete {} where {}": "WITH is an update",
    "": "neither SELECT",
    "?": "neither SELECT",
    "SELECT * " + "{" * 300: "nest",
}
ACCEPTED = (
    "SELECT * { ?s ?p 'SERVICE <http://x.example/> {}' }",
    'SELECT * { ?s ?p "a \\" SERVICE" }',
    "SELECT * { ?s ?p '''it's SERVICE''' }",
    "SELECT * { ?s ?p <http://x.example/SERVICE> }",
    "PREFIX a: <http://x.example/> SELECT * { ?service a:service $load } # SERVICE",
    "SELECT * { ?s ?p 'service' FILTER(?s < ?p && ?p > ?s) }",
    "SELECT * { ?s ?p 'LOAD'@service }",
    "SELECT * { ?s ?p _:service }",
)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    with pytest.raises(QueryError, match=REFUSED[text]):
        outline_query(text)


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    outline_query(text)
    ox.Store().query(text)


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }\nLIMIT 5\n"),
        ("SELECT * { ?s ?p ?o } LIMIT 9", "SELECT * { ?s ?p ?o } LIMIT 5"),
        ("SELECT * { ?s ?p ?o } limit 3 OFFSET 2", "SELECT * { ?s ?p ?o } limit 3 OFFSET 2"),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 2 } }", "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 2 } }\nLIMIT 5\n"),
        ("SELECT * { ?s ?p 'LIMIT 1' } # LIMIT 1", "SELECT * { ?s ?p 'LIMIT 1' } # LIMIT 1\nLIMIT 5\n"),
        ("SELECT * { ?s ?p ?o } VALUES ?s { 1 2 }", "SELECT * { ?s ?p ?o } \nLIMIT 5\nVALUES ?s { 1 2 }"),
        ("SELECT * { VALUES ?s { 1 2 } }", "SELECT * { VALUES ?s { 1 2 } }\nLIMIT 5\n"),
        ("SELECT * { ?s ?p ?o } LIMIT " + "9" * 5000, "SELECT * { ?s ?p ?o } LIMIT 5"),
    ],
)
def test_rows_are_limited(text: str, limited: str) -> None:
    assert limit_rows(outline_query(text), 5) == limited
    ox.Store().query(limited)


def test_graphs_of_a_query() -> None:
    outline = outline_query(
        "PREFIX a: <http://a.example/> SELECT * FROM a:x\\,y "
        "FROM NAMED <http://b.example/\\u0062> FROM id:z { FILTER('FROM') }"
    )
    found = [source.resolve({"id": "http://c.example/"}) for source in outline.sources]
    assert found == ["http://a.example/x,y", "http://b.example/b", "http://c.example/z"]


PARTS = st.sampled_from(
    ["SELECT", "*", "{", "}", "?a", "<", ">", "<?b", "<http://x.example/>", "'", '"', "'''", '"""', "\\", "#", "\n",
     " ", "SERVICE", "service", "a:", ":b", ".", ";", "FILTER(", ")", "@en", "true", "e5", "SILENT", "{}",
     "_:", "1", "\\u0053", "x", "^^", "|"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=30).map("".join))
def test_what_passes_and_parses_asks_no_service(text: str) -> None:
    """The engine parses what we let through, and would fail to reach the service if there were one."""
    try:
        outline_query(text)
        ox.Store().query(text)
    except (QueryError, SyntaxError, ValueError):
        return
    except OSError as error:  # only a service is looked for outside of the store
        pytest.fail(f"{text!r} went out: {error}")


@given(st.text())
def test_any_text_has_tokens_or_is_refused(text: str) -> None:
    sum(1 for _ in TOKEN.finditer(text))
    try:
        outline_query(text)
    except QueryError:
        return

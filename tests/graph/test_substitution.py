"""Queries that stand on their own say the same as queries with terms and prefixes beside them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Variable

from kg.graph.namespaces import make_prefixes
from kg.graph.queries import load_queries
from kg.graph.store import Store
from kg.graph.substitution import bind_variables, declare_prefixes

CASES = {
    "SELECT ?x WHERE { ?x a ?y }": "SELECT (<t:> AS ?x) WHERE { <t:> a ?y }",
    "SELECT DISTINCT ?y ?x { ?y a ?x } ORDER BY ?x": (
        "SELECT DISTINCT ?y (<t:> AS ?x) { ?y a <t:> } ORDER BY (STR(<t:>))"
    ),
    "SELECT (COUNT(?x) AS ?n) { ?x a ?y } GROUP BY ?x ?y HAVING (?x > 1) LIMIT 3": (
        "SELECT (COUNT(<t:>) AS ?n) { <t:> a ?y } GROUP BY (STR(<t:>)) ?y HAVING (<t:> > 1) LIMIT 3"
    ),
    "SELECT * { { SELECT ?x { ?x a 1 } } ?x a '?x' } # ?x": (
        "SELECT * { { SELECT (<t:> AS ?x) { <t:> a 1 } } <t:> a '?x' } # ?x"
    ),
    "ASK { $x a ?xx }": "ASK { <t:> a ?xx }",
}


@pytest.mark.parametrize("text", CASES)
def test_terms_are_placed(text: str) -> None:
    assert bind_variables(text, {"x": "<t:>"}) == CASES[text]
    ox.Store().query(CASES[text])


def test_prefixes_are_declared() -> None:
    text = "PREFIX a: <http://a.example/> SELECT * { ?s a:b c:d ; e:f 'g:h' }"
    assert (
        declare_prefixes(text, {"a": "http://x/", "c": "http://c/", "g": "http://g/"})
        == f"PREFIX c: <http://c/>\n{text}"
    )


@pytest.mark.parametrize("name", load_queries())
def test_saved_queries_mean_the_same(full: Store, name: str) -> None:
    query = load_queries()[name]
    terms = {p.name: NamedNode(full.base + "country/RU") for p in query.parameters if p.kind not in ("date", "number")}
    days = {p.name: Literal("2025-11-26") for p in query.parameters if p.kind == "date"}
    bound = {**terms, **days}
    text = declare_prefixes(
        bind_variables(query.text, {key: str(term) for key, term in bound.items()}), make_prefixes()
    )
    options = {"use_default_graph_as_union": True}
    written = full.inner.query(text, **options)  # type: ignore[call-overload]
    beside = full.inner.query(query.text, substitutions={Variable(k): v for k, v in bound.items()}, **options)  # type: ignore[call-overload]
    assert [list(row) for row in written] == [list(row) for row in beside]

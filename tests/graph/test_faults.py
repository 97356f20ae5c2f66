"""What is wrong with a query, in words that name the place."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.store import Store


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?x WHERE { ?x a }", "line 1, column 25, at its end"),
        ("SELECT ?x WHERE {\n  ?x foo:bar ?y }", "line 2, column 13, at '?y }': prefix not found"),
        ("SELECT ?x ?y { ?x ?y ?z } GROUP BY ?y", "the SELECT contains a variable that is unbound"),
        ("SELECT ?x { ?x a dkg:Visit } LIMIT many", "line 1, column 36, at 'many'"),
        ("SELECT ?x WHERE { ?x ?y }", "line 1, column 26, at its end"),
        ("SELECT ?x WHERE { ?x ?y ?z", '"{" or "}"'),
        ("SELECT * { ?x <b c> ?y }", ": IRI parsing failed"),
        ("", "does not parse"),
    ],
)
def test_place_and_reason(full: Store, text: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        full.query(text)
    assert "the query does not parse" in str(error.value)
    assert told in str(error.value)
    assert "\\u{" not in str(error.value)
    assert "LATERAL" not in str(error.value)
    assert "error at" not in str(error.value)

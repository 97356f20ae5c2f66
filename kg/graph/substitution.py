"""Queries made to stand on their own: variables replaced by terms, prefixes declared.

Oxigraph is given terms and prefixes beside a query; over the SPARQL Protocol the text is all there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from kg.graph.syntax import Token, split_tokens

MODIFIERS = frozenset({"GROUP", "ORDER"})
OPENING = frozenset("{([")
ENDS = frozenset({"HAVING", "LIMIT", "OFFSET", "VALUES", "ORDER", "GROUP"})


def bind_variables(text: str, terms: Mapping[str, str]) -> str:
    """The query with terms, in SPARQL's notation, in the place of variables.

    In the SELECT clause it becomes a column with the term in each row, in GROUP BY and ORDER BY an expression.
    """
    if not terms:
        return text
    parts, end = [], 0
    for token, where in find_places(text):
        name = token.text[1:]
        if token.kind == "variable" and name in terms:
            parts += [text[end : token.start], place_term(terms[name], token.text, where)]
            end = token.end
    return "".join((*parts, text[end:]))


def place_term(term: str, variable: str, where: str) -> str:
    if where == "SELECT":
        return f"({term} AS {variable})"
    return f"(STR({term}))" if where in MODIFIERS else term  # a bare number would be taken for a column by some


def find_places(text: str) -> Iterator[tuple[Token, str]]:
    """The tokens, each with the clause that it stands in directly: "SELECT", "GROUP", "ORDER" or another."""
    clauses: dict[int, str] = {}
    for token in split_tokens(text):
        if token.kind == "word" and token.text in ("SELECT", "WHERE", "FROM", *ENDS):
            clauses[token.depth] = token.text
        if token.text == "{":  # the pattern of a clause is one level deeper than the clause itself
            clauses[token.depth - 1] = "WHERE"
        if token.text in OPENING:
            clauses[token.depth] = ""
        yield token, clauses.get(token.depth, "")


def declare_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with those of the prefixes declared that it uses and does not declare itself."""
    tokens = list(split_tokens(text))
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "name"}
    own = {
        name.text.removesuffix(":") for word, name in pairwise(tokens) if word.text == "PREFIX" and name.kind == "name"
    }
    wanted = sorted((used - own) & prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in wanted) + text

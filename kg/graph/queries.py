"""The saved queries of queries/*.rq, and running them or any other text with parameters.

A saved query begins with comments that say what it is:

    # title: Meetings of a person
    # answers: whom the person met, when and where
    # param person Person: the person
    # param since date optional: no earlier than this day, month or year
    # param until lastday optional: no later than this day, month or year

The word after a parameter's name is its kind: a class of the ontology (a thing of that class, by IRI, id or name),
``thing``, ``date`` (of a month or year its first day), ``lastday`` (its last), ``number``, ``flag`` (yes or no),
``text``, ``term`` (a value of the ontology, as ``state``), or the texts that there are to choose from
(``date|status|place``).

A query about events or documents has the parameter ``mentions``, a flag: by default what several articles tell of
stands once, with it each article's account for itself.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.config import queries_path
from kg.errors import DataError, QueryError
from kg.graph.literals import make_text
from kg.graph.lookup import parse_iri
from kg.graph.parameters import Parameter, parse_value
from kg.graph.results import Table, make_table
from kg.graph.store import Answer, Store

FIELD = re.compile(r"#\s*(title|answers):\s*(\S.*)")
PARAMETER = re.compile(r"#\s*param\s+(\w+)(?:\s+(\w+(?:\|\w+)*))?(\s+optional)?\s*:\s*(\S.*)")
MENTIONS = "mentions"
NAME = re.compile(r"[\w-]+\Z")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its heading."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)


def load_queries(folder: Path | None = None) -> dict[str, SavedQuery]:
    """All saved queries by name, in the order of their names. Raises DataError for one without a title."""
    paths = sorted((folder or queries_path()).glob("*.rq"))
    return {path.stem: read_query(path) for path in paths}


def read_query(path: Path) -> SavedQuery:
    """The query of one file; its name is the file's. Raises DataError."""
    try:
        query = parse_query(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from error
    if not query.title:
        raise DataError(f'{path}: no comment "# title: …"')
    return query


def parse_query(name: str, text: str) -> SavedQuery:
    """A query and the heading in its comments, which may be missing."""
    fields = {match[1]: match[2] for match in map(FIELD.match, text.splitlines()) if match}
    return SavedQuery(name, fields.get("title", ""), fields.get("answers", ""), tuple(parse_parameters(text)), text)


def parse_parameters(text: str) -> Iterator[Parameter]:
    for match in filter(None, map(PARAMETER.match, text.splitlines())):
        name, kind, optional, description = match.groups()
        yield Parameter(name, kind or "thing", optional is not None, description)


def find_query(name_or_text: str) -> SavedQuery:
    """A saved query by name, a .rq file, or the text itself. Raises QueryError for a name that nobody saved."""
    saved = load_queries()
    if name_or_text in saved:
        return saved[name_or_text]
    if name_or_text.endswith(".rq"):
        return read_file(Path(name_or_text))
    if NAME.match(name_or_text):
        near = difflib.get_close_matches(name_or_text, saved, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(saved)}"
        raise QueryError(f"no saved query {name_or_text!r}; {hint}")
    return parse_query("", name_or_text)


def read_file(path: Path) -> SavedQuery:
    """A user's own .rq file. Raises QueryError."""
    try:
        return parse_query(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: {error}") from error


def run_query(
    store: Store,
    name_or_text: str,
    params: Mapping[str, str] | None = None,
    *,
    mentions: bool = False,
    derived: bool = True,
) -> Table:
    """The answer of a saved query, a .rq file or a text, with ``params`` bound as its parameters declare.

    ``mentions`` asks for each article's account instead of what they tell together, ``derived`` says whether derived
    facts are asked too. The columns of declared parameters are left out. Raises QueryError where a parameter is
    unknown, missing, malformed or names nothing, and where the query itself fails.
    """
    query = find_query(name_or_text)
    if mentions:
        params = {**(params or {}), MENTIONS: "yes"}
        if query.parameter(MENTIONS) is None:
            raise QueryError("the query has no parameter mentions: it says itself which events and documents it sees")
    return make_table(ask_query(store, query, params, derived=derived), hidden_columns(query))


def hidden_columns(query: SavedQuery) -> frozenset[str]:
    """The columns that hold what the user gave."""
    return frozenset(parameter.name for parameter in query.parameters)


def ask_query(
    store: Store, query: SavedQuery, params: Mapping[str, str] | None = None, *, derived: bool = True
) -> Answer:
    """The engine's answer, not yet read. Raises QueryError as ``run_query`` does."""
    bindings = {name: bind_value(store, query, name, written) for name, written in (params or {}).items()}
    missing = [p.name for p in query.parameters if not p.optional and p.name not in bindings]
    if missing:
        wanted = ", ".join(f"{p.name} ({p.description})" for p in query.parameters if p.name in missing)
        raise QueryError(f"the query {query.name} needs {wanted}")
    return store.query(query.text, bindings, derived=derived)


def bind_value(store: Store, query: SavedQuery, name: str, written: str) -> NamedNode | Literal:
    """The term for a parameter, read as its kind says; in a text that declares none, an IRI or else a string."""
    parameter = query.parameter(name)
    if parameter is not None:
        return parse_value(store, parameter.kind, written)
    if query.parameters:
        known = ", ".join(f"{p.name} ({p.description})" for p in query.parameters)
        raise QueryError(f"the query {query.name} has no parameter {name}; it has {known}")
    return parse_iri(store, written) or make_text(written)

"""A store behind a SPARQL endpoint, for reading: the same questions as to a store on disk, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from pyoxigraph import BlankNode, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple

from kg.config import base_iri
from kg.errors import QueryError, StoreError
from kg.graph.http import Client, Credentials, EndpointError
from kg.graph.ontology import DKG
from kg.graph.store import Answer, Store, Term
from kg.graph.substitution import bind_variables, declare_prefixes
from kg.graph.syntax import outline_query

if TYPE_CHECKING:
    from rdflib import Dataset

ROWS, TRIPLES = "application/sparql-results+json", "text/turtle, application/n-triples;q=0.9"
BOOLEANS = {value: f'{{"head":{{}},"boolean":{value}}}'.encode() for value in ("false", "true")}
FORMATS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}
# Virtuoso 7 writes the type of literals as the drafts of the recommendation had it.
OLD_TYPE, TYPE = b'"type": "typed-literal"', b'"type": "literal"'


class RemoteStore(Store):
    """A store that is asked over the SPARQL Protocol; it holds nothing itself and cannot be written."""

    def __init__(self, client: Client, base: str) -> None:
        self._quads = RemoteQuads(client)
        super().__init__(cast("ox.Store", self._quads), base, client.endpoint, read_only=True)
        self._remote: Dataset | None = None

    @property
    def dataset(self) -> Dataset:
        """The store as an rdflib Dataset; each pattern that is looked up is a request."""
        from rdflib import Dataset

        from kg.graph.lookups import ClientStore  # here, so that what needs no rdflib starts without it

        if self._remote is None:
            self._remote = Dataset(ClientStore(self._quads.client), default_union=True)
        return self._remote

    def query(self, text: str, bindings: Mapping[str, Term] | None = None, *, derived: bool = True) -> Answer:
        """The answer of the endpoint; over which graphs a query goes without GRAPH is the endpoint's own choice.

        Raises QueryError where derived facts are to be left out.
        """
        if not derived:
            raise QueryError(f"{self.where}: an endpoint chooses its graphs itself, derived ones cannot be left out")
        bound = bind_variables(text, {name: str(term) for name, term in (bindings or {}).items()})
        return self._quads.ask(declare_prefixes(bound, self.prefixes))

    def close(self) -> None:
        """Nothing is kept open."""


class RemoteQuads:
    """The one way of Oxigraph's stores to look quads up, over an endpoint."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, text: str) -> Answer:
        """The answer to a query. Raises QueryError where the endpoint refuses it, StoreError where it fails."""
        form = outline_query(text).form
        headers = {
            "Accept": ROWS if form in ("SELECT", "ASK") else TRIPLES,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"query": text}).encode()
        try:
            response = self.client.send("POST", self.client.endpoint, body, headers)
        except EndpointError as error:
            if error.status == 400:
                raise QueryError(str(error)) from error
            raise
        try:
            if response.media in FORMATS:
                return tuple(quad.triple for quad in ox.parse(response.body, FORMATS[response.media]))
            answer = ox.parse_query_results(response.body.replace(OLD_TYPE, TYPE), QueryResultsFormat.JSON)
            return read_boolean(answer) if form == "ASK" and isinstance(answer, ox.QuerySolutions) else answer
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.client.endpoint}: this is no answer to a query: {error}") from error

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object_: Term | Triple | None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads with these terms; None stands for any."""
        given = {"s": subject, "p": predicate, "o": object_, "g": graph}
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in given.items())
        answer = self.ask(f"SELECT * WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}")
        for row in answer if isinstance(answer, ox.QuerySolutions) else ():
            terms = [row[name] if term is None else term for name, term in given.items()]
            yield Quad(*terms)  # type: ignore[arg-type]


def read_boolean(answer: ox.QuerySolutions) -> Answer:
    """The truth value that Virtuoso 7 gives as a row with a number."""
    values = [getattr(term, "value", "") for row in answer for term in row]
    return ox.parse_query_results(BOOLEANS["true" if values == ["1"] else "false"], QueryResultsFormat.JSON)


def open_remote(endpoint: str, base: str | None = None, credentials: Credentials | None = None) -> RemoteStore:
    """The store behind an endpoint. ``base`` is that of its resources, asked of the endpoint if left out.

    Raises StoreError where the endpoint does not answer, or holds stores of several bases.
    """
    client = Client(endpoint, credentials)
    if base is None:
        found = RemoteQuads(client).quads_for_pattern(None, DKG.storeBase, None)
        bases = sorted({str(quad.object.value) for quad in found})  # type: ignore[union-attr]
        if len(bases) > 1:
            raise StoreError(f"{endpoint}: it holds stores with the bases {', '.join(bases)}; choose one by KG_BASE")
        base = next(iter(bases), None)
    return RemoteStore(client, base_iri(base))

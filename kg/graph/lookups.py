"""What rdflib asks of an endpoint, sent the way that all else is: with the credentials, and with our errors."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from kg.graph.http import Client

FORM = "application/x-www-form-urlencoded"


class ClientStore(SPARQLStore):
    """rdflib's store behind an endpoint, which reads through a Client."""

    def __init__(self, client: Client) -> None:
        super().__init__(client.endpoint, context_aware=True)
        self._client = client

    def _query(self, query: str, default_graph: str | None = None, *_: Any) -> Result:
        """The answer to what rdflib asks. Raises EndpointError."""
        fields = {"query": query} | ({"default-graph-uri": str(default_graph)} if default_graph else {})
        headers = {"Accept": self.response_mime_types(), "Content-Type": FORM}
        answer = self._client.send("POST", self._client.endpoint, urlencode(fields).encode(), headers)
        return Result.parse(BytesIO(answer.body), content_type=answer.media)

    def add_graph(self, graph: Graph) -> None:
        """Nothing: a Dataset calls this of each graph that it is asked for, and there it is or is empty."""

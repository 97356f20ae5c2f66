"""What a worker has at hand to answer: the snapshot it reads, its limits, and a place for large answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.graph.iris import BOOKKEEPING, graph_iri
from kg.graph.store import Store
from kg.serve.formats import NEGOTIATED, Offer, choose_offer, list_media
from kg.serve.limits import Limits
from kg.serve.messages import Reply
from kg.serve.spool import Spool


class NotAcceptableError(QueryError):
    """The client accepts no format that this answer can have."""


class NotFoundError(QueryError):
    """The store has no such thing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An open snapshot and the file that an answer may fill."""

    store: Store
    limits: Limits
    path: Path

    def open_spool(self, marker: bytes = b"") -> Spool:
        """A place for an answer; with a marker for one whose rows are limited."""
        return Spool(self.path, self.limits.answer, marker, self.limits.rows)


def require_offer(accept: str, offers: tuple[Offer, ...]) -> Offer:
    """The offer that a client wants most. Raises NotAcceptableError."""
    offer = choose_offer(accept, offers)
    if offer is None:
        raise NotAcceptableError(f"none of what you accept can be given; there are {list_media(offers)}")
    return offer


def hidden_graphs(store: Store) -> frozenset[NamedNode]:
    """The graphs that are the store's own business."""
    return frozenset(graph_iri(store.base, name) for name in BOOKKEEPING)


def has_graph(store: Store, graph: NamedNode) -> bool:
    """Whether there is such a graph for clients."""
    return graph not in hidden_graphs(store) and store.inner.contains_named_graph(graph)


def require_graphs(store: Store, iris: Iterable[str]) -> list[NamedNode]:
    """The graphs of these names. Raises QueryError for one that the store lacks: nothing is fetched."""
    graphs = [parse_node(iri) for iri in iris]
    for graph in graphs:
        if not has_graph(store, graph):
            raise QueryError(f"the store has no graph {graph}; graphs are not loaded from elsewhere")
    return graphs


def parse_node(iri: str) -> NamedNode:
    """The node of an IRI that a client wrote. Raises QueryError."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is not an absolute IRI: {error}") from error


def finish_spool(spool: Spool, media: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """The answer that a spool holds."""
    path = spool.finish()
    body = b"" if path else bytes(spool.held)
    return Reply(200, media, body, path, spool.size, NEGOTIATED + headers)

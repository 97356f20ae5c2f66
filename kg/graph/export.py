"""Writing a store out: the same store gives the same bytes, whatever the order in which it was built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, TypeAlias

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import QueryError, StoreError
from kg.graph.derivation import is_derived
from kg.graph.iris import BOOKKEEPING, article_iri, graph_iri
from kg.graph.markup import clean_triple, wrap_xml
from kg.graph.namespaces import RDF, make_export_prefixes
from kg.graph.store import Store

Key: TypeAlias = tuple[str, bool, str, str]
CURATED = ("reference", "ontology")


@dataclass(frozen=True, slots=True)
class Exporter:
    """A syntax, how the statements for it are read, and what the bytes pass on their way out."""

    format: RdfFormat
    read: Callable[[Store, tuple[NamedNode, ...]], Iterable[Quad] | Iterable[Triple]]
    wrap: Callable[[BinaryIO], IO[bytes]] = lambda out: out


def dump_store(
    store: Store,
    out: BinaryIO,
    format_: str,
    article: str | None = None,
    *,
    reference: bool = True,
    derived: bool = True,
) -> None:
    """Write the store, or one article's graph alone, in a format of EXPORTERS; graph after graph, never all in memory.

    ``reference`` says whether the curated facts and the ontology belong to an export of the whole store, ``derived``
    whether what follows from the articles does.
    Raises QueryError for an unknown format, StoreError where there is no such article.
    """
    if format_ not in EXPORTERS:
        raise QueryError(f"no export format {format_!r}; there are {', '.join(EXPORTERS)}")
    exporter = EXPORTERS[format_]
    graphs = select_graphs(store, article, reference, derived)
    statements, prefixes = exporter.read(store, graphs), make_export_prefixes(store.base)
    serialize(statements, exporter.wrap(out), exporter.format, prefixes=prefixes)


def select_graphs(store: Store, article: str | None, reference: bool, derived: bool) -> tuple[NamedNode, ...]:
    """The graphs to write, by name; the store's own bookkeeping is never among them."""
    graphs = {graph for graph in store.inner.named_graphs() if isinstance(graph, NamedNode)}
    if article is not None:
        wanted = article_iri(store.base, article)
        if wanted not in graphs:
            raise StoreError(f"{store.where}: there is no article {article!r}")
        return (wanted,)
    left_out = {graph_iri(store.base, name) for name in (*BOOKKEEPING, *(() if reference else CURATED))}
    chosen = (graph for graph in graphs - left_out if derived or not is_derived(graph, store.base))
    return tuple(sorted(chosen, key=lambda graph: graph.value))


def graph_quads(store: Store, graphs: tuple[NamedNode, ...]) -> Iterator[Quad]:
    """The quads, graph by graph, each in order."""
    for graph in graphs:
        yield from sorted(store.inner.quads_for_pattern(None, None, None, graph), key=sort_key)


def merge_graphs(store: Store, graphs: tuple[NamedNode, ...]) -> Iterator[Triple]:
    """The union of graphs as triples, each once, subject by subject."""
    chosen = set(graphs)
    subjects = {quad.subject for graph in graphs for quad in store.inner.quads_for_pattern(None, None, None, graph)}
    for subject in sorted(subjects, key=str):
        quads = store.inner.quads_for_pattern(subject, None, None, None)
        triples = {quad.triple for quad in quads if quad.graph_name in chosen}
        yield from sorted(triples, key=sort_key)


def clean_graphs(store: Store, graphs: tuple[NamedNode, ...]) -> Iterator[Triple]:
    """The union, as XML can carry it."""
    return map(clean_triple, merge_graphs(store, graphs))


def sort_key(statement: Quad | Triple) -> Key:
    """Subjects together, what they are first."""
    predicate = statement.predicate
    return str(statement.subject), predicate != RDF.type, predicate.value, str(statement.object)


EXPORTERS: dict[str, Exporter] = {
    "turtle": Exporter(RdfFormat.TURTLE, merge_graphs),
    "trig": Exporter(RdfFormat.TRIG, graph_quads),
    "nquads": Exporter(RdfFormat.N_QUADS, graph_quads),
    "ntriples": Exporter(RdfFormat.N_TRIPLES, merge_graphs),
    "jsonld": Exporter(RdfFormat.JSON_LD, graph_quads),
    "xml": Exporter(RdfFormat.RDF_XML, clean_graphs, wrap_xml),
}

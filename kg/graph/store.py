"""The store: Oxigraph on disk, or in memory as its twin; one named graph an article, replaced atomically.

Reading goes through raw queries over the union of all graphs, or through ``Store.dataset`` (rdflib). One process
writes at a time; a read-only store shows the state at the moment of opening.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Variable

from kg.errors import QueryError, StoreError
from kg.graph.census import Counts, count_store
from kg.graph.closing import Closing
from kg.graph.derivation import derived_iri, derived_quads, is_derived
from kg.graph.faults import describe_fault
from kg.graph.folder import check_marker, open_folder
from kg.graph.iris import BOOKKEEPING, article_iri, graph_iri
from kg.graph.keyfilter import KeyFilter
from kg.graph.memory import IndexMemory
from kg.graph.namespaces import DCTERMS, RDF, make_prefixes
from kg.graph.ontology import DKG

if TYPE_CHECKING:
    from rdflib import Dataset

MEMORY = "the store in memory"
MANY = 2**19  # bytes of N-Quads that are quicker to write as files
MOST = 1_000_000  # lines of N-Quads that the engine takes in from files at once
Term: TypeAlias = NamedNode | ox.BlankNode | Literal
Answer: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | tuple[ox.Triple, ...]


def open_store(path: Path | None, *, read_only: bool = False, base: str | None = None) -> Store:
    """The store in a folder, made where there is none; None gives one in memory.

    ``base`` is that of a new store; an old store keeps its own. Raises StoreError where the folder is locked by
    another process, holds something else, has another format or base, or is missing while ``read_only``.
    """
    inner = ox.Store() if path is None else open_folder(path, read_only)
    where = str(path) if path else MEMORY
    return Store(inner, check_marker(inner, where, base, read_only), where, read_only)


class Store(Closing):
    """An open store; a context manager that closes it."""

    def __init__(self, inner: ox.Store, base: str, where: str, read_only: bool = False) -> None:
        self.base = base
        self.where = where
        self.read_only = read_only
        self.prefixes = make_prefixes(base)
        self.index = IndexMemory()
        self._inner: ox.Store | None = inner
        self._dataset: Dataset | None = None

    @property
    def folder(self) -> Path | None:
        """Where it lies; None for one in memory."""
        return None if self.where == MEMORY else Path(self.where)

    @property
    def inner(self) -> ox.Store:
        """The Oxigraph store itself. Raises StoreError once closed."""
        if self._inner is None:
            raise StoreError(f"{self.where}: the store is closed")
        return self._inner

    @property
    def dataset(self) -> Dataset:
        """The store as an rdflib Dataset, for reading: its own updates are neither atomic nor tracked."""
        from oxrdflib.store import OxigraphStore  # here, so that what needs no rdflib starts without it
        from rdflib import Dataset

        if self._dataset is None:
            self._dataset = Dataset(store=OxigraphStore(store=self.inner), default_union=True)
            for prefix, namespace in self.prefixes.items():
                self._dataset.bind(prefix, namespace, replace=True)
        return self._dataset

    def replace_article(self, article_id: str, quads: Iterable[Quad]) -> None:
        """Put ``quads`` in the place of all that the article's graph held, in one atomic update.

        The same update notes that the article has changed since the links were made, and derives anew what follows;
        nothing happens where the article says what it said before.
        """
        graph = article_iri(self.base, article_id)
        checked = list(check_graph(quads, graph))
        if not self.read_only and set(checked) == set(self.inner.quads_for_pattern(None, None, None, graph)):
            return
        lines = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in checked)
        written = f"INSERT DATA {{ {self._note(graph)} GRAPH {graph} {{\n{lines}\n}} }}"
        self.update(f"DROP SILENT GRAPH {graph} ; {written} ; {self._derivation(article_id, checked)}")

    def put_articles(self, graphs: Iterable[tuple[str, bytes]]) -> int:
        """Store articles by id, each with the N-Quads of its graph and of what follows from it; how many were replaced.

        Those that are new come in one step, all or none, which is far quicker; the others are replaced one by one. Of
        two of one id the last counts. Raises StoreError.
        """
        new: dict[NamedNode, bytes] = {}
        replaced = 0
        for article_id, lines in graphs:
            graph = article_iri(self.base, article_id)
            if self.inner.contains_named_graph(graph):
                stated = (quad for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS) if quad.graph_name == graph)
                self.replace_article(article_id, stated)
                replaced += 1
            else:
                new[graph] = lines
        if new:
            marker = graph_iri(self.base, "store")
            notes = (f"{marker} {DKG.unlinked} {graph} {marker} .\n".encode() for graph in new)
            self.load_lines(b"".join((*new.values(), *notes)))
        return replaced

    def load_lines(self, lines: bytes) -> None:
        """Add N-Quads in one step. Raises StoreError.

        Many are written as files that the engine takes in, which costs a third of a transaction; up to a million
        quads it takes in all of them at once or none.
        """
        self._check_writable()
        load = self.inner.bulk_load if len(lines) > MANY and lines.count(b"\n") < MOST else self.inner.load
        self._try(lambda: load(lines, format=ox.RdfFormat.N_QUADS))

    def _derivation(self, article_id: str, quads: Iterable[Quad]) -> str:
        """The update that makes the derived graph of an article anew; ``quads`` are the article's own."""
        graph, source = derived_iri(self.base, article_id), article_iri(self.base, article_id)
        found = derived_quads(quads, self.inner, self.base, graph, source)
        lines = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in found)
        return f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{\n{lines}\n}} }}"

    def remove_article(self, article_id: str) -> None:
        """Forget an article; nothing happens where it is unknown."""
        graph, derived = article_iri(self.base, article_id), derived_iri(self.base, article_id)
        self.update(f"DROP SILENT GRAPH {graph} ; DROP SILENT GRAPH {derived} ; INSERT DATA {{ {self._note(graph)} }}")

    def derive(self) -> None:
        """Make what follows from all articles anew, as when the curated facts have changed."""
        for article_id in self.articles():
            self.update(self._derivation(article_id, self.quads(article_iri(self.base, article_id))))

    def _note(self, article: NamedNode) -> str:
        """The statement that an article has changed since the links were made."""
        marker = graph_iri(self.base, "store")
        return f"GRAPH {marker} {{ {marker} {DKG.unlinked} {article} }}"

    def update(self, text: str) -> None:
        """One atomic SPARQL update. Raises QueryError where it is malformed, StoreError where it cannot be written."""
        self._check_writable()
        try:
            self._try(lambda: self.inner.update(text, prefixes=self.prefixes))
        except SyntaxError as error:
            raise QueryError(f"the update does not parse: {error}") from error

    def _try(self, write: Callable[[], object]) -> None:
        """Write, with the engine's errors (a full disk, broken files) put in the user's terms."""
        try:
            write()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self.where}: it cannot be written: {error}") from error

    def load_reference(self, quads: Iterable[Quad], version: str) -> bool:
        """Replace the curated graphs by ``quads``, unless ``version`` stands already; says whether it loaded.

        The version is written last: a load that was cut short is done again the next time.
        """
        if self.reference_version() == version:
            return False
        marker = graph_iri(self.base, "store")
        old = " ; ".join(f"DROP SILENT GRAPH {graph_iri(self.base, name)}" for name in ("reference", "ontology"))
        self.update(f"DELETE WHERE {{ GRAPH {marker} {{ {marker} {DKG.referenceVersion} ?v }} }} ; {old}")
        self._write(quads)
        self.derive()
        self._try(lambda: self.inner.add(Quad(marker, DKG.referenceVersion, Literal(version), marker)))
        return True

    def clear_index(self) -> None:
        """Empty the index of the links.

        The version of the links is taken away with it: whoever dies before they are made, makes index and links anew.
        """
        marker, index = graph_iri(self.base, "store"), graph_iri(self.base, "index")
        self.update(
            f"DELETE WHERE {{ GRAPH {marker} {{ {marker} {DKG.linksVersion} ?v }} }} ; DROP SILENT GRAPH {index}"
        )
        self.index = IndexMemory(KeyFilter())

    def flush(self) -> None:
        """Put on disk what is written so far, and let go of its memory."""
        self._check_writable()
        self._try(self.inner.flush)

    def note_unlinked(self, articles: Iterable[NamedNode]) -> frozenset[Quad]:
        """Note that the links of articles are still to be made: quickly, and not in one step; the quads."""
        marker = graph_iri(self.base, "store")
        quads = frozenset(Quad(marker, DKG.unlinked, article, marker) for article in articles)
        self._write(quads)
        return quads

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.where}: the store was opened for reading only")

    def _write(self, quads: Iterable[Quad]) -> None:
        self._check_writable()
        self._try(lambda: self.inner.bulk_extend(quads))

    def reference_version(self) -> str | None:
        """The version of the curated facts that the store holds."""
        found = self.inner.quads_for_pattern(None, DKG.referenceVersion, None, graph_iri(self.base, "store"))
        return next((str(quad.object.value) for quad in found), None)  # type: ignore[union-attr]

    def query(self, text: str, bindings: Mapping[str, Term] | None = None, *, derived: bool = True) -> Answer:
        """The answer over the union of all graphs; the project's prefixes are known unless the query declares them.

        ``derived`` says whether derived facts are among them.

        A triple that stands in n graphs matches n times outside ``GRAPH``: count and join with that in mind.
        ``bindings`` are given to the engine, never put into the text; a bound variable must stand in the SELECT
        clause. Raises QueryError.
        """
        values: dict[Variable, Term | ox.Triple] = {Variable(name): term for name, term in (bindings or {}).items()}
        try:
            if derived:
                return self.inner.query(
                    text, prefixes=self.prefixes, use_default_graph_as_union=True, substitutions=values or None
                )
            graphs = self._stated()
            return self.inner.query(
                text, prefixes=self.prefixes, default_graph=[*graphs], named_graphs=graphs, substitutions=values or None
            )
        except SyntaxError as error:
            raise QueryError(describe_fault(error, text)) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query fails: {error}") from error

    def _stated(self) -> list[NamedNode | ox.BlankNode]:
        """All graphs but the derived ones."""
        graphs = (graph for graph in self.inner.named_graphs() if isinstance(graph, NamedNode))
        return [graph for graph in graphs if not is_derived(graph, self.base)]

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """The quads of one graph, or of all but the store's own bookkeeping."""
        own = {graph_iri(self.base, name) for name in BOOKKEEPING}
        return (q for q in self.inner.quads_for_pattern(None, None, None, graph) if q.graph_name not in own)

    def articles(self) -> Iterator[str]:
        """The ids of all articles, sorted."""
        nodes = (quad.subject for quad in self.inner.quads_for_pattern(None, RDF.type, DKG.Article, None))
        found = (self.inner.quads_for_pattern(node, DCTERMS.identifier, None, node) for node in nodes)  # type: ignore[arg-type]
        return iter(sorted(str(quad.object.value) for quads in found for quad in quads))  # type: ignore[union-attr]

    @property
    def counts(self) -> Counts:
        """What the store holds, counted; what several articles tell of counts once."""
        return count_store(self.inner, self.base)

    def count_mentions(self) -> Counts:
        """The same, with each article's account counted for itself."""
        return count_store(self.inner, self.base, mentions=True)

    def close(self) -> None:
        """Write what is pending and let go of the folder's lock."""
        if self._inner is not None and not self.read_only:
            self._inner.flush()
        if self._dataset is not None:
            self._dataset.store.close()  # else reference cycles inside rdflib would keep the lock
        self._inner = self._dataset = None


def check_graph(quads: Iterable[Quad], graph: NamedNode) -> Iterator[Quad]:
    """The quads, as long as each belongs to the graph that is to be replaced."""
    for quad in quads:
        if quad.graph_name != graph:
            raise StoreError(f"a quad of {quad.graph_name} was given for {graph}")
        yield quad

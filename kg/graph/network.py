"""The store as a network: events, documents and the things that they name, joined by roles.

The graph is a networkx.MultiDiGraph. A node is an IRI with ``record``: Node; an edge runs from the
statement to what it names, has the role as its key and ``record``: Edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.config import NAMESPACE, data_path
from kg.graph.namespaces import RDF, RDFS, SKOS, term
from kg.graph.results import make_boolean
from kg.graph.store import Store, Term
from kg.graph.terms import Label, Terms, load_terms, make_label

Network: TypeAlias = "nx.MultiDiGraph[str]"
NAMES = (SKOS.prefLabel, RDFS.label)


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a sentence stands in."""

    iri: str
    title: str
    published: str | None = None
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that states something, to the letter."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Period:
    """Partial ISO dates as the graph has them; ``earliest`` is what sorts (ISO date, None without a year)."""

    start: str
    end: str | None = None
    earliest: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What several articles together say of a node: ``sort`` is "conflicts" or "stages"."""

    sort: str
    label: Label


@dataclass(frozen=True, slots=True)
class Node:
    """One thing, event or document. ``type`` is its most specific class, ``kind`` the view's kind of it."""

    iri: str
    kind: str
    type: str
    label: Label
    aliases: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    iso2: str | None = None
    when: Period | None = None
    status: str | None = None
    rank: str | None = None
    topics: tuple[str, ...] = ()
    confidence: float | None = None
    quotes: tuple[Quote, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A role between two nodes; a tenure has its title and period besides."""

    role: str
    title: Label | None = None
    start: str | None = None
    end: str | None = None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of one node, by property, in the order of the articles that state them."""

    values: dict[NamedNode, list[Term]]

    def texts(self, *properties: NamedNode) -> tuple[str, ...]:
        """The values as text, each once, in order."""
        return tuple(dict.fromkeys(text_of(v) for p in properties for v in self.values.get(p, ())))

    def own(self, name: str) -> tuple[str, ...]:
        """The values of an own property as text; terms without their namespace."""
        return tuple(text.removeprefix(NAMESPACE) for text in self.texts(term(NAMESPACE + name)))

    def last(self, *names: str) -> str | None:
        """What the latest article says of the first of these own properties that is stated."""
        return next((values[-1] for name in names if (values := self.own(name))), None)


def make_network(
    store: Store, base: str | None = None, terms: Terms | None = None, *, mentions: bool = False
) -> Network:
    """The network of all that the store's articles state. Nodes that no statement names are left out.

    ``base`` (default: the store's) is what the page cuts from the IRIs. What several articles tell of is one node;
    with ``mentions`` each article's account is its own.
    """
    terms = terms or load_terms()
    network = nx.MultiDiGraph(base=base or store.base)
    quotes = read_quotes(store, mentions)
    for node in read_nodes(store, terms, quotes, mentions):
        network.add_node(node.iri, record=node)
    for source, target, edge in read_edges(store, quotes, mentions):
        if source in network and target in network:
            network.add_edge(source, target, key=(edge.role, edge.title, edge.start), record=edge)
    return network


def records(network: Network) -> Iterator[Node]:
    """The nodes' records, in the order of the network."""
    return (record for _, record in network.nodes(data="record"))


def links(network: Network) -> Iterator[tuple[str, str, Edge]]:
    """The edges as (source IRI, target IRI, record)."""
    return ((source, target, edge) for source, target, edge in network.edges(data="record"))


def read_nodes(
    store: Store, terms: Terms, quotes: Mapping[str, tuple[Quote, ...]], mentions: bool = False
) -> Iterator[Node]:
    """The records of all nodes of a kind that the view shows."""
    facts: dict[str, Facts] = {}
    for row in solve(store, "nodes", mentions):
        values = facts.setdefault(text_of(row["node"]), Facts({})).values
        values.setdefault(row["property"], []).append(row["value"])
    remarks = read_remarks(store)
    for iri, of_node in facts.items():
        if node := make_node(iri, of_node, terms, quotes.get(iri, ())):
            yield replace(node, remarks=remarks[iri]) if iri in remarks else node


def make_node(iri: str, facts: Facts, terms: Terms, quotes: tuple[Quote, ...]) -> Node | None:
    """The record of one node; None if it is of no kind that the view shows."""
    types = tuple(t.removeprefix(NAMESPACE) for t in facts.texts(RDF.type) if t.startswith(NAMESPACE))
    kind = terms.kind(types)
    if kind is None:
        return None
    return Node(
        iri=iri,
        kind=kind,
        type=(deepest := terms.deepest(types)),
        label=make_name(facts, terms.label(deepest).ru),
        aliases=facts.texts(SKOS.altLabel),
        matches=facts.texts(SKOS.exactMatch),
        iso2=facts.last("iso2"),
        when=make_period(facts),
        status=facts.last("status", "documentStatus"),
        rank=facts.last("visitRank"),
        topics=tuple("topic/" + topic.rsplit("/", 1)[-1] for topic in facts.own("topic")),
        confidence=parse_number(facts.last("confidence")),
        quotes=quotes,
    )


def make_name(facts: Facts, default: str) -> Label:
    """The preferred label in each language: the curated one, which no article dates, comes first."""
    texts: dict[str, str] = {}
    for value in (v for name in NAMES for v in facts.values.get(name, ())):
        texts.setdefault(getattr(value, "language", None) or "", value.value)
    return make_label(texts, default)


def make_period(facts: Facts) -> Period | None:
    """The date or interval of an event as the latest article gives it."""
    start = facts.last("date", "startDate")
    return Period(start, facts.last("endDate"), facts.last("earliest")) if start else None


def read_edges(
    store: Store, quotes: Mapping[str, tuple[Quote, ...]], mentions: bool = False
) -> Iterator[tuple[str, str, Edge]]:
    """Roles of statements and tenures, as (source IRI, target IRI, record)."""
    for row in solve(store, "edges", mentions):
        role = text_of(row["role"]).removeprefix(NAMESPACE)
        yield text_of(row["source"]), text_of(row["target"]), Edge(role)
    for row in solve(store, "tenures"):
        titles = {lang: text for lang in ("ru", "en") if (text := find_text(row, f"title_{lang}"))}
        title = make_label(titles, "") if titles else None
        evidence = quotes.get(text_of(row["tenure"]), ())
        edge = Edge("tenure", title, find_text(row, "start"), find_text(row, "end"), evidence)
        yield text_of(row["person"]), text_of(row["of"]), edge


def read_quotes(store: Store, mentions: bool = False) -> dict[str, tuple[Quote, ...]]:
    """The evidence of each statement, by its IRI."""
    found: dict[str, list[Quote]] = {}
    for row in solve(store, "evidence", mentions):
        title, published, url, outlet = (find_text(row, name) for name in ("title", "published", "url", "outlet"))
        source = Source(text_of(row["article"]), title or "", published, url, outlet)
        found.setdefault(text_of(row["statement"]), []).append(Quote(text_of(row["quote"]), source))
    return {statement: tuple(quotes) for statement, quotes in found.items()}


def read_remarks(store: Store) -> dict[str, tuple[Remark, ...]]:
    """The conflicts and stages of what is merged, by its IRI."""
    found: dict[str, list[Remark]] = {}
    for row in solve(store, "remarks"):
        remark = Remark(text_of(row["sort"]), Label(text_of(row["label_ru"]), text_of(row["label_en"])))
        found.setdefault(text_of(row["node"]), []).append(remark)
    return {iri: tuple(remarks) for iri, remarks in found.items()}


def solve(store: Store, name: str, mentions: bool = False) -> Iterator[QuerySolution]:
    """The solutions of a SELECT query of data/view; ``mentions`` for the accounts of articles, not what is merged."""
    bindings = {"mentions": make_boolean(True)} if mentions else None
    answer = store.query(data_path("view", f"{name}.rq").read_text(encoding="utf-8"), bindings)
    return answer if isinstance(answer, QuerySolutions) else iter(())


def find_text(row: QuerySolution, name: str) -> str | None:
    """The characters of a term; None where the query left it unbound."""
    found = row[name]
    return None if found is None else text_of(found)


def text_of(term: object) -> str:
    """The characters of a literal or IRI."""
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def parse_number(text: str | None) -> float | None:
    """A decimal of the graph; None for what is no number, which is no reason to show nothing."""
    try:
        return float(text) if text else None
    except ValueError:
        return None

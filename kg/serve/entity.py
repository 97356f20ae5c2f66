"""The page of one thing: what it is, its facts, its events with their sentences, and what it is named with."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TypeAlias
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Triple

from kg.config import NAMESPACE, data_path
from kg.graph.iris import graph_iri
from kg.graph.lookup import find_label
from kg.graph.namespaces import RDF, RDFS, SKOS
from kg.graph.results import format_cell
from kg.graph.store import Store
from kg.graph.terms import load_terms
from kg.serve.desk import Desk, finish_spool, has_graph, hidden_graphs
from kg.serve.messages import Reply

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FACTS = 300  # properties with their values
EVENTS = 500
FIRST = ("reference", "ontology", "links")  # graphs whose facts come before those of articles
LEFT_OUT = frozenset({SKOS.prefLabel, RDF.type, RDFS.label, NamedNode(NAMESPACE + "evidence")})
SAFE_SCHEMES = ("http://", "https://")
Fact: TypeAlias = tuple[NamedNode, NamedNode | BlankNode | Literal | Triple]


def make_entity_page(desk: Desk, node: NamedNode) -> Reply:
    """The page as HTML; every text of the graph is escaped, every address checked."""
    store = desk.store
    title = find_title(store, node)
    sections = [
        *make_section("Facts", make_facts(store, node)),
        *make_section("Evidence", make_quotes(store, node)),
        *make_section("Events", make_events(store, node)),
        *make_section("Named together with", make_neighbours(store, solve(store, "neighbours", thing=node))),
        *make_section("Graph", make_graph_link(store, node)),
    ]
    parts = {
        "title": escape(title),
        "kind": escape(find_kind(store, node)),
        "iri": escape(node.value),
        "view": make_view_address(store, node),
        "sections": "\n".join(sections),
    }
    template = data_path("serve", "entity.html").read_text(encoding="utf-8")
    page = "".join(parts.get(piece, piece) for piece in template.split("%%")).encode("utf-8", "replace")
    headers = (("Content-Security-Policy", POLICY),)
    with desk.open_spool() as spool:
        spool.write(page)
        return finish_spool(spool, "text/html; charset=utf-8", headers)


def make_section(heading: str, rows: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it, if anything does."""
    if found := list(rows):
        yield f"<section><h3>{heading}</h3>{''.join(found)}</section>"


def make_facts(store: Store, node: NamedNode) -> Iterator[str]:
    """A table of properties and values, each once."""
    facts = list(islice(list_facts(store, node), FACTS + 1))
    if facts:
        cells = sorted((name_property(store, name), make_term(store, value)) for name, value in facts[:FACTS])
        yield f"<table>{''.join(f'<tr><th>{escape(name)}</th><td>{value}</td></tr>' for name, value in cells)}</table>"
    if len(facts) > FACTS:
        yield f"<p>Only {FACTS} facts are shown.</p>"


def list_facts(store: Store, node: NamedNode) -> Iterator[Fact]:
    """What the curated graphs say of a thing, then what articles do; each fact once, however many graphs have it."""
    seen: set[Fact] = set()
    hidden = hidden_graphs(store)
    for graph in (*(graph_iri(store.base, name) for name in FIRST), None):
        for quad in store.inner.quads_for_pattern(node, None, None, graph):
            fact = (quad.predicate, quad.object)
            if quad.predicate not in LEFT_OUT and quad.graph_name not in hidden and fact not in seen:
                seen.add(fact)
                yield fact


def name_property(store: Store, predicate: NamedNode) -> str:
    """What the ontology calls a property, else its prefixed name."""
    if predicate.value.startswith(NAMESPACE):
        return load_terms().label(predicate.value.removeprefix(NAMESPACE)).en
    return format_cell(predicate, store.prefixes)


def make_term(store: Store, term: object) -> str:
    """A value: text as text, a thing as a link to its page."""
    if isinstance(term, NamedNode):
        return make_link(store, term, find_title(store, term))
    if isinstance(term, Literal):
        return f"<bdi>{escape(term.value)}</bdi>"
    return escape(str(term))


def make_link(store: Store, node: NamedNode, text: str) -> str:
    """A link to a thing's page here, or to where its IRI leads; none for schemes that a browser would run."""
    shown = f"<bdi>{escape(text)}</bdi>"
    if node.value.startswith(store.base):
        return f'<a href="/id/{escape(node.value.removeprefix(store.base))}">{shown}</a>'
    if node.value.lower().startswith(SAFE_SCHEMES):
        return f'<a href="{escape(node.value)}" rel="noreferrer">{shown}</a>'
    return shown


def make_events(store: Store, node: NamedNode) -> Iterator[str]:
    """The events, the newest first, each with its sentences and the articles that tell of it."""
    groups = groupby(solve(store, "events", thing=node), key=lambda row: row["event"])
    first = [(event, next(rows)) for event, rows in islice(groups, EVENTS + 1)]
    lines = [make_event(store, event, row) for event, row in first[:EVENTS] if isinstance(event, NamedNode)]
    if lines:
        yield f'<table class="events">{"".join(lines)}</table>'
    if len(first) > EVENTS:
        yield f"<p>Only the newest {EVENTS} events are shown.</p>"


def make_event(store: Store, event: NamedNode, row: QuerySolution) -> str:
    """A line of the table; what several articles tell of has the sentences of all."""
    told = list(solve(store, "sources", event=event))
    quotes = dict.fromkeys(one["quote"] for one in told if one["quote"])
    said = "".join(f"<blockquote>{make_term(store, text)}</blockquote>" for text in quotes)
    sources = ", ".join(dict.fromkeys(make_source(store, one) for one in told))
    link = make_link(store, event, text_of(row["label"]))
    return f"<tr><td>{escape(text_of(row['date']))}</td><td>{link}{said}<small>{sources}</small></td></tr>"


def make_source(store: Store, row: QuerySolution) -> str:
    article = row["article"]
    return make_link(store, article, text_of(row["title"]) or "article") if isinstance(article, NamedNode) else ""


def make_neighbours(store: Store, rows: Iterable[QuerySolution]) -> Iterator[str]:
    """What is named by the same events, with how many."""
    for row in rows:
        other = row["other"]
        if isinstance(other, NamedNode):
            link = make_link(store, other, find_title(store, other))
            yield f"<div>{link} <small>{escape(text_of(row['events']))}</small></div>"


def make_quotes(store: Store, node: NamedNode) -> Iterator[str]:
    """The sentences that state the thing itself: an event, a document, a tenure."""
    for row in solve(store, "quotes", thing=node):
        yield f"<blockquote>{make_term(store, row['quote'])}</blockquote>"


def solve(store: Store, name: str, **bindings: NamedNode) -> Iterator[QuerySolution]:
    """The solutions of a query of data/serve about a thing."""
    answer = store.query(data_path("serve", f"{name}.rq").read_text(encoding="utf-8"), bindings)
    return answer if isinstance(answer, QuerySolutions) else iter(())


def find_title(store: Store, node: NamedNode) -> str:
    """The label of a thing, else its id."""
    if label := find_label(store, node):
        return label
    for predicate in (RDFS.label, NamedNode("http://purl.org/dc/terms/title")):
        for quad in store.inner.quads_for_pattern(node, predicate, None, None):
            return text_of(quad.object)
    return format_cell(node, store.prefixes)


def find_kind(store: Store, node: NamedNode) -> str:
    """What the ontology calls the most specific class of a thing."""
    own, terms = list_types(store, node), load_terms()
    return terms.label(terms.deepest(own)).en if own else ""


def list_types(store: Store, node: NamedNode) -> list[str]:
    """The names of a thing's own classes."""
    names = sorted({text_of(quad.object) for quad in store.inner.quads_for_pattern(node, RDF.type, None, None)})
    return [name.removeprefix(NAMESPACE) for name in names if name.startswith(NAMESPACE)]


def make_view_address(store: Store, node: NamedNode) -> str:
    """Where the network around a thing is shown; the whole network for what it has no nodes of."""
    if load_terms().kind(list_types(store, node)) is None:
        return "/view"
    return f"/view?entity={quote(node.value, safe='')}#node={quote(node.value.removeprefix(store.base), safe='')}"


def make_graph_link(store: Store, node: NamedNode) -> Iterator[str]:
    """A link to all that an article says."""
    if has_graph(store, node):
        yield f'<p><a href="/graphs?graph={quote(node.value, safe="")}">All triples</a></p>'


def text_of(term: object) -> str:
    return term.value if isinstance(term, (Literal, NamedNode)) else ""


def escape(text: str) -> str:
    return html.escape(text, quote=True)

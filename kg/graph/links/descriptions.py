"""Type and names of the things that merged events name, in the graph of links, so that one graph answers a query.

A curated thing is described as in the reference graph, any other as by the first article of what names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg.graph.links.reading import Reader
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.records import ROLES

DESCRIBED = (RDF.type, SKOS.prefLabel, DKG.iso2)
NAMING = frozenset({*(DKG[role] for role in ROLES), DKG.party, DKG.holder})


class Linking(Protocol):
    """What of a run is needed here."""

    store: Store
    reader: Reader
    fresh: bool
    groups: dict[str, tuple[str, ...]]

    def old_members(self, whole: str) -> tuple[str, ...]:
        """The accounts that a merged thing had."""


def describe_things(
    run: Linking, old: frozenset[Quad], new: frozenset[Quad]
) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """The descriptions of all things that these quads name, as they were and as they are to be."""
    things = {quad.object for quad in (*old, *new) if quad.predicate in NAMING and isinstance(quad.object, NamedNode)}
    before = () if run.fresh else (quad for thing in things for quad in stored(run, thing))
    fresh_names: dict[NamedNode, set[str]] = {}
    for quad in new:
        if quad.predicate in NAMING and isinstance(quad.object, NamedNode):
            fresh_names.setdefault(quad.object, set()).add(run.reader.id(quad.subject))
    after = (q for thing in things for q in describe(run, thing, find_naming(run, thing, fresh_names, old)))
    return frozenset(before), frozenset(after)


def stored(run: Linking, thing: NamedNode) -> Iterator[Quad]:
    """What the graph of links says of a thing now."""
    for predicate in DESCRIBED:
        yield from run.store.inner.quads_for_pattern(thing, predicate, None, run.reader.links)


def find_naming(
    run: Linking, thing: NamedNode, fresh: Mapping[NamedNode, set[str]], old: frozenset[Quad]
) -> Iterator[str]:
    """The ids of the merged events and documents that are to name a thing; those of this run first."""
    yield from sorted(fresh.get(thing, ()))
    for quad in () if run.fresh else run.store.inner.quads_for_pattern(None, None, thing, run.reader.links):
        if quad.predicate in NAMING and quad not in old:
            yield run.reader.id(quad.subject)


def describe(run: Linking, thing: NamedNode, naming: Iterator[str]) -> Iterator[Quad]:
    """The description of a thing; none where nothing merged names it."""
    first = next(naming, None)
    if first is None:
        return
    graph, named = run.reader.reference, thing  # most things are curated: one that names them is enough to know
    if next(run.store.inner.quads_for_pattern(thing, RDF.type, None, graph), None) is None:
        graph, named = find_teller(run, thing) or (first_graph(run, thing, (first, *naming)), thing)
    for predicate in DESCRIBED:
        for quad in run.store.inner.quads_for_pattern(named, predicate, None, graph):
            yield Quad(thing, quad.predicate, quad.object, run.reader.links)


def find_teller(run: Linking, thing: NamedNode) -> tuple[NamedNode, NamedNode] | None:
    """The first article that means a thing which stands for others, and what it calls it; None for any other thing."""
    things, id_ = run.reader.things, run.reader.id(thing)
    names = things.members(id_)
    if names == {id_}:
        return None
    found = (
        (name != id_, run.reader.source(graph), graph, run.reader.node(name))
        for name in sorted(names)
        for graph in things.articles(name)
        if things.find(name, run.reader.id(graph)) == id_
    )
    return next(((graph, name) for _, _, graph, name in sorted(found, key=lambda row: row[:2])), None)


def first_graph(run: Linking, thing: NamedNode, wholes: Iterable[str]) -> NamedNode:
    """The graph of the first article that tells of a merged thing and names this one."""
    accounts = {id_ for whole in wholes for id_ in run.groups.get(whole) or run.old_members(whole)}
    found = (run.reader.account(id_) for id_ in accounts)
    for source in sorted({account.source for account in found if account}):
        graph = run.reader.node(source.article)
        if next(run.store.inner.quads_for_pattern(thing, RDF.type, None, graph), None) is not None:
            return graph
    return run.reader.reference

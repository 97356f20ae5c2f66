"""The graph of runs: a prov:Activity a build. It is bookkeeping, which comparisons, exports and pushes leave out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.graph.iris import graph_iri, hash_iri
from kg.graph.literals import make_text
from kg.graph.namespaces import DCTERMS, PROV, RDF, SCHEMA, XSD
from kg.graph.scope import Triples
from kg.graph.store import Store


@dataclass(frozen=True, slots=True)
class Activity:
    """One build; ``run`` is the extraction that its articles were made by."""

    started: datetime.datetime
    ended: datetime.datetime
    version: str
    run: NamedNode
    finished: bool
    settings: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


def write_activity(store: Store, activity: Activity) -> NamedNode:
    """Add a build to the graph of runs; its resource. Raises StoreError."""
    graph = graph_iri(store.base, "runs")
    node = hash_iri(store.base, "build", activity.started.isoformat(), *activity.settings)
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o in activity_triples(node, activity))
    store.update(f"INSERT DATA {{ GRAPH {graph} {{\n{lines}\n}} }}")
    return node


def activity_triples(node: NamedNode, activity: Activity) -> Triples:
    yield node, RDF.type, PROV.Activity
    yield node, PROV.startedAtTime, make_moment(activity.started)
    yield node, PROV.endedAtTime, make_moment(activity.ended)
    yield node, PROV.used, activity.run
    yield node, SCHEMA.softwareVersion, make_text(activity.version)
    yield node, SCHEMA.actionStatus, SCHEMA.CompletedActionStatus if activity.finished else SCHEMA.FailedActionStatus
    for setting in activity.settings:
        yield node, DCTERMS.description, make_text(setting)
    for name, number in activity.counts:
        yield node, DCTERMS.extent, make_text(f"{name}={number}")


def make_moment(moment: datetime.datetime) -> Literal:
    """A moment in UTC as xsd:dateTime, to the second."""
    return Literal(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime)

"""Bringing the graph of links up to date with the articles: what changed, with whom it belongs, one atomic update.

The links are a function of the articles, the tables, the settings and the decisions alone. An update compares the
accounts of changed articles with those that the index finds for them, groups anew what they touch, and writes the
difference.
"""

from __future__ import annotations

from kg.graph.iris import graph_iri
from kg.graph.links.ledger import Ledger
from kg.graph.links.run import Linked, Run
from kg.graph.ontology import DKG
from kg.graph.store import Store
from kg.resolve.decisions import Decisions
from kg.resolve.settings import Settings, load_settings

FORMAT = "1"  # changes when other links would be made of the same articles and settings


def link_store(
    store: Store,
    decisions: Decisions | None = None,
    settings: Settings | None = None,
    *,
    rebuild: bool = False,
    most: int | None = None,
) -> Linked:
    """Make the links of all articles that changed; of all where settings, decisions or tables did, or for ``rebuild``.

    One atomic update: a process that dies before it leaves the old links, and the next call does the work.
    With ``most`` only so many articles are linked, which bounds the memory; further calls link the rest.
    Raises StoreError and DataError.
    """
    settings, decisions = settings or load_settings(), decisions or Decisions()
    version = f"{FORMAT}-{settings.version}-{decisions.version}-{store.reference_version() or ''}"
    fresh = rebuild or Ledger(store, fresh=True).version() != version
    run = Run(store, settings, decisions, fresh, most)
    return run.write(version) if run.articles or fresh else Linked()


def count_merged(store: Store) -> int:
    """How many events and documents of the store several articles tell of."""
    found = store.inner.quads_for_pattern(None, DKG.merges, None, graph_iri(store.base, "links"))
    return len({quad.subject for quad in found})

"""Bringing the graph of links up to date with the articles: what changed, with whom it belongs, one atomic update.

The links are a function of the articles, the tables, the settings and the decisions alone. An update compares the
accounts of changed articles with those that the index finds for them, groups anew what they touch, and writes the
difference.
"""

from __future__ import annotations

from kg.graph.census import find_merged
from kg.graph.links.ledger import Ledger
from kg.graph.links.reading import Reader
from kg.graph.links.run import Linked, Run
from kg.graph.links.told import NO_GISTS, Gists
from kg.graph.store import Store
from kg.resolve.decisions import THINGS, Decisions
from kg.resolve.settings import Settings, load_settings

FORMAT = "5"  # changes when other links would be made of the same articles, or accounts are indexed otherwise


def link_store(
    store: Store,
    decisions: Decisions | None = None,
    settings: Settings | None = None,
    *,
    rebuild: bool = False,
    most: int | None = None,
    gists: Gists = NO_GISTS,
) -> Linked:
    """Make the links of all articles that changed; of all where settings, decisions or tables did, or for ``rebuild``.

    One atomic update: a process that dies before it leaves the old links, and the next call does the work.
    With ``most`` only so many articles are linked, which bounds the memory; further calls link the rest.
    ``gists`` spare it reading articles from the store; they must be those of the articles as they stand there.
    Raises StoreError and DataError.
    """
    settings, decisions = settings or load_settings(), decisions or Decisions()
    version = f"{FORMAT}-{settings.version}-{decisions.version}-{store.reference_version() or ''}"
    fresh = rebuild or Ledger(store, fresh=True).version() != version
    run = Run(store, settings, decisions, fresh, most, gists)
    return run.write(version) if run.changed or run.names.articles or fresh else Linked()


def count_merged(store: Store) -> int:
    """How many events and documents of the store several articles tell of."""
    return len(find_merged(store.inner, store.base))


def find_idle(store: Store, decisions: Decisions) -> tuple[str, ...]:
    """The ids of decisions that nothing in the store has, in order; such decisions do nothing."""
    reader = Reader(store, load_settings(), decisions)
    ids = sorted({id_ for pair in decisions.rows for id_ in pair})
    return tuple(id_ for id_ in ids if not is_there(reader, id_))


def is_there(reader: Reader, id_: str) -> bool:
    """Whether an article tells of what a decision names, or the tables know it."""
    return reader.things.exists(id_) if id_.startswith(THINGS) else bool(reader.account(id_))

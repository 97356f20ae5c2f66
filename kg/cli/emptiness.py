"""Stores that hold no article yet: who asks one is told so, not shown an empty answer."""

from __future__ import annotations

from kg.cli.output import make_console
from kg.errors import EmptyError
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.graph.store import Store


def has_articles(store: Store) -> bool:
    """Whether anything was read into the store."""
    return next(store.inner.quads_for_pattern(None, RDF.type, DKG.Article, None), None) is not None


def check_articles(store: Store) -> None:
    """Raises EmptyError where there are none."""
    if not has_articles(store):
        raise EmptyError(describe(store))


def tell_no_articles(store: Store) -> None:
    """A line on standard error where there are none."""
    if not has_articles(store):
        make_console(stderr=True).print(f"kg: {describe(store)}", soft_wrap=True)


def describe(store: Store) -> str:
    return f"{store.where}: the store holds no articles yet; kg build reads some into it"

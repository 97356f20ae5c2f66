"""What tells whether an article stands in a store as it is now, and read as it would be read now."""

from __future__ import annotations

from dataclasses import fields

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.iris import article_iri, hash_parts
from kg.graph.namespaces import PROV
from kg.graph.ontology import DKG
from kg.records import Article


def article_digest(article: Article) -> str:
    """A hash of all that an article says of itself; another one means that its graph may be another."""
    values = (getattr(article, field.name) for field in fields(article) if field.compare)
    return hash_parts(*("" if value is None else str(value) for value in values))


def is_current(inner: Store, base: str, article: Article, run: NamedNode) -> bool:
    """Whether the store has this very article, read by this very run (``kg.graph.scope.run_iri``)."""
    graph = article_iri(base, article.id)
    by_run = inner.quads_for_pattern(graph, PROV.wasGeneratedBy, run, graph)
    if next(by_run, None) is None:
        return False
    same = inner.quads_for_pattern(graph, DKG.articleHash, Literal(article_digest(article)), graph)
    return next(same, None) is not None

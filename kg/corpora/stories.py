"""Stories that several articles tell, read by the pipeline and brought together as a build does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import kg
from kg.errors import KgError
from kg.evaluate.stories import Account, Grouping, Stories, score_stories
from kg.graph.links.linking import link_store
from kg.graph.links.reading import Reader
from kg.graph.ontology import DKG
from kg.graph.scope import make_scope
from kg.graph.store import Store, open_store
from kg.ingest import extract_reads, ignore, load_reference, store_outcome
from kg.records import Extraction
from kg.resolve.settings import load_settings
from kg.sources.reading import read_articles
from kg.sources.source import AS_IS


def group_stories(stories: Stories, report: Callable[[Extraction | KgError], None] = ignore) -> tuple[Grouping, int]:
    """Read the articles of stories into a store in memory; how they were grouped, and how many failed."""
    extractions: dict[str, Extraction] = {}
    failed = 0
    with open_store(None) as store:
        load_reference(store)
        for outcome in extract_reads(read_articles([stories.articles], settings=AS_IS), kg.load("ru")):
            stored = store_outcome(store, outcome)
            report(stored)
            if isinstance(stored, Extraction):
                extractions[stored.article.id] = stored
            else:
                failed += 1
        link_store(store)
        return score_stories(stories, extractions, find_groups(store, extractions.values())), failed


def find_groups(store: Store, extractions: Iterable[Extraction]) -> dict[Account, str]:
    """What each account is part of: the merged thing, or itself."""
    reader = Reader(store, load_settings())
    groups = {}
    for extraction in extractions:
        scope = make_scope(extraction, store.base)
        for key, node in (*scope.events.items(), *scope.documents.items()):
            merged = (*reader.follow(node, DKG.sameEvent), *reader.follow(node, DKG.sameDocument))
            groups[extraction.article.id, key] = reader.id(next(iter(merged), node))
    return groups

"""What the graph of links says of names, as it was and as it is to be, and which articles must be read again for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph.links.things import SAID, Things
from kg.graph.links.told import NO_GISTS, Gists
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.resolve.namesakes import whole_id


@dataclass(frozen=True, slots=True)
class Renaming:
    """The quads of names before and after a run; ``articles`` name somebody who is no longer who it was: ``moved``."""

    old: frozenset[Quad]
    new: frozenset[Quad]
    moved: frozenset[str]
    articles: frozenset[NamedNode]


def compare_names(things: Things, changed: Iterable[NamedNode], fresh: bool, gists: Gists = NO_GISTS) -> Renaming:
    """The names that changed articles give, those that were not their own before, and those that people decided on."""
    old = frozenset() if fresh else frozenset(stored_quads(things))
    told = (quad for quad in old if quad.predicate != DKG.holder)  # of holders more is said, or people decided on them
    ids = {*find_wholes(things, told), *list_decided(things), *list_minted(things, changed, gists)}
    new = frozenset(quad for id_ in ids for quad in things.quads(id_))
    moved = frozenset() if fresh else frozenset(find_wholes(things, old ^ new))
    return Renaming(old, new, moved, frozenset(article for id_ in moved for article in things.articles(id_)))


def stored_quads(things: Things) -> Iterator[Quad]:
    """What the graph of links says of names now."""
    for predicate in SAID:
        for quad in things.inner.quads_for_pattern(None, predicate, None, things.links):
            yield quad
            if predicate == DKG.replacedBy:
                yield from things.inner.quads_for_pattern(quad.subject, SKOS.exactMatch, None, things.links)


def find_wholes(things: Things, quads: Iterable[Quad]) -> Iterator[str]:
    """The ids that articles give, of those of whom something is said."""
    for quad in quads:
        if quad.predicate == DKG.splitFrom:
            yield things.id(quad.object)
        elif quad.predicate != DKG.holder:
            yield things.id(quad.subject)
        else:
            for told in things.inner.quads_for_pattern(quad.subject, DKG.person, None, None):
                yield things.id(told.object)


def list_decided(things: Things) -> Iterator[str]:
    """The ids that people decided on."""
    return (whole_id(id_) for pair in things.decisions.things for id_ in pair)


def list_minted(things: Things, articles: Iterable[NamedNode], gists: Gists) -> Iterator[str]:
    """The persons of some articles whom no table knows."""
    for article in articles:
        if article.value in gists:
            yield from gists[article.value].persons
            continue
        for quad in things.inner.quads_for_pattern(None, RDF.type, DKG.Person, article):
            if not things.is_known(id_ := things.id(quad.subject)):
                yield id_

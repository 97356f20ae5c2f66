"""Who is meant by the names that articles give, and what the graph of links says of it.

Mostly a name's own node. It is another where people decided that two are one, and where articles of one name tell of
several persons, by country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from kg.graph.iris import graph_iri
from kg.graph.links.curated import Curated, Quads
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.resolve.clusters import Partition
from kg.resolve.decisions import Decisions
from kg.resolve.namesakes import Bearer, Part, Telling, choose_name, find_bearers, split_name, whole_id

SAID = (DKG.replacedBy, DKG.splitFrom, DKG.holder)


class Things:
    """Finds who is meant; a class, because it remembers what it has read of each name."""

    def __init__(self, curated: Curated, inner: Quads, decisions: Decisions) -> None:
        self.curated, self.inner, self.base, self.decisions = curated, inner, curated.base, decisions
        self.links = graph_iri(self.base, "links")
        self._tenures: dict[str, tuple[tuple[NamedNode, NamedNode], ...]] = {}
        self._bearers: dict[str, tuple[Bearer, ...]] = {}
        self._meant: dict[str, dict[str, str]] = {}  # of names of several bearers, whom an article means

    def node(self, id_: str) -> NamedNode:
        """The resource of an id."""
        return NamedNode(self.base + id_)

    def id(self, node: object) -> str:
        """The id of a resource."""
        return str(getattr(node, "value", node)).removeprefix(self.base)

    def find(self, id_: str, article: str) -> str:
        """Who is meant by what an article names: its own id, or that of what stands for it."""
        name = self.find_bearer(id_, article)
        return self.joined.get(name, name)

    def find_bearer(self, id_: str, article: str) -> str:
        """Which of the bearers of a name an article means, before decisions that join them with others."""
        if id_ not in self._meant:
            several = bearers if len(bearers := self.bearers(id_)) > 1 else ()
            tellings = ((telling, bearer) for bearer in several for part in bearer.parts for telling in part.tellings)
            self._meant[id_] = {telling.article: bearer.id for telling, bearer in tellings}
        return self._meant[id_].get(article, id_)

    def bearers(self, id_: str) -> tuple[Bearer, ...]:
        """The bearers of a name; one for all but the names of persons that no table knows."""
        if id_ not in self._bearers:
            self._bearers[id_] = find_bearers(id_, self.parts(id_), self.decisions)
        return self._bearers[id_]

    def parts(self, id_: str) -> tuple[Part, ...]:
        """The parts of a person's name by the titles that articles give."""
        if not id_.startswith("person/") or self.is_known(id_):
            return ()
        return split_name(id_, self.tellings(id_))

    def tellings(self, id_: str) -> Iterator[Telling]:
        """The countries and offices that each article gives."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for tenure, article in self.tenures(id_):
            found.setdefault(article, []).append(tenure)
        for article, tenures in found.items():
            offices = (q.object for t in tenures for q in self.inner.quads_for_pattern(t, DKG.office, None, article))
            yield Telling(
                self.id(article), frozenset(self.countries(tenures, article)), frozenset(map(self.id, offices))
            )

    def countries(self, tenures: Iterable[NamedNode], article: NamedNode) -> Iterator[str]:
        """The countries of tenures, their own or those of whose organs they are."""
        for tenure in tenures:
            for quad in self.inner.quads_for_pattern(tenure, DKG.of, None, article):
                of = self.id(quad.object)
                states = frozenset((of,)) if of.startswith("country/") else self.curated.members(of)
                yield from states if len(states) == 1 else ()

    def tenures(self, id_: str) -> tuple[tuple[NamedNode, NamedNode], ...]:
        """The tenures that articles tell of a person, with the article; remembered."""
        if id_ not in self._tenures:
            found = self.inner.quads_for_pattern(None, DKG.person, self.node(id_), None)
            told = ((q.subject, q.graph_name) for q in found if self.is_article(q.graph_name))
            self._tenures[id_] = tuple(pair for pair in told if isinstance(pair[0], NamedNode))  # type: ignore[misc]
        return self._tenures[id_]

    def articles(self, id_: str) -> set[NamedNode]:
        """The articles that name a thing."""
        found = self.inner.quads_for_pattern(self.node(id_), RDF.type, None, None)
        return {q.graph_name for q in found if self.is_article(q.graph_name)}  # type: ignore[misc]

    def is_article(self, graph: object) -> bool:
        """Whether a graph is that of an article."""
        return isinstance(graph, NamedNode) and graph.value.startswith(f"{self.base}article/")

    def is_known(self, id_: str) -> bool:
        """Whether the tables know a thing."""
        return self.curated.is_known(id_)

    def exists(self, id_: str) -> bool:
        """Whether the store has a thing of that id, or a part of a name."""
        whole = whole_id(id_)
        ids = {name for b in self.bearers(whole) for name in (b.id, *(part.id for part in b.parts))}
        return id_ in ids | {whole} and (self.is_known(whole) or bool(self.articles(whole)))

    @cached_property
    def joined(self) -> dict[str, str]:
        """What stands for each bearer that people decided is one with another."""
        pairs = [
            (self.locate(a), self.locate(b)) for a, b in self.decisions.things if self.exists(a) and self.exists(b)
        ]
        groups = Partition(id_ for pair in pairs for id_ in pair)
        for a, b in pairs:
            if not groups.joined(a, b):
                groups.join(a, b)
        known = frozenset(id_ for id_ in groups.sets if self.is_known(id_))
        chosen = {id_: choose_name(group, known) for group in groups.groups() for id_ in group}
        return {id_: name for id_, name in chosen.items() if id_ != name}

    def locate(self, id_: str) -> str:
        """The bearer that has a part."""
        bearers = self.bearers(whole_id(id_))
        return next((bearer.id for bearer in bearers if any(part.id == id_ for part in bearer.parts)), id_)

    def members(self, id_: str) -> frozenset[str]:
        """The ids that articles give to a thing."""
        return frozenset(map(whole_id, (id_, *(name for name, one in self.joined.items() if one == id_))))

    def quads(self, id_: str) -> frozenset[Quad]:
        """What the graph of links says of a name: nothing where it stands for itself."""
        return frozenset(Quad(*triple, self.links) for triple in self.triples(id_))

    def triples(self, id_: str) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
        """The same as triples; ``dkg:replacedBy`` only where no article is left that means the node itself."""
        bearers = self.bearers(id_)
        found = {bearer.id: self.joined.get(bearer.id, bearer.id) for bearer in bearers}
        if found == {id_: id_} or not (articles := self.articles(id_)):
            return
        meant = {self.find(id_, self.id(article)) for article in articles}
        for name in sorted(meant - {id_}):
            if id_ not in meant:
                yield self.node(id_), DKG.replacedBy, self.node(name)
            if whole_id(name) == id_:
                yield self.node(name), DKG.splitFrom, self.node(id_)
            elif len(bearers) == 1:
                yield self.node(id_), SKOS.exactMatch, self.node(name)
        for tenure, article in self.tenures(id_):
            if (name := self.find(id_, self.id(article))) != id_:
                yield tenure, DKG.holder, self.node(name)

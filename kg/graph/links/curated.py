"""What the reference graph says that linking asks for again and again; remembered, as it stays the same meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Protocol

from pyoxigraph import NamedNode, Quad

from kg.graph.iris import graph_iri
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.resolve.settings import Settings
from kg.resolve.words import name_stems


class Quads(Protocol):
    """Where quads are found: a store, or what stands for one."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any = None, /) -> Iterator[Quad]:
        """The quads that have these parts; None is any."""


class Holder(Protocol):
    """A store, or what stands for one."""

    @property
    def inner(self) -> Quads:
        """Where the quads are."""

    @property
    def base(self) -> str:
        """What the ids stand below."""


class Curated:
    """The reference graph, asked by ids; a class, because it remembers the answers."""

    def __init__(self, inner: Quads, base: str, settings: Settings) -> None:
        self.inner, self.base, self.settings = inner, base, settings
        self.graph = graph_iri(base, "reference")
        self._known: dict[str, bool] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._above: dict[str, str | None] = {}

    def is_known(self, id_: str) -> bool:
        """Whether the tables know a thing."""
        if id_ not in self._known:
            self._known[id_] = next(self.find(id_, RDF.type), None) is not None
        return self._known[id_]

    def members(self, organization: str) -> frozenset[str]:
        """The member states of an organisation."""
        if organization not in self._members:
            self._members[organization] = frozenset(self.find(organization, DKG.member))
        return self._members[organization]

    def above(self, place: str) -> str | None:
        """What contains a place."""
        if place not in self._above:
            self._above[place] = min(self.find(place, DKG.within), default=None)
        return self._above[place]

    def find(self, id_: str, predicate: NamedNode) -> Iterator[str]:
        """The ids of what is said of a thing."""
        found = self.inner.quads_for_pattern(NamedNode(self.base + id_), predicate, None, self.graph)
        return (str(getattr(quad.object, "value", "")).removeprefix(self.base) for quad in found)

    @cached_property
    def country_stems(self) -> frozenset[str]:
        """The stems of all names of countries, which tell no title from another."""
        countries = self.inner.quads_for_pattern(None, RDF.type, DKG.Country, self.graph)
        names = (
            quad.object.value  # type: ignore[union-attr]
            for country in countries
            for label in (SKOS.prefLabel, SKOS.altLabel)
            for quad in self.inner.quads_for_pattern(country.subject, label, None, self.graph)
        )
        return frozenset(stem for name in names for stem in name_stems(str(name), self.settings))

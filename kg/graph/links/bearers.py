"""Pairs of names that may be one thing's, or of which one may be borne by two persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from pyoxigraph import NamedNode

from kg.graph.links.reading import Reader
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG
from kg.resolve.decisions import THINGS, Decisions
from kg.resolve.likeness import Named, compare_names, name_keys, sought_name_keys
from kg.resolve.namesakes import Part, whole_id
from kg.resolve.verdicts import Verdict

CLASSES = {"person": DKG.Person, "organization": DKG.Organization, "venue": DKG.Venue}
assert CLASSES.keys() == set(THINGS)
UNSAFE = re.compile("[^a-z0-9]+")
Doubt = tuple[str, str, Verdict]


def find_names(reader: Reader, decisions: Decisions) -> Iterator[Doubt]:
    """The pairs that people should look at; nothing here is brought together without them."""
    for class_ in CLASSES.values():
        quads = reader.inner.quads_for_pattern(None, RDF.type, class_, None)
        ids = {reader.id(quad.subject) for quad in quads if reader.things.is_article(quad.graph_name)}
        minted = sorted(id_ for id_ in ids if not reader.things.is_known(id_))
        curated = reader.inner.quads_for_pattern(None, RDF.type, class_, reader.reference)
        known = sorted(reader.id(quad.subject) for quad in curated)
        named = [read_known(reader, id_) for id_ in known]
        yield from compare_named(reader, [*read_minted(reader, minted), *named], decisions)
        yield from (doubt for id_ in minted for doubt in compare_parts(reader, id_, decisions))


def read_minted(reader: Reader, ids: Iterable[str]) -> Iterator[Named]:
    """The bearers of names that no table knows."""
    for id_ in ids:
        names, articles = read_labels(reader, id_, None), {reader.id(node) for node in reader.things.articles(id_)}
        if not id_.startswith("person/"):
            if not any(is_local(id_, article) for article in articles):
                yield Named(id_, names, read_places(reader, id_))
            continue
        meant = {reader.things.find_bearer(id_, article) for article in articles}
        for bearer in reader.things.bearers(id_):
            if bearer.id in meant:
                yield make_named(bearer.id, names, bearer.parts)


def is_local(id_: str, article: str) -> bool:
    """Whether an id holds within one article only, whose name it has: another's "presidential palace" is another."""
    name = UNSAFE.sub("-", article.partition("/")[2].lower()).strip("-")
    return bool(name) and id_.endswith(f"-{name}")


def make_named(id_: str, names: tuple[str, ...], parts: Iterable[Part]) -> Named:
    """A bearer by the titles of its parts."""
    told = tuple(parts)
    countries, offices = (frozenset().union(*sets) for sets in ([p.countries for p in told], [p.offices for p in told]))
    return Named(id_, names, countries, offices)


def read_known(reader: Reader, id_: str) -> Named:
    """What the tables know of a name."""
    node = reader.node(id_)
    tenures = [q.subject for q in reader.inner.quads_for_pattern(None, DKG.person, node, reader.reference)]
    nodes = [tenure for tenure in tenures if isinstance(tenure, NamedNode)]
    countries = frozenset(reader.things.countries(nodes, reader.reference)) | read_places(reader, id_)
    offices = (q.object for t in nodes for q in reader.inner.quads_for_pattern(t, DKG.office, None, reader.reference))
    return Named(id_, read_labels(reader, id_, reader.reference), countries, frozenset(map(reader.id, offices)), True)


def read_labels(reader: Reader, id_: str, graph: NamedNode | None) -> tuple[str, ...]:
    """All names of a thing, in one graph or in all."""
    quads = (
        quad
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for quad in reader.inner.quads_for_pattern(reader.node(whole_id(id_)), predicate, None, graph)
    )
    return tuple(sorted({str(quad.object.value) for quad in quads}))  # type: ignore[union-attr]


def read_places(reader: Reader, id_: str) -> frozenset[str]:
    """The countries that an organisation is an organ of, or that a venue lies in."""
    members = reader.members(id_)
    above = {place for known in (None, reader.reference) for place in climb(reader, id_, known)}
    return frozenset(id_ for id_ in above if id_.startswith("country/")) | (members if len(members) == 1 else set())


def climb(reader: Reader, id_: str, graph: NamedNode | None) -> Iterator[str]:
    """What contains a venue, by any article and the reference."""
    for quad in reader.inner.quads_for_pattern(reader.node(id_), DKG.within, None, graph):
        yield from reader.climb(reader.id(quad.object), quad.graph_name)


def compare_named(reader: Reader, named: Iterable[Named], decisions: Decisions) -> Iterator[Doubt]:
    """The pairs of different names, of which at most one is of the tables."""
    by_id = {one.id: one for one in named}
    lists: dict[str, list[str]] = {}
    for one in by_id.values():
        for key in name_keys(one):
            lists.setdefault(key, []).append(one.id)
    for one in (one for one in by_id.values() if not one.known):
        found = {id_ for key in sought_name_keys(one) for id_ in lists.get(key, ())} - {one.id}
        for other in sorted(found):
            a, b = sorted((one.id, other))
            if (by_id[other].known or a == one.id) and not is_settled(reader, a, b, decisions):
                yield from judge(reader, by_id[a], by_id[b])


def is_settled(reader: Reader, a: str, b: str, decisions: Decisions) -> bool:
    """Whether people decided on two names, or on others that make them one."""
    joined = reader.things.joined
    return decisions.find(a, b) is not None or joined.get(a, a) == joined.get(b, b)


def judge(reader: Reader, a: Named, b: Named) -> Iterator[Doubt]:
    """The pair, if the names are alike and what is told of them does not speak against it too clearly."""
    verdict = compare_names(a, b, reader.settings)
    if verdict.veto is None and verdict.score >= reader.settings.thresholds["doubt_low"]:
        yield a.id, b.id, verdict


def compare_parts(reader: Reader, id_: str, decisions: Decisions) -> Iterator[Doubt]:
    """The parts of one person with different offices, of whom one may be another person."""
    names = read_labels(reader, id_, None)
    for bearer in reader.things.bearers(id_):
        for a, b in combinations(bearer.parts, 2):
            if a.offices and b.offices and decisions.find(a.id, b.id) is None:
                yield from judge(reader, make_named(a.id, names, (a,)), make_named(b.id, names, (b,)))

"""The curated facts as quads: what ``id:graph/reference`` and ``id:graph/ontology`` hold."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.config import base_iri, data_path
from kg.graph.concepts import event_concepts
from kg.graph.iris import graph_iri, hash_iri, resource_iri
from kg.graph.literals import make_date, make_text
from kg.graph.namespaces import DCTERMS, GEO, OWL, RDF, RDFS, SCHEMA, SKOS, WD
from kg.graph.ontology import DKG, load_triples, ontology_quads
from kg.graph.scope import Triples, current_run
from kg.knowledge.own import own_version
from kg.knowledge.tables import City, Country, Office, Organization, Person, Tables, TenureRow, Venue

CONCEPTS = ("types.ttl", "topics.ttl", "offices.ttl", "venues.ttl")


def reference_quads(tables: Tables, base: str) -> Iterator[Quad]:
    """All curated facts, each once, with their version; and the ontology in a graph of its own."""
    graph = graph_iri(base, "reference")
    facts = [Quad(*triple, graph) for triple in chain(table_triples(tables, base), event_concepts(base))]
    for name in CONCEPTS:
        facts += [Quad(t.subject, t.predicate, t.object, graph) for t in load_triples(name, base)]
    countries = frozenset(country.iso2 for country in tables.countries)
    facts = [quad for quad in dict.fromkeys(facts) if not leads_nowhere(quad, countries, f"{base}country/")]
    yield from facts
    for triple in version_triples(graph, facts):
        yield Quad(*triple, graph)
    yield from ontology_quads(base)


def leads_nowhere(quad: Quad, countries: frozenset[str], start: str) -> bool:
    """Whether a fact leads to a country that the tables lack, as Macao, which has a city and a membership."""
    value = quad.object.value if isinstance(quad.object, NamedNode) else ""
    return value.startswith(start) and value.removeprefix(start) not in countries


def version_triples(graph: NamedNode, facts: Iterable[Quad]) -> Triples:
    """What the graph of the curated facts is: the package's version, and a hash of what stands in it."""
    yield graph, RDF.type, SCHEMA.Dataset
    yield graph, DCTERMS.title, make_text("Справочник", "ru")
    yield graph, DCTERMS.title, make_text("Reference knowledge", "en")
    yield graph, OWL.versionInfo, make_text(current_run().version)
    yield graph, DKG.contentHash, make_text(hash_facts(facts))


def hash_facts(facts: Iterable[Quad]) -> str:
    """SHA-256 of the sorted N-Triples lines of a graph."""
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in facts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def reference_version(base: str | None = None, folder: Path | None = None) -> str:
    """A hash of all that the reference graph is made from: another version means that it must be loaded anew."""
    digest = hashlib.sha256(f"{base_iri(base)} {current_run().version} {own_version()}".encode())
    tables = sorted((folder or data_path("gazetteer")).glob("*.tsv"))
    for path in chain(tables, (data_path(name) for name in ("ontology.ttl", *CONCEPTS))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def table_triples(tables: Tables, base: str) -> Triples:
    for country in tables.countries:
        yield from country_triples(country, tables, base)
    for city in tables.cities:
        yield from city_triples(city, base)
    for venue in tables.venues:
        yield from venue_triples(venue, base)
    for organization in tables.organizations:
        yield from organization_triples(organization, tables, base)
    for person in tables.persons:
        yield from person_triples(person, tables, base)
    for tenure in tables.tenures:
        yield from tenure_triples(tenure, tables, base)
    yield from office_triples(tables.offices, base)


def name_triples(node: NamedNode, kind: NamedNode, russian: str, english: str, qid: str) -> Triples:
    """Type, preferred labels and the match in Wikidata."""
    yield node, RDF.type, kind
    for name, lang in ((russian, "ru"), (english, "en")):
        if name:
            yield node, SKOS.prefLabel, make_text(name, lang)
    if qid:
        yield node, SKOS.exactMatch, WD[qid]


def other_triples(node: NamedNode, predicate: NamedNode, names: Iterable[str], lang: str, known: str) -> Triples:
    """Further names, but not the preferred one again."""
    for name in names:
        if name and name != known:
            yield node, predicate, make_text(name, lang)


def country_triples(row: Country, tables: Tables, base: str) -> Triples:
    node = resource_iri(base, row.id)
    yield from name_triples(node, DKG.Country, row.name_ru, row.name_en, row.qid)
    yield node, DKG.iso2, make_text(row.iso2)
    yield from other_triples(node, SKOS.altLabel, (row.official_ru, *row.aliases_ru), "ru", row.name_ru)
    yield from other_triples(node, SKOS.altLabel, (row.official_en, *row.aliases_en), "en", row.name_en)
    for predicate, names, lang in (
        (DKG.officialName, (row.official_ru,), "ru"),
        (DKG.officialName, (row.official_en,), "en"),
        (DKG.adjective, row.adjective_ru, "ru"),
        (DKG.adjective, row.adjective_en, "en"),
        (DKG.demonym, row.people_ru, "ru"),
    ):
        yield from other_triples(node, predicate, names, lang, "")
    spoken = (*row.adjective_ru, *row.people_ru, *row.government_names_ru)
    yield from other_triples(node, SKOS.hiddenLabel, spoken, "ru", row.name_ru)
    yield from other_triples(node, SKOS.hiddenLabel, row.adjective_en, "en", row.name_en)
    capital = find_city(tables, row.iso2, row.capital_en)
    if capital:
        yield node, DKG.capital, resource_iri(base, capital.id)
        if capital.iso2 == row.iso2 and row.capital_qid not in ("", row.qid):  # a city state has one id
            yield resource_iri(base, capital.id), SKOS.exactMatch, WD[row.capital_qid]


def find_city(tables: Tables, iso2: str, name: str) -> City | None:
    """The city of that English name in a country; for a union without cities of its own, the largest so named."""
    named = [city for city in tables.cities if name and city.name_en == name]
    within = [city for city in named if city.iso2 == iso2]
    return max(within or named, key=lambda city: city.population, default=None)


def city_triples(row: City, base: str) -> Triples:
    node = resource_iri(base, row.id)
    yield from name_triples(node, DKG.City, row.name_ru, row.name_en, "")
    yield from other_triples(node, SKOS.altLabel, row.aliases_ru, "ru", row.name_ru)
    yield from other_triples(node, DKG.adjective, row.adjective_ru, "ru", "")
    yield from other_triples(node, SKOS.hiddenLabel, row.adjective_ru, "ru", "")
    yield node, DKG.within, resource_iri(base, f"country/{row.iso2}")
    yield from point_triples(node, row.latitude, row.longitude)


def point_triples(node: NamedNode, latitude: float | None, longitude: float | None) -> Triples:
    """Where a place lies, if that is known."""
    if latitude is not None and longitude is not None:
        point = f"POINT({longitude} {latitude})"  # WKT: longitude first
        yield node, GEO.asWKT, Literal(point, datatype=GEO.wktLiteral)


def venue_triples(row: Venue, base: str) -> Triples:
    node = resource_iri(base, row.id)
    yield from name_triples(node, DKG.Venue, row.name_ru, row.name_en, row.qid)
    yield from other_triples(node, SKOS.altLabel, row.aliases_ru, "ru", row.name_ru)
    yield node, DKG.within, resource_iri(base, f"city/{row.city}" if row.city else f"country/{row.iso2}")
    if row.kind:
        yield node, DKG.venueKind, resource_iri(base, f"venue-kind/{row.kind}")
    yield from point_triples(node, row.latitude, row.longitude)


def organization_triples(row: Organization, tables: Tables, base: str) -> Triples:
    """The abbreviation is the preferred label, as it is the name that articles use."""
    node = resource_iri(base, row.id)
    russian, english = row.abbr_ru or row.name_ru, row.abbr_en or row.name_en
    yield from name_triples(node, DKG.Organization, russian, english, row.qid)
    yield from other_triples(node, SKOS.altLabel, (row.name_ru, *row.aliases_ru), "ru", russian)
    yield from other_triples(node, SKOS.altLabel, (row.name_en, *row.aliases_en), "en", english)
    for iso2 in row.members_iso2:
        yield node, DKG.member, resource_iri(base, f"country/{iso2}")
    seat = find_city(tables, row.hq_iso2, row.hq_city_en)
    if seat:
        yield node, DKG.headquarters, resource_iri(base, seat.id)


def person_triples(row: Person, tables: Tables, base: str) -> Triples:
    node = resource_iri(base, row.id)
    yield from name_triples(node, DKG.Person, row.name_ru, row.name_en, row.qid)
    yield from other_triples(node, SKOS.altLabel, row.aliases_ru, "ru", row.name_ru)
    yield from other_triples(node, SKOS.altLabel, row.aliases_en, "en", row.name_en)
    if row.country_iso2 in tables.country:
        yield node, SCHEMA.affiliation, resource_iri(base, f"country/{row.country_iso2}")


def tenure_triples(row: TenureRow, tables: Tables, base: str) -> Triples:
    node = hash_iri(base, "tenure", row.person, row.office, row.title_ru, row.of, row.since)
    person = tables.person.get(row.person)
    employer = tables.organization.get(row.of)
    yield node, RDF.type, DKG.Tenure
    yield node, RDFS.label, make_text(f"{person.name_ru if person else row.person}, {row.title_ru}", "ru")
    yield node, DKG.person, resource_iri(base, f"person/{row.person}")
    yield node, DKG.of, resource_iri(base, employer.id if employer else f"country/{row.of}")
    yield node, DKG.office, resource_iri(base, f"office/{row.office}")
    for title, lang in ((row.title_ru, "ru"), (row.title_en, "en")):
        if title:
            yield node, DKG.officeTitle, make_text(title, lang)
    for predicate, day in ((DKG.startDate, row.since), (DKG.endDate, row.until)):
        if day:
            yield node, predicate, make_date(day)
    if row.source:
        yield node, DCTERMS.source, make_text(row.source)


def office_triples(rows: tuple[Office, ...], base: str) -> Triples:
    """A concept for each kind of office, below its level; the levels themselves are in data/offices.ttl."""
    kinds: dict[str, list[Office]] = defaultdict(list)
    for row in rows:
        kinds[row.office_kind].append(row)
    levels = {row.level for row in rows}
    for kind, titles in kinds.items():
        node = resource_iri(base, f"office/{kind}")
        for title in titles:
            if title.level not in (kind, "other"):
                yield node, SKOS.broader, resource_iri(base, f"office/{title.level}")
        yield from title_triples(node, titles, base, is_level=kind in levels)


def title_triples(node: NamedNode, titles: list[Office], base: str, is_level: bool) -> Triples:
    """The shortest title is the preferred label, the others are alternatives; a level has its labels already."""
    shortest = min(titles, key=lambda title: (len(title.phrase_ru), title.phrase_ru))
    if not is_level:
        yield from name_triples(node, DKG.Office, shortest.phrase_ru, shortest.title_en, "")
        yield node, RDF.type, SKOS.Concept
        yield node, SKOS.inScheme, resource_iri(base, "scheme/offices")
    for title in titles:
        if is_level or title is not shortest:
            yield node, SKOS.altLabel, make_text(title.phrase_ru, "ru")

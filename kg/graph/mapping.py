"""What one article says, as the quads of its named graph: the vocabulary of data/ontology.ttl over plain records.

The same Extraction gives the same quads in the same order; no blank nodes, no time stamps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.accounts import document_triples, event_triples, merge_tenures, tenure_triples
from kg.graph.digest import article_digest
from kg.graph.literals import format_language, make_day, make_name, make_text
from kg.graph.namespaces import DCTERMS, PROV, RDF, SCHEMA, SKOS
from kg.graph.ontology import DKG
from kg.graph.scope import Run, Scope, Triples, current_run, list_settings, make_scope, run_iri
from kg.records import Entity, Extraction

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")


def extraction_quads(extraction: Extraction, base: str, run: Run | None = None) -> Iterator[Quad]:
    """The quads of the article's graph, each once. Raises AnalysisError where records contradict themselves."""
    scope = make_scope(extraction, base)
    for triple in dict.fromkeys(scope_triples(scope, run or current_run())):
        yield Quad(*triple, scope.graph)


def scope_triples(scope: Scope, run: Run) -> Triples:
    extraction = scope.extraction
    yield from article_triples(scope, run)
    for entity in select_entities(extraction):
        yield from entity_triples(scope, entity)
    for event in extraction.events:
        yield from event_triples(scope, event)
    for document in extraction.documents:
        yield from document_triples(scope, document)
    for tenure in merge_tenures(extraction.tenures):
        yield from tenure_triples(scope, tenure)


def article_triples(scope: Scope, run: Run) -> Triples:
    article, node = scope.article, scope.graph
    yield node, RDF.type, DKG.Article
    yield node, DCTERMS.identifier, make_text(article.id)
    yield node, DCTERMS.title, make_text(article.title, article.lang)
    yield node, DCTERMS.language, make_text(format_language(article.lang) or "und")
    if article.published:
        yield node, SCHEMA.datePublished, make_day(article.published)
    if article.url:
        yield node, SCHEMA.url, make_address(article.url)
    if article.source:
        yield node, SCHEMA.publisher, make_text(article.source)
    yield node, SCHEMA.articleBody, make_text(article.text, article.lang)
    yield node, DKG.articleHash, make_text(article_digest(article))
    for mention in scope.extraction.mentions:
        yield node, SCHEMA.mentions, scope.resource(mention.entity.id)
    yield from run_triples(scope, run)


def make_address(url: str) -> NamedNode | Literal:
    """A web address as an IRI; anything else that stands in the field (a path, a script) as a string."""
    if WEB_ADDRESS.match(url):
        try:
            return NamedNode(url)
        except ValueError:
            pass
    return make_text(url)


def run_triples(scope: Scope, run: Run) -> Triples:
    settings = list_settings(run)
    node = run_iri(scope.base, run)
    yield scope.graph, PROV.wasGeneratedBy, node
    yield node, RDF.type, DKG.Run
    yield node, SCHEMA.softwareVersion, make_text(run.version)
    for setting in settings:
        yield node, DCTERMS.description, make_text(setting)


def select_entities(extraction: Extraction) -> tuple[Entity, ...]:
    """Every entity of the extraction, by id; the first record of an id counts."""
    first: dict[str, Entity] = {}
    for entity in extraction.entities():
        first.setdefault(entity.id, entity)
    return tuple(first[id_] for id_ in sorted(first))


def entity_triples(scope: Scope, entity: Entity) -> Triples:
    """Type and labels; what a curated entity has beyond that stands in the reference graph."""
    node, lang = scope.resource(entity.id), scope.article.lang
    yield node, RDF.type, DKG[entity.kind]
    yield from label_triples(node, entity, lang)
    if entity.iso2:
        yield node, DKG.iso2, make_text(entity.iso2)
    if entity.known:
        return
    for alias in sorted(set(entity.aliases) - {entity.name, entity.name_en}):
        yield node, SKOS.altLabel, make_name(alias, lang)
    if entity.within:
        yield node, DKG.within, scope.resource(entity.within)


def label_triples(node: NamedNode, entity: Entity, lang: str) -> Triples:
    """One preferred label a language: the name as the article's language has it, and the English one."""
    name = make_name(entity.name, lang)
    english = make_text(entity.name_en, "en") if entity.name_en else name
    if english.language != name.language or english == name:
        yield node, SKOS.prefLabel, name
    else:
        yield node, SKOS.altLabel, name
    if english != name:
        yield node, SKOS.prefLabel, english

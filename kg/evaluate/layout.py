"""An extraction in the layout of annotated articles, so that people can read, correct and compare it.

Beside what annotation.py reads, it says the spans of all evidence ([start, end] in characters of title +
newline + body), the confidence, and of each entity its aliases and whether it is curated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.records import Article, Document, Entity, Event, Extraction, Span, Tenure

Json = dict[str, Any]


def extraction_json(extraction: Extraction) -> Json:
    """The extraction as a JSON value; entities are keyed by their id."""
    article = extraction.article
    return {
        "id": article.id,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "text": article.text,
        "entities": {entity.id: entity_json(entity, extraction) for entity in unique_entities(extraction)},
        "events": [event_json(event, article) for event in extraction.events],
        "documents": [document_json(document, article) for document in extraction.documents],
        "positions": [position_json(tenure, article) for tenure in extraction.tenures],
    }


def unique_entities(extraction: Extraction) -> Iterable[Entity]:
    """All entities that the extraction names, each id once."""
    return {entity.id: entity for entity in extraction.entities()}.values()


def entity_json(entity: Entity, extraction: Extraction) -> Json:
    """An entity with the strings that name it in the text."""
    quotes = (extraction.article.quote(m.span) for m in extraction.mentions if m.entity.id == entity.id)
    return {
        "type": entity.kind,
        "label": entity.name,
        "label_en": entity.name_en,
        "iso": entity.iso2,
        "in": entity.within,
        "mentions": list(dict.fromkeys(quotes)),
        "aliases": list(entity.aliases),
        "known": entity.known,
    }


def event_json(event: Event, article: Article) -> Json:
    """An event; the roles that hold one at most are a key or null."""
    return {
        "id": event.key,
        "type": event.type,
        "label": event.label,
        "rank": event.rank,
        "status": event.status,
        "participants": select_keys(event, "participant"),
        "countries": select_keys(event, "country"),
        "host": next(iter(select_keys(event, "host")), None),
        "target": next(iter(select_keys(event, "target")), None),
        "places": select_keys(event, "place"),
        "date": str(event.when) if event.when else None,
        "documents": list(event.documents),
        "topics": list(event.topics),
        "part_of": event.part_of,
        **evidence_json(event.evidence, article),
        "confidence": event.confidence,
    }


def document_json(document: Document, article: Article) -> Json:
    """A document."""
    return {
        "id": document.key,
        "kind": document.kind,
        "label": document.label,
        "parties": [party.id for party in document.parties],
        "status": document.status,
        **evidence_json(document.evidence, article),
        "confidence": document.confidence,
    }


def position_json(tenure: Tenure, article: Article) -> Json:
    """A tenure."""
    return {
        "person": tenure.person.id,
        "title": tenure.title,
        "of": tenure.of.id,
        "office": tenure.office,
        **evidence_json(tenure.evidence, article),
        "confidence": tenure.confidence,
    }


def evidence_json(spans: tuple[Span, ...], article: Article) -> Json:
    """The first quote, and where all stand."""
    quote = article.quote(spans[0]) if spans else ""
    return {"evidence": quote, "spans": [[span.start, span.end] for span in spans]}


def select_keys(event: Event, role: str) -> list[str]:
    """The ids in a role, each once."""
    return list(dict.fromkeys(entity.id for entity in event.select(role)))

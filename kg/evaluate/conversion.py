"""Extractions to facts: what the graph of an article would say to the scorer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.evaluate.facts import DocumentFact, EventFact, Facts, PositionFact, Thing, make_thing
from kg.records import Article, Document, Entity, Event, Extraction, Span


def extraction_facts(extraction: Extraction) -> Facts:
    """The facts of one extraction: as in its graph, a thing stands once in a role, and nothing without evidence."""
    article = extraction.article
    return Facts(
        id=article.id,
        content=article.content,
        events=tuple(event_fact(event, article) for event in extraction.events if event.evidence),
        documents=tuple(document_fact(document) for document in extraction.documents if document.evidence),
        positions=tuple(position_facts(extraction)),
    )


def event_fact(event: Event, article: Article) -> EventFact:
    """An extracted event."""
    return EventFact(
        type=event.type,
        status=event.status,
        rank=event.rank,
        date=str(event.when) if event.when else None,
        evidence=select_quotes(event.evidence, article),
        participants=unique_things(event.select("participant")),
        countries=unique_things(event.select("country")),
        target=unique_things(event.select("target")),
        places=unique_things(event.select("place")),
    )


def document_fact(document: Document) -> DocumentFact:
    """An extracted document."""
    return DocumentFact(
        kind=document.kind,
        label=document.label,
        parties=unique_things(document.parties),
        status=document.status.replace("_", "").lower(),
    )


def position_facts(extraction: Extraction) -> Iterator[PositionFact]:
    """The extracted tenures, each person, title and country once."""
    seen = set()
    for tenure in extraction.tenures:
        key = (tenure.person.id, tenure.title, tenure.of.id)
        if tenure.evidence and key not in seen:
            seen.add(key)
            yield PositionFact(entity_thing(tenure.person), entity_thing(tenure.of))


def unique_things(entities: Iterable[Entity]) -> tuple[Thing, ...]:
    """The entities as things, each id once."""
    return tuple(entity_thing(entity) for entity in {entity.id: entity for entity in entities}.values())


def entity_thing(entity: Entity) -> Thing:
    """An entity with all its names."""
    return make_thing(entity.kind, (entity.name, entity.name_en, *entity.aliases), entity.iso2)


def select_quotes(spans: Iterable[Span], article: Article) -> tuple[str, ...]:
    """The quotes of the spans, to the letter."""
    return tuple(article.quote(span) for span in spans)

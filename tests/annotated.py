"""Annotated articles as extractions: what a perfect pipeline would hand on."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When

PLURALS = {"participants": "participant", "countries": "country", "places": "place", "host": "host", "target": "target"}

Json = Mapping[str, Any]
Entities = Mapping[str, Entity]


def read_extraction(path: Path) -> Extraction:
    """The extraction that an annotated article stands for."""
    value = json.loads(path.read_text(encoding="utf-8"))
    article = make_article(value)
    entities = {key: make_entity(f"{article.id}-{key}", entity) for key, entity in value["entities"].items()}
    return Extraction(
        article=article,
        mentions=tuple(
            Mention(find_span(article, name), entities[key])
            for key, entity in value["entities"].items()
            for name in entity["mentions"]
        ),
        events=tuple(make_event(article, event, entities) for event in value["events"]),
        documents=tuple(make_document(article, document, entities) for document in value["documents"]),
        tenures=tuple(make_tenure(position, entities) for position in value["positions"]),
    )


def make_article(value: Json) -> Article:
    published = datetime.date.fromisoformat(value["published"]) if value["published"] else None
    return Article(value["id"], value["text"], value["lang"], value["title"], published, None, value["source"])


def make_entity(key: str, value: Json) -> Entity:
    return Entity(
        id=f"{value['type'].lower()}/{key}",
        kind=value["type"],
        name=value["label"],
        name_en=value["label_en"],
        iso2=value.get("iso"),
        aliases=tuple(value["mentions"]),
        known=False,
    )


def make_event(article: Article, value: Json, entities: Entities) -> Event:
    evidence = find_span(article, value["evidence"])
    when = When(*value["date"].split("/")) if value["date"] else None
    return Event(
        key=value["id"],
        type=value["type"],
        status=value["status"],
        label=value["type"],
        arguments=tuple(
            Argument(role, entities[key])
            for field, role in PLURALS.items()
            for key in ([value[field]] if isinstance(value[field], str) else value[field] or ())
            if key in entities
        ),
        evidence=(evidence,),
        trigger=evidence,
        when=when,
        rank=value["rank"],
        topics=tuple(value["topics"]),
        documents=tuple(value["documents"]),
        part_of=value["part_of"],
    )


def make_document(article: Article, value: Json, entities: Entities) -> Document:
    return Document(
        key=value["id"],
        kind=value["kind"],
        label=value["label"],
        status=value["status"],
        parties=tuple(entities[key] for key in value["parties"] if key in entities),
        evidence=(find_span(article, value["evidence"]),),
    )


def make_tenure(value: Json, entities: Entities) -> Tenure:
    return Tenure(entities[value["person"]], value["title"], entities[value["of"]], (Span(0, 1),))


def find_span(article: Article, quote: str) -> Span:
    start = article.content.index(quote)
    return Span(start, start + len(quote))

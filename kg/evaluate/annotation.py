"""Annotated articles: JSON files that hold an article and what a reader found in it.

Beside the fields of an article: ``entities`` (by key: type, label, label_en, iso, mentions), ``events``,
``documents`` and ``positions`` that refer to them by key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.evaluate.facts import DocumentFact, EventFact, Facts, PositionFact, Thing, make_thing

Things = Mapping[str, Thing]


def read_annotations(folder: Path) -> Iterator[Facts]:
    """The facts of all annotated articles of a folder, by file name. Raises DataError if there are none."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise DataError(f"{folder}: no annotated article (*.json) in this folder")
    return map(read_annotation, paths)


def read_annotation(path: Path) -> Facts:
    """The facts of one annotated article. Raises DataError that names the file and the field."""
    try:
        return annotation_facts(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise DataError(f"{path}: not an annotated article: no {error}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: not an annotated article: {error}") from None


def annotation_facts(value: Mapping[str, Any]) -> Facts:
    """The facts of an annotation's JSON value."""
    things = {key: entity_thing(entity) for key, entity in value["entities"].items()}
    return Facts(
        id=value["id"],
        content=f"{value['title']}\n{value['text']}",
        events=tuple(event_fact(event, things) for event in value["events"]),
        documents=tuple(document_fact(document, things) for document in value["documents"]),
        positions=tuple(position_facts(value["positions"], things)),
    )


def entity_thing(entity: Mapping[str, Any]) -> Thing:
    """An annotated entity: all its mentions are names of it."""
    return make_thing(
        entity["type"], (entity.get("label"), entity.get("label_en"), *entity["mentions"]), entity.get("iso")
    )


def event_fact(event: Mapping[str, Any], things: Things) -> EventFact:
    """An annotated event."""
    return EventFact(
        type=event["type"],
        status=event["status"],
        rank=event.get("rank"),
        date=event["date"],
        evidence=(event["evidence"],),
        participants=select_things(event["participants"], things),
        countries=select_things(event["countries"], things),
        target=select_things([event.get("target")], things),
        places=select_things(event["places"], things),
    )


def document_fact(document: Mapping[str, Any], things: Things) -> DocumentFact:
    """An annotated document."""
    return DocumentFact(
        kind=document["kind"],
        label=document["label"],
        parties=select_things(document["parties"], things),
        status=document["status"].replace("_", ""),
    )


def position_facts(positions: list[Mapping[str, Any]], things: Things) -> Iterator[PositionFact]:
    """The annotated positions whose both ends are annotated too."""
    for position in positions:
        if position["person"] in things and position["of"] in things:
            yield PositionFact(things[position["person"]], things[position["of"]])


def select_things(keys: list[str | None] | None, things: Things) -> tuple[Thing, ...]:
    """The things of the keys that are annotated."""
    return tuple(things[key] for key in keys or () if key is not None and key in things)

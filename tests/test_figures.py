"""The figures are those of the graph: scored from records and scored from RDF they are the same."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from kg.evaluate import Scores, extraction_facts, read_annotation, read_annotations, score_articles
from kg.evaluate.annotation import annotation_facts
from kg.evaluate.layout import extraction_json
from kg.graph.mapping import extraction_quads
from kg.graph.store import open_store
from kg.records import Entity, Event, Extraction
from tests.annotated import read_extraction
from tests.graph_facts import read_facts

GOLD = Path(__file__).parent / "annotations" / "dev-ru"


def spoil(extraction: Extraction, chance: random.Random) -> Extraction:
    """The extraction with faults of every kind that the figures tell apart."""
    entities = [mention.entity for mention in extraction.mentions]
    events = [spoil_event(event, entities, chance) for event in extraction.events if chance.random() > 0.2]
    kept = {event.key for event in events}
    return replace(
        extraction,
        events=tuple(replace(event, part_of=event.part_of if event.part_of in kept else None) for event in events),
        tenures=extraction.tenures[1:] + extraction.tenures[-1:],
    )


def spoil_event(event: Event, entities: list[Entity], chance: random.Random) -> Event:
    arguments = [argument for argument in event.arguments if chance.random() > 0.2]
    arguments += [replace(argument, entity=chance.choice(entities)) for argument in arguments if chance.random() < 0.2]
    return replace(
        event,
        type=chance.choice((event.type, event.type, event.type, "Talks", "Meeting", "Statement")),
        status=chance.choice((event.status, event.status, "planned")),
        rank=event.rank if chance.random() > 0.3 else None,
        when=event.when if chance.random() > 0.3 else None,
        arguments=tuple(arguments),
    )


def without_events(scores: Scores) -> Scores:
    """The figures alone: the order of equals differs between records and graph."""
    return replace(scores, comparisons=())


@pytest.mark.parametrize("seed", range(3))
def test_graph_and_records_score_the_same(seed: int) -> None:
    chance = random.Random(seed)
    extractions = [spoil(read_extraction(path), chance) for path in sorted(GOLD.glob("*.json"))]
    store = open_store(None)
    for extraction in extractions:
        store.replace_article(extraction.article.id, extraction_quads(extraction, store.base))
    out = io.BytesIO()
    serialize(store.quads(), out, RdfFormat.TRIG)
    gold = list(read_annotations(GOLD))
    from_records = score_articles(gold, {e.article.id: extraction_facts(e) for e in extractions})
    from_graph = score_articles(gold, read_facts(out.getvalue()))
    assert without_events(from_graph) == without_events(from_records)
    triples = from_records.find("triples")
    assert triples is not None
    assert 0.3 < triples.f1 < 0.9


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_json_of_an_extraction_reads_back_as_annotation(path: Path) -> None:
    written = json.loads(json.dumps(extraction_json(read_extraction(path))))
    scores = score_articles([read_annotation(path)], {path.stem: annotation_facts(written)})
    assert without_events(scores) == without_events(
        score_articles([read_annotation(path)], {path.stem: read_annotation(path)})
    )

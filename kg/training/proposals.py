"""Examples of whole events: which of those that drafts may mean the article reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.evaluate.conversion import extraction_facts
from kg.evaluate.facts import Facts
from kg.evaluate.matching import match_events
from kg.evaluate.scores import get_type
from kg.records import Article, Event, Extraction
from kg.text.components.events import EventFinder
from kg.text.confidence import event_features
from kg.train.examples import Example, make_example
from kg.train.linear import LinearModel
from kg.train.settings import SHIFT
from kg.training.lessons import Case

EVENT_MODELS = ("event",)


def list_events(case: Case, models: Mapping[str, LinearModel]) -> Iterator[Example]:
    """Whether each event that the models propose is annotated."""
    scene = case.scene
    finder = EventFinder(scene.gazetteer, scene.taxonomy, models, shift=SHIFT, least=0.0)
    proposed = finder.propose(scene)
    right = judge_events(case.lesson.article, [proposal.event for proposal in proposed], case.lesson.facts)
    for proposal, label in zip(proposed, right, strict=True):
        yield make_example("event", proposal.event.type, event_features(proposal, proposed, scene), label)


def judge_events(article: Article, events: Sequence[Event], gold: Facts) -> list[bool]:
    """Whether the scorer finds an annotated event of the type with a common actor for each event; all have evidence."""
    ours = extraction_facts(Extraction(article, events=tuple(events))).events
    found = {number for number, _ in match_events(ours, gold.events, gold.content, get_type)}
    return [number in found for number in range(len(events))]

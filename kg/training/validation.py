"""Cross-validation: how well models do on articles that they did not see, and how far to trust their confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from spacy.language import Language

from kg.evaluate import Facts, Scores, extraction_facts, score_articles
from kg.knowledge.taxonomy import load_taxonomy
from kg.records import Extraction
from kg.text.components.documents import DocumentFinder
from kg.text.components.events import EventFinder
from kg.text.extract import doc_extraction
from kg.text.knowledge import load_gazetteer
from kg.train.linear import LinearModel
from kg.training.folds import deal
from kg.training.lessons import LANG, Case
from kg.training.progress import Report, Step, ignore
from kg.training.proposals import judge_events
from kg.training.trainer import Trainer

BINS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Events whose confidence is ``low`` to ``high``: the share that it predicts to be right, and the share that is."""

    low: float
    high: float
    events: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The confidence of one event, and whether it was annotated."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Validation:
    """The figures over all articles, each read by models that did not see it, and the calibration of confidence."""

    scores: Scores
    bins: tuple[Bin, ...]


def cross_validate(
    cases: Sequence[Case], folds: int, seed: int | None = None, report: Report = ignore, also: Sequence[Case] = ()
) -> Validation:
    """Train on all folds but one and on ``also``, and read that one, in turn."""
    trainer = Trainer((*cases, *also), seed)
    found: dict[str, Extraction] = {}
    parts = deal(range(len(cases)), folds, seed)
    for number, part in enumerate(parts, start=1):
        others = [i for i in range(len(trainer.cases)) if i not in set(part)]
        models = trainer.train(others, partial(report_fold, report, f"fold {number} of {len(parts)}"))
        found |= {e.article.id: e for e in read_cases([cases[i] for i in part], models)}
    return make_validation([case.lesson.facts for case in cases], found)


def report_fold(report: Report, label: str, step: Step) -> None:
    """Report a step of the training of one fold."""
    report(replace(step, label=label))


def read_cases(cases: Sequence[Case], models: Mapping[str, LinearModel]) -> Iterator[Extraction]:
    """What the pipeline finds with these models, its other settings as they are."""
    docs = [case.scene.doc for case in cases]
    known = (load_gazetteer(), load_taxonomy(LANG), models)
    EventFinder(*known, **find_settings("event_finder")).annotate(docs)
    DocumentFinder(*known, **find_settings("document_finder")).annotate(docs)
    yield from map(doc_extraction, docs)


def find_settings(component: str) -> dict[str, Any]:
    """The settings that a component has in the pipeline."""
    return dict(Language.get_factory_meta(component).default_config or {})


def make_validation(gold: Sequence[Facts], found: Mapping[str, Extraction]) -> Validation:
    """Figures and calibration of extractions by article id."""
    scores = score_articles(gold, {id: extraction_facts(extraction) for id, extraction in found.items()})
    return Validation(scores, calibrate(j for facts in gold for j in list_judgements(facts, found[facts.id])))


def list_judgements(gold: Facts, extraction: Extraction) -> Iterator[Judgement]:
    """The events of an article, right where the scorer says so."""
    events = [event for event in extraction.events if event.evidence]
    right = judge_events(extraction.article, events, gold)
    yield from (Judgement(event.confidence, label) for event, label in zip(events, right, strict=True))


def calibrate(judgements: Iterable[Judgement]) -> tuple[Bin, ...]:
    """Bins of equally many events, from the least sure to the surest."""
    ranked = sorted(judgements, key=lambda judgement: judgement.confidence)
    edges = [len(ranked) * n // BINS for n in range(BINS + 1)]
    return tuple(make_bin(ranked[start:end]) for start, end in pairwise(edges) if start < end)


def make_bin(ranked: Sequence[Judgement]) -> Bin:
    """One bin."""
    return Bin(
        low=ranked[0].confidence,
        high=ranked[-1].confidence,
        events=len(ranked),
        predicted=sum(judgement.confidence for judgement in ranked) / len(ranked),
        observed=sum(judgement.right for judgement in ranked) / len(ranked),
    )

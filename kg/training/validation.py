"""Cross-validation: how well models do on articles that they did not see, and how far to trust their confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.language import Language

from kg.evaluate import Facts, Scores, extraction_facts, score_articles
from kg.evaluate.matching import match_events
from kg.evaluate.scores import get_type
from kg.records import Extraction
from kg.text.components.documents import DocumentFinder
from kg.text.components.events import EventFinder
from kg.text.extract import doc_extraction
from kg.train.linear import LinearModel
from kg.training.folds import deal
from kg.training.lessons import Case
from kg.training.progress import Report, Step, ignore
from kg.training.trainer import Trainer

BINS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Events whose confidence lies in ``low`` to ``high``: how many are expected to be right, and how many are.

    ``predicted`` and ``observed`` are shares; None where there is no event.
    """

    low: float
    high: float
    events: int
    predicted: float | None
    observed: float | None


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


def cross_validate(cases: Sequence[Case], folds: int, seed: int | None = None, report: Report = ignore) -> Validation:
    """Train on all folds but one and read that one, in turn."""
    trainer = Trainer(cases, seed)
    found: dict[str, Extraction] = {}
    parts = deal(range(len(cases)), folds, seed)
    for number, part in enumerate(parts, start=1):
        others = [i for i in range(len(cases)) if i not in set(part)]
        models = trainer.train(others, partial(report_fold, report, f"fold {number} of {len(parts)}"))
        found |= {e.article.id: e for e in read_cases([cases[i] for i in part], models)}
    return make_validation([case.lesson.facts for case in cases], found)


def report_fold(report: Report, label: str, step: Step) -> None:
    """Report a step of the training of one fold."""
    report(replace(step, label=label))


def read_cases(cases: Sequence[Case], models: Mapping[str, LinearModel]) -> Iterator[Extraction]:
    """What the pipeline finds with these models, at its own thresholds."""
    docs = [case.scene.doc for case in cases]
    for case in cases[:1]:
        known = (case.scene.gazetteer, case.scene.taxonomy, models)
        EventFinder(*known, find_threshold("event_finder")).annotate(docs)
        DocumentFinder(*known, find_threshold("document_finder")).annotate(docs)
    yield from map(doc_extraction, docs)


def find_threshold(component: str) -> float:
    """The threshold that a component has in the pipeline."""
    settings = Language.get_factory_meta(component).default_config or {}
    return float(settings["threshold"])


def make_validation(gold: Sequence[Facts], found: Mapping[str, Extraction]) -> Validation:
    """Figures and calibration of extractions by article id."""
    scores = score_articles(gold, {id: extraction_facts(extraction) for id, extraction in found.items()})
    judgements = [j for facts in gold for j in judge_events(facts, found[facts.id])]
    return Validation(scores, calibrate(judgements, find_threshold("event_finder")))


def judge_events(gold: Facts, extraction: Extraction) -> Iterator[Judgement]:
    """The events of an article, right where the scorer finds an annotated one of the type with a common actor."""
    ours = extraction_facts(extraction).events
    right = {i for i, _ in match_events(ours, gold.events, gold.content, get_type)}
    kept = (event for event in extraction.events if event.evidence)
    for number, event in enumerate(kept):
        yield Judgement(event.confidence, number in right)


def calibrate(judgements: Sequence[Judgement], least: float) -> tuple[Bin, ...]:
    """Equally wide bins from the ``least`` confidence to 1."""
    width = (1 - least) / BINS
    placed = [(min(max(int((j.confidence - least) / width), 0), BINS - 1), j) for j in judgements]
    return tuple(make_bin(least + n * width, width, [j for place, j in placed if place == n]) for n in range(BINS))


def make_bin(low: float, width: float, judgements: Sequence[Judgement]) -> Bin:
    """One bin."""
    count = len(judgements)
    predicted = sum(j.confidence for j in judgements) / count if count else None
    observed = sum(j.right for j in judgements) / count if count else None
    return Bin(round(low, 3), round(low + width, 3), count, predicted, observed)

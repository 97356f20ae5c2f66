"""Examples of documents: which mentions deserve to be told of, and the status of those that do."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.components.documents import STATUSES, Paper, find_papers, paper_features
from kg.train.examples import Example, make_example
from kg.training.alignment import find_quote
from kg.training.lessons import Case, PaperFact

DOCUMENT_MODELS = ("document", *(f"document-{status}" for status in STATUSES))


def list_papers(case: Case) -> Iterator[Example]:
    """The examples of all mentions but doubtful ones."""
    for paper in find_papers(case.scene.doc):
        fact = find_fact(case, paper)
        if fact is None and is_doubtful(case, paper):
            continue
        features = paper_features(case.scene, paper)
        yield make_example("document", paper.kind, features, fact is not None)
        if fact is not None:
            for status in STATUSES:
                yield make_example(f"document-{status}", paper.kind, features, fact.status == status.lower())


def find_fact(case: Case, paper: Paper) -> PaperFact | None:
    """The annotated document of the kind whose evidence covers a mention."""
    at = case.scene.doc[paper.head].idx
    for fact in case.lesson.papers:
        span = find_quote(case, fact.evidence)
        if fact.kind == paper.kind and span is not None and span.start <= at < span.end:
            return fact
    return None


def is_doubtful(case: Case, paper: Paper) -> bool:
    """Whether a bare noun may repeat an annotated document of its kind."""
    return paper.end - paper.start == 1 and any(fact.kind == paper.kind for fact in case.lesson.papers)

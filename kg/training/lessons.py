"""Annotated articles to learn from: what a reader found beside what the pipeline sees without its events."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kg
from kg.errors import DataError, ReadError
from kg.evaluate.annotation import read_annotation
from kg.evaluate.facts import Facts
from kg.knowledge.taxonomy import load_taxonomy
from kg.records import Article
from kg.sources.fields import json_article
from kg.text.knowledge import load_gazetteer
from kg.text.pipeline import article_doc
from kg.text.scene import Scene, make_scene
from kg.training.progress import Report, Step

LANG = "ru"
UNTRAINED = ("event_finder", "document_finder")  # the components that need the models


@dataclass(frozen=True, slots=True)
class PaperFact:
    """An annotated document with its evidence; ``status`` as in DocumentFact."""

    kind: str
    status: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated article."""

    article: Article
    facts: Facts
    papers: tuple[PaperFact, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A lesson with its analysed text."""

    lesson: Lesson
    scene: Scene


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """The annotated articles of a folder, by id.

    Raises DataError if there are none, one is broken, or an id comes twice.
    """
    lessons = sorted(map(read_lesson, sorted(folder.glob("*.json"))), key=lambda lesson: lesson.article.id)
    if not lessons:
        raise DataError(f"{folder}: no annotated article (*.json) in this folder")
    ident, count = Counter(lesson.article.id for lesson in lessons).most_common(1)[0]
    if count > 1:
        raise DataError(f"{folder}: the id {ident!r} comes {count} times")
    return tuple(lessons)


def read_lesson(path: Path) -> Lesson:
    """One annotated article. Raises DataError."""
    facts = read_annotation(path)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        article = json_article(value, str(path))
        papers = tuple(map(make_paper, value["documents"]))
    except (ReadError, KeyError) as error:
        raise DataError(f"{path}: not an annotated article: {error}") from error
    if article.lang != LANG:
        raise DataError(f"{path}: its language is {article.lang!r}, only {LANG!r} can be trained")
    return Lesson(article, facts, papers)


def make_paper(document: Mapping[str, Any]) -> PaperFact:
    """An annotated document."""
    return PaperFact(document["kind"], document["status"].replace("_", "").lower(), document["evidence"])


def analyse_lessons(lessons: Sequence[Lesson], report: Report) -> Iterator[Case]:
    """The lessons with what the pipeline finds before events and documents."""
    nlp = kg.load(LANG, exclude=UNTRAINED)
    gazetteer, taxonomy = load_gazetteer(), load_taxonomy(LANG)
    docs = nlp.pipe(article_doc(nlp, lesson.article) for lesson in lessons)
    for number, (lesson, doc) in enumerate(zip(lessons, docs, strict=True), start=1):
        report(Step("reading", number, len(lessons)))
        yield Case(lesson, make_scene(doc, gazetteer, taxonomy))

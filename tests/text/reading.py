"""Made-up sentences as analysed articles, up to the references; events and documents are left out."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

import kg
from kg.knowledge.taxonomy import load_taxonomy
from kg.records import Article
from kg.text.knowledge import load_gazetteer
from kg.text.pipeline import article_doc
from kg.text.scene import Cue, Scene, make_scene

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DAY = datetime.date(2025, 6, 10)


@cache
def load_reader() -> Language:
    """The Russian pipeline up to the references back."""
    return kg.load("ru", exclude=("date_finder", "event_finder", "document_finder"))


def read(text: str) -> Doc:
    """An article of DAY with this body."""
    article = Article("made-up", text, "ru", "Новости дня", DAY, None, "")
    nlp = load_reader()
    return next(nlp.pipe([article_doc(nlp, article)]))


@cache
def load_dater() -> Language:
    """The same with dates."""
    return kg.load("ru", exclude=("event_finder", "document_finder"))


def read_scene(text: str) -> Scene:
    """An article of DAY as the extraction of events sees it."""
    article = Article("made-up", text, "ru", "Новости дня", DAY, None, "")
    nlp = load_dater()
    return make_scene(next(nlp.pipe([article_doc(nlp, article)])), load_gazetteer(), load_taxonomy())


def find_cue(scene: Scene, word: str) -> Cue:
    """The cue of a word; one of no type where it tells of nothing."""
    token = next(t for t in scene.tokens if t.text == word)
    return next((cue for cue in scene.cues if cue.token == token.i), Cue(token.i, None, ()))

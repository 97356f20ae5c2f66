"""Made-up sentences as analysed articles, up to the references; events and documents are left out."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

import kg
from kg.records import Article
from kg.text.pipeline import article_doc

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

"""Date expressions on the Doc: ``doc._.dates``."""

from __future__ import annotations

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.text.calendar import find_expressions
from kg.text.components.parser import Component
from kg.text.language import Language, load_language


class DateFinder(Component):
    """Writes ``doc._.dates``: expressions, still to be resolved by the tense of their clause."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            doc._.dates = tuple(find_expressions([t.text for t in doc], [t.lemma_ for t in doc], self.language))


@Pipeline.factory("date_finder", requires=["token.lemma"], assigns=["doc._.dates"])
def make_date_finder(nlp: Pipeline, name: str) -> DateFinder:
    """Absolute, partial and relative dates."""
    return DateFinder(load_language("ru"))

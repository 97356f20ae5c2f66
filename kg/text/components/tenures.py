"""The offices that an article says persons hold: ``doc._.tenures``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.records import Tenure
from kg.text.components.parser import Component
from kg.text.refs import Holding, find_span

CONFIDENCE = 0.8  # about the share of titles read rightly in articles not trained on


class TenureFinder(Component):
    """Writes ``doc._.tenures`` from the titles that the text gives."""

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            doc._.tenures = tuple(make_tenures(doc))


def make_tenures(doc: Doc) -> Iterator[Tenure]:
    """The titles that the text gives, each once."""
    seen: set[tuple[str, str]] = set()
    for holding in doc._.holdings:
        key = (holding.person.id, holding.of.id)
        if key not in seen and not holding.former:
            seen.add(key)
            yield make_tenure(doc, holding)


def make_tenure(doc: Doc, holding: Holding) -> Tenure:
    """A title as a tenure."""
    where = find_span(doc, holding.start, holding.end)
    return Tenure(holding.person, holding.title, holding.of, (where,), holding.office, CONFIDENCE)


@Pipeline.factory("tenure_finder", requires=["doc._.holdings"], assigns=["doc._.tenures"])
def make_tenure_finder(nlp: Pipeline, name: str) -> TenureFinder:
    """Who holds which office, as the text says."""
    return TenureFinder()

"""Corpus texts through the pipeline: what it makes of each, with the titles as the Doc holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from spacy.language import Language

from kg.corpora.texts import make_article
from kg.records import Extraction
from kg.text.extract import doc_extraction
from kg.text.pipeline import article_doc
from kg.text.refs import Holding

BATCH = 32


class Annotated(Protocol):
    """A text of a corpus, with whatever its annotators said of it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


Gold = TypeVar("Gold", bound=Annotated)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline makes of a text; ``holdings`` are all titles that it gives, former ones too."""

    extraction: Extraction
    holdings: tuple[Holding, ...]


def read_documents(documents: Iterable[Gold], nlp: Language) -> Iterator[tuple[Gold, Reading]]:
    """Each document with our reading of its text, in order."""
    pairs = ((article_doc(nlp, make_article(d.id, d.text)), d) for d in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
        yield document, Reading(doc_extraction(doc), tuple(doc._.holdings))

"""Docs to extractions: what the components left on a Doc as plain records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import AnalysisError
from kg.records import Article, Extraction, Mention, Span
from kg.text.pipeline import article_doc
from kg.text.refs import find_span

BATCH = 64  # articles parsed together
PART = re.compile("[^-]+")


def extract_articles(nlp: Language, articles: Iterable[Article]) -> Iterator[Extraction | AnalysisError]:
    """One result an article, in order: its extraction or why there is none."""
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        yield from extract_batch(nlp, batch)


def extract_batch(nlp: Language, articles: list[Article]) -> Iterator[Extraction | AnalysisError]:
    """A batch at once; if that fails, one by one, so that one bad article takes no other with it."""
    try:
        yield from [doc_extraction(doc) for doc in nlp.pipe([article_doc(nlp, a) for a in articles], batch_size=BATCH)]
    except Exception:
        for article in articles:
            yield extract_article(nlp, article)


def extract_article(nlp: Language, article: Article) -> Extraction | AnalysisError:
    """One article alone."""
    try:
        return doc_extraction(next(nlp.pipe([article_doc(nlp, article)])))
    except AnalysisError as error:
        return error
    except Exception as error:
        return AnalysisError(f"{article.name}: {type(error).__name__}: {error}")


def doc_extraction(doc: Doc) -> Extraction:
    """All that the components found."""
    return Extraction(
        article=doc._.article,
        mentions=tuple(make_mentions(doc)),
        events=tuple(doc._.events),
        documents=tuple(doc._.documents),
        tenures=tuple(doc._.tenures),
    )


def make_mentions(doc: Doc) -> Iterator[Mention]:
    """Every reference of the text; one to several entities is a mention of each, in a compound each by its part."""
    for ref in (*doc._.refs, *doc._.inner):
        whole = find_span(doc, ref.start, ref.end)
        parts = split_compound(doc[ref.start : ref.end].text, whole.start) if len(ref.entities) > 1 else []
        spans = parts if len(parts) == len(ref.entities) > 1 else [whole] * len(ref.entities)
        for entity, span in zip(ref.entities, spans, strict=True):
            yield Mention(span, entity)


def split_compound(text: str, start: int) -> list[Span]:
    """The parts of «российско-киргизский» as characters of the article."""
    return [Span(start + part.start(), start + part.end()) for part in PART.finditer(text)]

"""`kg.load`: the pipeline of a language as an ordinary spaCy Language."""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

import kg.text.components  # noqa: F401  registers the factories
from kg.errors import AnalysisError, TooLongError
from kg.records import LONGEST, Article
from kg.text.refs import register_extensions
from kg.text.tokenizer import TOKENIZER

PIPELINES: dict[str, tuple[str, ...]] = {
    "ru": (
        "razdel_sentencizer",
        "slovnet_parser",
        "slovnet_ner",
        "pymorphy_lemmatizer",
        "name_linker",
        "title_linker",
        "coreference",
        "tenure_finder",
        "date_finder",
        "event_finder",
        "document_finder",
    ),
}


def load(lang: str = "ru", *, exclude: Sequence[str] = (), least: float | None = None) -> Language:
    """The pipeline of a language without the components in ``exclude``. Raises AnalysisError for other languages.

    ``least`` is the least confidence of an event; left out, the event_finder's own.
    """
    if lang not in PIPELINES:
        raise AnalysisError(f"no pipeline for language {lang!r}; there is one for {', '.join(PIPELINES)}")
    register_extensions()
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.blank(lang, config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = LONGEST
    for name in PIPELINES[lang]:
        if name not in exclude:
            nlp.add_pipe(name, config={"least": least} if name == "event_finder" and least is not None else {})
    return nlp


def article_doc(nlp: Language, article: Article) -> Doc:
    """A tokenised Doc of title + newline + body that knows its article; not yet analysed.

    Raises TooLongError for an article of more than ``nlp.max_length`` characters.
    """
    length, most = len(article.content), nlp.max_length
    if length > most:
        raise TooLongError(article.name, length, most)
    doc = nlp.make_doc(article.content)
    doc._.article = article
    return doc

"""Sentences, morphology, syntax, names and lemmas as spaCy components over slovnet, razdel and pymorphy3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, POS
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.text import lemmas, slovnet
from kg.text.slovnet import Syntactic, parse_sentences, tag_names
from kg.text.tokenizer import find_sentence_starts


class Component:
    """What the components below share: no state of their own, so nothing to store."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        for batch in spacy.util.minibatch(docs, batch_size):
            self.annotate(batch)
            yield from batch

    def annotate(self, docs: list[Doc]) -> None:
        raise NotImplementedError

    def to_disk(self, *_: Any, **__: Any) -> None:
        return None

    def from_disk(self, *_: Any, **__: Any) -> Component:
        return self

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> Component:
        return self


class RazdelSentencizer(Component):
    """Sentence starts by razdel and at newlines."""

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            for token, start in zip(doc, find_sentence_starts(doc), strict=True):
                token.is_sent_start = start


class SlovnetParser(Component):
    """Parts of speech, features and single-root dependency trees."""

    def annotate(self, docs: list[Doc]) -> None:
        groups = [[select_words(sentence) for sentence in doc.sents] for doc in docs]
        words = [[doc[i].text for i in group] for doc, sentences in zip(docs, groups, strict=True) for group in sentences]
        parsed = iter(parse_sentences(words))
        for doc, sentences in zip(docs, groups, strict=True):
            set_syntax(doc, [(group, next(parsed)) for group in sentences if group])


class SlovnetNer(Component):
    """Names of persons (PER), places (LOC) and organisations (ORG) as doc.ents."""

    def annotate(self, docs: list[Doc]) -> None:
        groups = [[select_words(sentence) for sentence in doc.sents] for doc in docs]
        words = [[doc[i].text for i in group] for doc, sentences in zip(docs, groups, strict=True) for group in sentences]
        tagged = iter(tag_names(words))
        for doc, sentences in zip(docs, groups, strict=True):
            doc.set_ents([span for group in sentences for span in make_spans(doc, group, next(tagged))])


class PymorphyLemmatizer(Component):
    """Lemmas in lower case, chosen to agree with part of speech and features."""

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            for token in doc:
                features = (next(iter(token.morph.get(name)), "") for name in ("Case", "Number", "Gender"))
                token.lemma_ = lemmas.find_lemma(token.lower_, token.pos_, *features)


def select_words(sentence: Span) -> list[int]:
    """Indices in the Doc of a sentence's tokens that are not white space."""
    return [token.i for token in sentence if not token.is_space]


def set_syntax(doc: Doc, sentences: list[tuple[list[int], Syntactic]]) -> None:
    """Write tags, heads and relations; white space hangs under the token before it."""
    size = len(doc)
    heads = np.zeros(size, dtype=np.int64)
    relations = ["dep"] * size
    tags = ["SPACE" if token.is_space else "X" for token in doc]
    for group, parse in sentences:
        for i, tag, head, relation in zip(group, parse.tags, parse.heads, parse.relations, strict=True):
            tags[i] = tag
            heads[i] = group[head - 1] - i if head else 0
            relations[i] = relation if head else "ROOT"
    attach_space(doc, heads)
    add = doc.vocab.strings.add
    parts = [tag.partition("|")[0] for tag in tags]
    columns = [heads.astype(np.uint64), np.array([add(r) for r in relations], dtype=np.uint64)]
    columns.append(np.array([add(p) for p in parts], dtype=np.uint64))
    starts = [token.is_sent_start for token in doc]
    doc.from_array([HEAD, DEP, POS], np.stack(columns, axis=1))
    for token, tag, start in zip(doc, tags, starts, strict=True):
        token.set_morph(tag.partition("|")[2])
        assert token.is_sent_start == start or not start


def attach_space(doc: Doc, heads: np.ndarray[Any, np.dtype[np.int64]]) -> None:
    """Heads of white space: the word before, at the start of a sentence the word after; alone it is a root.

    The newline of an article without a title is a sentence of its own.
    """
    for token in doc:
        if token.is_space and not token.is_sent_start:
            heads[token.i] = -1
        elif token.is_space and token.i + 1 < len(doc) and not doc[token.i + 1].is_sent_start:
            heads[token.i] = 1


def make_spans(doc: Doc, group: list[int], tags: list[str]) -> Iterator[Span]:
    """Spans of one sentence's BIO tags."""
    start: int | None = None
    for position, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield Span(doc, group[start], group[position - 1] + 1, label=tags[start][2:])
            start = None
        if tag.startswith("B-"):
            start = position


@Language.factory("razdel_sentencizer", assigns=["token.is_sent_start", "doc.sents"])
def make_razdel_sentencizer(nlp: Language, name: str) -> RazdelSentencizer:
    """Sentence starts by razdel."""
    return RazdelSentencizer()


@Language.factory(
    "slovnet_parser",
    requires=["doc.sents"],
    assigns=["token.pos", "token.morph", "token.dep", "token.head"],
)
def make_slovnet_parser(nlp: Language, name: str) -> SlovnetParser:
    """slovnet's morphology and syntax."""
    slovnet.load_model("morph"), slovnet.load_model("syntax")
    return SlovnetParser()


@Language.factory("slovnet_ner", requires=["doc.sents"], assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def make_slovnet_ner(nlp: Language, name: str) -> SlovnetNer:
    """slovnet's named entities."""
    slovnet.load_model("ner")
    return SlovnetNer()


@Language.factory("pymorphy_lemmatizer", requires=["token.pos", "token.morph"], assigns=["token.lemma"])
def make_pymorphy_lemmatizer(nlp: Language, name: str) -> PymorphyLemmatizer:
    """pymorphy3's lemmas."""
    lemmas.load_analyzer()
    return PymorphyLemmatizer()

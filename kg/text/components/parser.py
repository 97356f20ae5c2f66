"""Sentences, morphology, syntax, names and lemmas as spaCy components over slovnet, razdel and pymorphy3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.text import lemmas, slovnet
from kg.text.slovnet import Syntactic, parse_sentences, tag_names
from kg.text.tagging import mend_tag
from kg.text.tokenizer import find_sentence_starts

Flags = NDArray[np.bool_]


class Component:
    """What the components below share: no state of their own, so nothing to store."""

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
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
            write_columns(doc, [SENT_START], np.where(find_sentence_starts(doc), 1, -1))


class SlovnetParser(Component):
    """Parts of speech, features and single-root dependency trees."""

    def annotate(self, docs: list[Doc]) -> None:
        groups = [select_words(doc) for doc in docs]
        parsed = iter(parse_sentences(list_words(docs, groups)))
        for doc, sentences in zip(docs, groups, strict=True):
            set_syntax(doc, [(group, next(parsed)) for group in sentences])


class SlovnetNer(Component):
    """Names of persons (PER), places (LOC) and organisations (ORG) as doc.ents."""

    def annotate(self, docs: list[Doc]) -> None:
        groups = [select_words(doc) for doc in docs]
        tagged = iter(tag_names(list_words(docs, groups)))
        for doc, sentences in zip(docs, groups, strict=True):
            doc.set_ents([span for group in sentences for span in make_spans(doc, group, next(tagged))])


class PymorphyLemmatizer(Component):
    """Lemmas in lower case, chosen to agree with part of speech and features; these are mended where they cannot be."""

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            mend_tags(doc)
            strings = doc.vocab.strings
            forms = doc.to_array([LOWER, POS, MORPH]).tolist()
            found = [lemmas.find_tagged(strings[word], strings[pos], strings[morph]) for word, pos, morph in forms]
            write_columns(doc, [LEMMA], np.array([strings.add(lemma) for lemma in found], dtype=np.uint64))


def mend_tags(doc: Doc) -> None:
    """Give words the part of speech that the dictionary knows, where it knows no other."""
    strings = doc.vocab.strings
    tagged = doc.to_array([ORTH, POS, MORPH])
    for row, (word, pos, morph) in zip(tagged, tagged.tolist(), strict=True):
        old = (strings[pos], strings[morph])
        mended = mend_tag(strings[word], *old)
        if mended != old:
            row[1:] = tag_ids(doc.vocab, "|".join(mended))
    write_columns(doc, [POS, MORPH], tagged[:, 1:])


def write_columns(doc: Doc, attributes: list[int | str], values: Any) -> None:
    """Set attributes of all tokens at once: ``values`` (tokens,) or (tokens, attributes), any integers."""
    if len(doc):
        doc.from_array(attributes, values.astype(np.uint64))


def select_words(doc: Doc) -> list[list[int]]:
    """Indices in the Doc of each sentence's tokens that are not white space; sentences without any are left out."""
    groups: list[list[int]] = []
    for i, (start, space) in enumerate(doc.to_array([SENT_START, IS_SPACE]).tolist()):
        if start == 1 or not i:
            groups.append([])
        if not space:
            groups[-1].append(i)
    return [group for group in groups if group]


def list_words(docs: Sequence[Doc], groups: Sequence[list[list[int]]]) -> list[list[str]]:
    """The words of all sentences of a batch."""
    sentences = []
    for doc, indices in zip(docs, groups, strict=True):
        texts = [token.text for token in doc]
        sentences += [[texts[i] for i in group] for group in indices]
    return sentences


def set_syntax(doc: Doc, sentences: list[tuple[list[int], Syntactic]]) -> None:
    """Write tags, heads and relations; white space hangs under the token before it."""
    spaces, starts = (column == 1 for column in doc.to_array([IS_SPACE, SENT_START]).T)
    heads = find_space_heads(spaces, starts)
    relations = ["dep"] * len(doc)
    tags = ["SPACE" if space else "X" for space in spaces.tolist()]
    for group, parse in sentences:
        for i, tag, head, relation in zip(group, parse.tags, parse.heads, parse.relations, strict=True):
            tags[i] = tag
            heads[i] = group[head - 1] - i if head else 0
            relations[i] = relation if head else "ROOT"
    ids = {tag: tag_ids(doc.vocab, tag) for tag in set(tags)}
    names = {relation: doc.vocab.strings.add(relation) for relation in set(relations)}
    rows = [(names[relation], *ids[tag]) for relation, tag in zip(relations, tags, strict=True)]
    labels = np.array(rows, dtype=np.uint64).reshape(-1, 3)
    write_columns(doc, [HEAD, DEP, POS, MORPH], np.column_stack((heads.astype(np.uint64), labels)))
    assert (doc.to_array([SENT_START])[starts] == 1).all()


def tag_ids(vocab: Vocab, tag: str) -> tuple[int, int]:
    """A tag's part of speech and features as the vocabulary's ids."""
    part, _, features = tag.partition("|")
    return vocab.strings.add(part), vocab.morphology.add(features)


def find_space_heads(spaces: Flags, starts: Flags) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Heads of white space: the word before, at the start of a sentence the word after; alone it is a root.

    The newline of an article without a title is a sentence of its own. Heads are relative; a word's is 0.
    """
    followed = np.append(~starts[1:], False)
    return np.where(spaces, np.where(starts, followed.astype(np.int64), -1), 0)


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
    slovnet.load_encoder("morph"), slovnet.load_encoder("syntax"), slovnet.load_lexicon()
    return SlovnetParser()


@Language.factory("slovnet_ner", requires=["doc.sents"], assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def make_slovnet_ner(nlp: Language, name: str) -> SlovnetNer:
    """slovnet's named entities."""
    slovnet.load_encoder("ner"), slovnet.load_lexicon()
    return SlovnetNer()


@Language.factory(
    "pymorphy_lemmatizer", requires=["token.pos", "token.morph"], assigns=["token.lemma", "token.pos", "token.morph"]
)
def make_pymorphy_lemmatizer(nlp: Language, name: str) -> PymorphyLemmatizer:
    """pymorphy3's lemmas."""
    lemmas.load_analyzer()
    return PymorphyLemmatizer()

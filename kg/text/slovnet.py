"""slovnet's morphology, syntax and NER over lists of words (NumPy inference; models in the natasha wheel).

slovnet's own calls tokenise again, build markup objects and take heads by argmax alone; this reads its
models' scores directly and turns them into single-root trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from navec import Navec
from slovnet import NER, Morph, Syntax

from kg.config import natasha_path
from kg.text.tree import find_heads

EMBEDDING = ("emb", "navec_news_v1_1B_250K_300d_100q.tar")
BATCH_WORDS = 1200  # more words at once make no better use of the caches


@dataclass(frozen=True, slots=True)
class Syntactic:
    """One sentence of n words: tags such as "NOUN|Case=Gen", heads (0 the root, j word j - 1), relations."""

    tags: list[str]
    heads: list[int]
    relations: list[str]


@cache
def load_embedding() -> Any:
    """The navec vectors, once a process."""
    return Navec.load(natasha_path(*EMBEDDING))


@cache
def load_model(kind: str) -> Any:
    """One of slovnet's models, "morph", "syntax" or "ner", once a process."""
    path = natasha_path("model", f"slovnet_{kind}_news_v1.tar")
    return {"morph": Morph, "syntax": Syntax, "ner": NER}[kind].load(path).navec(load_embedding())


def parse_sentences(sentences: Sequence[list[str]]) -> list[Syntactic]:
    """Morphology and syntax of tokenised sentences, in their order."""
    morph, syntax = load_model("morph").infer, load_model("syntax").infer
    parsed: list[Syntactic | None] = [None] * len(sentences)
    for batch in select_batches(sentences):
        data = encode(morph, [sentences[i] for i in batch])
        tags = morph.model(data.word_id, data.shape_id, data.pad_mask).argmax(-1)
        heads, relations = infer_syntax(syntax.model, data)
        for row, i in enumerate(batch):
            n = len(sentences[i])
            parsed[i] = Syntactic(
                [morph.decoder.tags_vocab.decode(tag) for tag in tags[row, :n]],
                heads[row, :n].tolist(),
                [syntax.decoder.rels_vocab.decode(rel) for rel in relations[row, :n]],
            )
    return [item for item in parsed if item is not None]


def infer_syntax(model: Any, data: Any) -> tuple[Any, Any]:
    """Heads and relation ids (sentences, words): trees first, then the relation to each head."""
    encoded = model.encoder(model.emb(data.word_id, data.shape_id), data.pad_mask)
    scores = model.head(encoded)
    heads = np.zeros(data.word_id.shape, dtype=np.int_)
    for row, n in enumerate((~data.pad_mask).sum(-1)):
        heads[row, :n] = find_heads(scores[row, :n, : n + 1])
    return heads, model.rel(encoded, heads).argmax(-1)


def tag_names(sentences: Sequence[list[str]]) -> list[list[str]]:
    """BIO tags over PER, LOC and ORG of tokenised sentences, in their order."""
    ner = load_model("ner").infer
    tagged: list[list[str]] = [[] for _ in sentences]
    for batch in select_batches(sentences):
        data = encode(ner, [sentences[i] for i in batch])
        scores = ner.model(data.word_id, data.shape_id, data.pad_mask)
        for i, tags in zip(batch, ner.model.head.crf.decode(scores, ~data.pad_mask), strict=True):
            tagged[i] = [ner.decoder.tags_vocab.decode(tag) for tag in tags]
    return tagged


def encode(infer: Any, sentences: Sequence[list[str]]) -> Any:
    """Word and shape ids with the padding mask, as the models want them."""
    return infer.encoder.input([infer.encoder.item(words) for words in sentences])


def select_batches(sentences: Sequence[list[str]]) -> Iterator[list[int]]:
    """Indices of sentences of about one length, BATCH_WORDS at a time: little padding. Empty ones are left out."""
    batch: list[int] = []
    words = 0
    for i in sorted((i for i, s in enumerate(sentences) if s), key=lambda i: len(sentences[i])):
        if batch and words + len(sentences[i]) > BATCH_WORDS:
            yield batch
            batch, words = [], 0
        batch.append(i)
        words += len(sentences[i])
    if batch:
        yield batch

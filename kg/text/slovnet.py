"""slovnet's morphology, syntax and NER over lists of words (models in the natasha wheel).

slovnet's own calls tokenise again, pad every sentence, build markup objects and take heads by argmax alone; this
takes the weights of its models, computes the same scores faster (see network.py), and makes single-root trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from navec import Navec
from slovnet import NER, Morph, Syntax
from slovnet.shape import word_shape

from kg.config import natasha_path
from kg.text.crf import find_tags
from kg.text.network import Encoder, Floats, Indices, Lexicon, Pack, make_encoder
from kg.text.tree import find_heads

EMBEDDING = ("emb", "navec_news_v1_1B_250K_300d_100q.tar")


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


@cache
def load_encoder(kind: str) -> Encoder:
    """The encoder of a model, once a process."""
    return make_encoder(load_model(kind).infer.model)


@cache
def load_lexicon() -> Lexicon:
    """Vectors and ids of words, which the three models share."""
    navec, encoder = load_embedding(), load_model("morph").infer.encoder

    @lru_cache(100_000)
    def lookup(word: str) -> tuple[int, int]:
        return encoder.words_vocab.encode(word.lower()), encoder.shapes_vocab.encode(word_shape(word))

    return Lexicon(lookup, navec.pq.codes.reshape(-1, navec.pq.codes.shape[-1]), navec.pq.indexes)


def parse_sentences(sentences: Sequence[list[str]]) -> list[Syntactic]:
    """Morphology and syntax of tokenised sentences, in their order."""
    return [parse for pack in load_lexicon().make_packs(sentences) for parse in parse_pack(pack)]


def parse_pack(pack: Pack) -> Iterator[Syntactic]:
    """The parse of each sentence of a pack."""
    tags_vocab = load_model("morph").infer.decoder.tags_vocab.items
    relations_vocab = load_model("syntax").infer.decoder.rels_vocab.items
    tags = score_tags("morph", pack).argmax(-1).tolist()
    heads, relations = find_syntax(pack)
    for start, end in pack.extents:
        yield Syntactic(
            [tags_vocab[tag] for tag in tags[start:end]],
            heads[start:end],
            [relations_vocab[relation] for relation in relations[start:end]],
        )


def tag_names(sentences: Sequence[list[str]]) -> list[list[str]]:
    """BIO tags over PER, LOC and ORG of tokenised sentences, in their order."""
    infer = load_model("ner").infer
    transitions, vocab = infer.model.head.crf.transitions.array, infer.decoder.tags_vocab.items
    tagged = []
    for pack in load_lexicon().make_packs(sentences):
        tags = find_tags(score_tags("ner", pack), transitions, pack.blanks).tolist()
        tagged += [[vocab[tag] for tag in tags[start:end]] for start, end in pack.extents]
    return tagged


def score_tags(kind: str, pack: Pack) -> Floats:
    """Scores (rows, tags) by the model "morph" or "ner"."""
    scores: Floats = load_model(kind).infer.model.head.proj(load_encoder(kind).encode(pack))
    return scores


def find_syntax(pack: Pack) -> tuple[list[int], list[int]]:
    """For each row the head within its sentence (0 the root, j word j - 1) and the id of the relation to it."""
    model = load_model("syntax").infer.model
    rows = load_encoder("syntax").encode(pack)
    heads = np.zeros(len(rows), dtype=np.intp)
    offsets = np.zeros(len(rows), dtype=np.intp)
    for (start, end), scores in zip(pack.extents, score_heads(model.head, rows, pack), strict=True):
        heads[start:end] = find_heads(scores) if start < end else 0
        offsets[start:end] = start - 1
    relations = np.zeros(len(rows), dtype=np.intp)
    relations[pack.words] = score_relations(model.rel, rows, (heads + offsets)[pack.words], pack).argmax(-1)
    return heads.tolist(), relations.tolist()


def score_heads(head: Any, rows: Floats, pack: Pack) -> Iterator[Floats]:
    """Scores (words, words + 1) of each sentence, with the blank row before it as root; overwrites the blank rows."""
    rows[pack.blanks] = head.root.array
    left = head.head(rows) @ head.kernel.array
    right = head.tail(rows).T
    for start, end in pack.extents:
        yield left[start:end] @ right[:, start - 1 : end]


def score_relations(rel: Any, rows: Floats, heads: Indices, pack: Pack) -> Floats:
    """Scores (words, relations) of each word to the row of its head. Overwrites the blank rows.

    slovnet multiplies head, kernel and word in this order; one product of kernel and pair does it in one go.
    """
    rows[pack.blanks] = rel.root.array
    left = rel.head(rows)[heads]
    right = rel.tail(rows[pack.words])
    size = left.shape[1]
    kernel = rel.kernel.array.reshape(size, -1, size).transpose(0, 2, 1).reshape(size * size, -1)
    pairs = left[:, :, None] * right[:, None, :]
    scores: Floats = pairs.reshape(-1, size * size) @ kernel
    return scores

"""Packed networks give what slovnet's own give, whatever sentences share a pack."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.crf import find_tags
from kg.text.network import Floats, Pack
from kg.text.slovnet import (
    load_encoder,
    load_lexicon,
    load_model,
    parse_sentences,
    score_heads,
    score_relations,
    score_tags,
    tag_names,
)

SENTENCES = [
    text.split()
    for text in (
        "Президент Киргизии Садыр Жапаров прибыл с рабочим визитом в Москву .",
        "Визит",
        "Министр иностранных дел РФ С . В . Лавров примет 14 июля в 15:30 посла ФРГ .",
        "",
        "Стороны подписали 12 документов , сообщил The Washington Post пресс-секретарь ?!",
        "Визит продлится до 16 июля .",
    )
]
KINDS = ("morph", "syntax", "ner")


def make_pack() -> Pack:
    (pack,) = load_lexicon().make_packs(SENTENCES)
    return pack


def own_input(kind: str, words: list[str]) -> Any:
    encoder = load_model(kind).infer.encoder
    return encoder.input([encoder.item(words)])


def own_rows(kind: str, words: list[str]) -> Any:
    """slovnet's encoding of one sentence alone, so without padding."""
    model, data = load_model(kind).infer.model, own_input(kind, words)
    return model.encoder(model.emb(data.word_id, data.shape_id), data.pad_mask)


def test_models_share_their_vocabularies() -> None:
    first, *others = (load_model(kind).infer.encoder for kind in KINDS)
    for other in others:
        assert other.words_vocab.items == first.words_vocab.items
        assert other.shapes_vocab.items == first.shapes_vocab.items


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_those_of_slovnet(kind: str) -> None:
    pack = make_pack()
    rows = load_encoder(kind).encode(pack)
    assert not rows[pack.blanks].any()
    for words, (start, end) in zip(SENTENCES, pack.extents, strict=True):
        if words:
            np.testing.assert_allclose(rows[start:end], own_rows(kind, words)[0], atol=1e-4)


@pytest.mark.parametrize("kind", ["morph", "ner"])
def test_scores_of_tags_are_those_of_slovnet(kind: str) -> None:
    pack = make_pack()
    scores = score_tags(kind, pack)
    for words, (start, end) in zip(SENTENCES, pack.extents, strict=True):
        if words:
            data = own_input(kind, words)
            own = load_model(kind).infer.model(data.word_id, data.shape_id, data.pad_mask)[0]
            np.testing.assert_allclose(scores[start:end], own, atol=1e-4)


def test_scores_of_heads_and_relations_are_those_of_slovnet() -> None:
    pack = make_pack()
    model = load_model("syntax").infer.model
    rows = load_encoder("syntax").encode(pack)
    heads = np.zeros(len(rows), dtype=np.intp)
    own_relations = []
    for words, (start, end), scores in zip(SENTENCES, pack.extents, score_heads(model.head, rows, pack), strict=True):
        if words:
            own = own_rows("syntax", words)
            np.testing.assert_allclose(scores, model.head(own)[0], atol=1e-4)
            best = scores.argmax(-1)
            heads[start:end] = best + start - 1
            own_relations.append(model.rel(own, best[None])[0])
    relations = score_relations(model.rel, rows, heads[pack.words], pack)
    np.testing.assert_allclose(relations, np.concatenate(own_relations), rtol=1e-5, atol=1e-4)


def test_sentences_of_two_packs_are_parsed_as_alone() -> None:
    many = SENTENCES * 120  # more words than a pack has
    assert parse_sentences(many) == [parse for words in SENTENCES for parse in parse_sentences([words])] * 120
    assert tag_names(many) == [tags for words in SENTENCES for tags in tag_names([words])] * 120


def test_no_sentences() -> None:
    assert parse_sentences([]) == tag_names([]) == []
    assert tag_names([[], []]) == [[], []]
    assert [parse.tags for parse in parse_sentences([[]])] == [[]]


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(0, 2**32 - 1))
def test_paths_are_those_of_slovnet(sizes: list[int], seed: int) -> None:
    crf = load_model("ner").infer.model.head.crf
    blanks = np.cumsum([0, *(size + 1 for size in sizes)])
    emissions: Floats = np.random.default_rng(seed).normal(0, 3, (blanks[-1] + 1, 8)).astype(np.float32)
    tags = find_tags(emissions, crf.transitions.array, blanks)
    for start, size in zip(blanks + 1, sizes, strict=False):
        if size:
            own = crf.decode(emissions[None, start : start + size], np.ones((1, size), dtype=bool))[0]
            assert tags[start : start + size].tolist() == own.tolist()

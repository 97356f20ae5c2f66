"""slovnet's convolutions over sentences packed into one array: no padding, no copies of windows.

The rows of a pack are the words of its sentences with a blank row before each sentence and one behind the last.
A convolution over three words takes what lies beyond a sentence for zeros, and that is what blank rows hold. The
first and dearest layer is computed once a word form, not once a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

BATCH_WORDS = 4000  # smaller packs compute common words more often, larger ones leave the caches


@dataclass(frozen=True, slots=True)
class Pack:
    """Sentences with the embeddings of their words.

    ``vectors`` (1 + forms, 300) and ``shapes`` (1 + forms,), slovnet's word shapes, belong to the distinct forms,
    0 to the blank; ``index`` (rows,) tells each row's. Sentence i has the rows blanks[i] + 1 up to blanks[i + 1].
    """

    vectors: Floats
    shapes: Indices
    index: Indices
    blanks: Indices

    @property
    def words(self) -> Indices:
        """The rows that hold words."""
        return np.flatnonzero(self.index)

    @property
    def extents(self) -> Iterator[tuple[int, int]]:
        """First row and end of each sentence."""
        blanks = self.blanks.tolist()
        return ((before + 1, after) for before, after in pairwise(blanks))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """navec's quantised vectors: ``codes`` (parts * choices, numbers a part), chosen by ``choices`` (words, parts).

    ``lookup`` gives the word id and the shape id of a form.
    """

    lookup: Callable[[str], tuple[int, int]]
    codes: Floats
    choices: NDArray[np.uint8]

    def make_packs(self, sentences: Iterable[Sequence[str]]) -> Iterator[Pack]:
        """Sentences in their order, about BATCH_WORDS words at a time."""
        batch: list[Sequence[str]] = []
        words = 0
        for sentence in sentences:
            if batch and words + len(sentence) > BATCH_WORDS:
                yield self.make_pack(batch)
                batch, words = [], 0
            batch.append(sentence)
            words += len(sentence)
        if batch:
            yield self.make_pack(batch)

    def make_pack(self, sentences: Sequence[Sequence[str]]) -> Pack:
        """Sentences, some of which may be empty, as one array."""
        numbers: dict[str, int] = {}
        index = [0]
        blanks = [0]
        for sentence in sentences:
            index += [numbers.setdefault(word, len(numbers) + 1) for word in sentence]
            blanks.append(len(index))
            index.append(0)
        ids = np.array([self.lookup(form) for form in numbers], dtype=np.intp).reshape(-1, 2)
        shapes = np.concatenate(([0], ids[:, 1]))
        return Pack(self.embed(ids[:, 0]), shapes, np.array(index), np.array(blanks))

    def embed(self, words: Indices) -> Floats:
        """Vectors (1 + words, 300); the first, the blank's, is zero."""
        parts = self.choices.shape[1]
        chosen = self.choices[words] + np.arange(parts) * (len(self.codes) // parts)
        vectors = np.zeros((len(words) + 1, parts * self.codes.shape[1]), dtype=np.float32)
        vectors[1:] = self.codes.take(chosen, axis=0).reshape(len(words), vectors.shape[1])
        return vectors


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three rows, ReLU and batch normalisation; ``weight`` (3, inputs, outputs)."""

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    def apply(self, products: Floats, blanks: Indices) -> Floats:
        """The next rows (rows, outputs) from the products (3, rows, outputs) of rows and weight; overwrites these."""
        before, after = products[0], products[2]
        output: Floats = products[1]
        output[1:] += before[:-1]
        output[:-1] += after[1:]
        output += self.bias
        np.maximum(output, 0, out=output)
        output *= self.scale
        output += self.shift
        output[blanks] = 0
        return output


@dataclass(frozen=True, slots=True)
class Encoder:
    """What slovnet's models have in common: vectors of shapes and three layers."""

    shapes: Floats
    layers: tuple[Layer, ...]

    def encode(self, pack: Pack) -> Floats:
        """Rows (rows, 64) of a pack; the blank ones are zero."""
        first, *others = self.layers
        vectors = np.concatenate((pack.vectors, self.shapes[pack.shapes]), axis=1)
        rows = first.apply(np.matmul(vectors, first.weight).take(pack.index, axis=1), pack.blanks)
        for layer in others:
            rows = layer.apply(np.matmul(rows, layer.weight), pack.blanks)
        return rows


def make_encoder(model: Any) -> Encoder:
    """The encoder of one of slovnet's models."""
    return Encoder(model.emb.shape.weight.array, tuple(make_layer(layer) for layer in model.encoder.layers))


def make_layer(layer: Any) -> Layer:
    """slovnet's layer: its kernel (outputs, inputs, 3) as three matrices, its normalisation as product and sum."""
    norm = layer.norm
    scale = norm.weight.array / norm.std.array
    weight = np.ascontiguousarray(layer.conv.weight.array.transpose(2, 1, 0))
    return Layer(weight, layer.conv.bias.array, scale, norm.bias.array - norm.mean.array * scale)

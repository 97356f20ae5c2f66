"""Examples for the linear models, and tables of them that the solvers take."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.train.linear import expand_features
from kg.train.settings import RARE
from kg.train.solvers import csr_matrix

Features = tuple[str, ...]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn: the features of each option and whether it is right. A yes-or-no example has one option.

    ``kind``: features count by themselves and, as "Kind|feature", for a kind of event or document; "" is none.
    """

    model: str
    kind: str
    options: tuple[Features, ...]
    labels: tuple[bool, ...]


@dataclass(frozen=True)
class Table:
    """The options of one model's examples as rows; ``article`` and ``group`` (the example) are numbers that rise."""

    names: tuple[str, ...]
    matrix: Any  # csr_matrix of ones, a column a name
    labels: NDArray[np.bool_]
    article: Integers
    group: Integers

    def select(self, articles: Collection[int]) -> Table:
        """The rows of some articles, with the features that are not rare in them."""
        rows = np.flatnonzero(np.isin(self.article, sorted(articles)))
        matrix = self.matrix[rows]
        kept = np.flatnonzero(np.bincount(matrix.indices, minlength=len(self.names)) >= RARE)
        names = tuple(self.names[i] for i in kept)
        return Table(names, matrix[:, kept].tocsr(), self.labels[rows], self.article[rows], self.group[rows])


def make_example(model: str, kind: str, features: Iterable[str], label: bool) -> Example:
    """A yes-or-no example."""
    return Example(model, kind, (pack_features(features),), (label,))


def pack_features(features: Iterable[str]) -> Features:
    """Each feature once, in order; equal strings of many examples share their memory."""
    return tuple(map(sys.intern, sorted(set(features))))


def make_tables(articles: Sequence[Iterable[Example]]) -> dict[str, Table]:
    """The tables by model of the examples of each article."""
    sorted_out: dict[str, list[tuple[int, Example]]] = defaultdict(list)
    for number, examples in enumerate(articles):
        for example in examples:
            sorted_out[example.model].append((number, example))
    return {model: make_table(placed) for model, placed in sorted(sorted_out.items())}


def make_table(placed: Sequence[tuple[int, Example]]) -> Table:
    """The table of one model's examples, each with the number of its article."""
    names = list_names(example for _, example in placed)
    columns = {name: column for column, name in enumerate(names)}
    rows = [find_columns(example.kind, option, columns) for _, example in placed for option in example.options]
    sizes = [len(example.options) for _, example in placed]
    return Table(
        names=names,
        matrix=make_matrix(rows, len(names)),
        labels=np.array([label for _, example in placed for label in example.labels], dtype=bool),
        article=np.repeat([number for number, _ in placed], sizes),
        group=np.repeat(np.arange(len(placed)), sizes),
    )


def list_names(examples: Iterable[Example]) -> tuple[str, ...]:
    """All features, by themselves and by kind, sorted."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        by_kind[example.kind].update(*example.options)
    plain = set().union(*by_kind.values())
    return tuple(sorted(plain.union(f"{kind}|{name}" for kind, names in by_kind.items() if kind for name in names)))


def find_columns(kind: str, features: Features, columns: dict[str, int]) -> list[int]:
    """The columns of an option, in order."""
    return sorted({columns[name] for name in expand_features(features, kind)})


def make_matrix(rows: Sequence[Sequence[int]], width: int) -> Any:
    """A matrix with a one in each column of each row."""
    ends = np.cumsum([0, *map(len, rows)])
    indices = np.fromiter((column for row in rows for column in row), dtype=np.int32, count=int(ends[-1]))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), width))

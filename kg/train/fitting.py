"""Tables to linear models: logistic regression, and conditional logit where one of several options is right."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from kg.train.examples import Table
from kg.train.linear import LinearModel
from kg.train.settings import CHOICES, DIGITS, ROUNDS, find_strength
from kg.train.solvers import LogisticRegression, minimize, threadpool_limits

WORKERS = 2  # models fitted side by side: the solvers leave Python's lock, and no fit sees another

Models = dict[str, LinearModel]
Floats = NDArray[np.float64]


def fit_models(tables: Mapping[str, Table], names: Iterable[str], articles: Collection[int]) -> Models:
    """The models of ``names`` on the examples of some articles; a model without examples has no weights.

    One thread a fit: sums in another order would round to other weights.
    """
    wanted = sorted(names)
    with threadpool_limits(1), ThreadPoolExecutor(WORKERS) as pool:
        fitted = pool.map(lambda name: fit_model(name, tables.get(name), articles), wanted)
        return dict(zip(wanted, fitted, strict=True))


def fit_model(name: str, table: Table | None, articles: Collection[int]) -> LinearModel:
    """One model on the examples of some articles."""
    chosen = table.select(articles) if table is not None else None
    if chosen is None or not chosen.names or chosen.labels.all() or not chosen.labels.any():
        return make_constant(name, chosen)
    return (fit_choice if name in CHOICES else fit_logistic)(chosen, find_strength(name))


def make_constant(name: str, table: Table | None) -> LinearModel:
    """What is left where examples do not differ: how often the answer is yes, with some doubt; without any, rarely."""
    if name in CHOICES:
        return LinearModel(0.0, {})
    right, total = (int(table.labels.sum()), len(table.labels)) if table is not None else (0, 0)
    share = (right + 0.5) / (total + 2)
    return LinearModel(round(math.log(share / (1 - share)), DIGITS), {})


def fit_logistic(table: Table, strength: float) -> LinearModel:
    """A logistic regression with an L2 penalty."""
    model = LogisticRegression(C=strength, max_iter=ROUNDS, solver="liblinear")
    model.fit(table.matrix, table.labels)
    return make_model(float(model.intercept_[0]), table.names, model.coef_[0])


def fit_choice(table: Table, strength: float) -> LinearModel:
    """A conditional logit: the options of an example share one unit of probability, right ones should have it all."""
    loss = ChoiceLoss(table, strength)
    start = np.zeros(len(table.names))
    found = minimize(loss.compute, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return make_model(0.0, table.names, found.x)


class ChoiceLoss:
    """The loss of a conditional logit with its gradient."""

    def __init__(self, table: Table, strength: float) -> None:
        self.matrix = table.matrix
        self.transposed = table.matrix.T.tocsr()
        self.right = table.labels.astype(float)
        self.starts = np.flatnonzero(np.diff(table.group, prepend=-1))
        self.group = np.cumsum(np.diff(table.group, prepend=-1) > 0) - 1
        self.strength = strength

    def compute(self, weights: Floats) -> tuple[float, Floats]:
        """Loss and gradient at ``weights``."""
        scores = self.matrix @ weights
        sizes = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.group])
        whole = np.add.reduceat(sizes, self.starts)
        right = np.add.reduceat(sizes * self.right, self.starts)
        gradient = self.transposed @ (sizes / whole[self.group] - sizes * self.right / right[self.group])
        penalty = float(weights @ weights) / (2 * self.strength)
        return penalty - float(np.log(right / whole).sum()), gradient + weights / self.strength


def make_model(bias: float, names: Iterable[str], weights: Floats) -> LinearModel:
    """The model with rounded weights."""
    rounded = ((name, round(float(weight), DIGITS)) for name, weight in zip(names, weights, strict=True))
    return LinearModel(round(bias, DIGITS), {name: weight for name, weight in rounded if weight})

"""Logistic models over string features: small, readable, the same weights from the same data."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError

FORMAT = 1


@dataclass(frozen=True)
class LinearModel:
    """A logistic regression: weights by feature, features it does not know weigh nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """The log odds of the features."""
        get = self.weights.get
        return self.bias + sum(get(feature, 0.0) for feature in set(features))

    def probability(self, features: Iterable[str]) -> float:
        """The probability of the features, 0 to 1."""
        return sigmoid(self.score(features))


def sigmoid(x: float) -> float:
    """The logistic function, safe for large values."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def dump_models(models: Mapping[str, LinearModel], path: Path) -> None:
    """Write models as gzipped JSON; the same models give the same bytes."""
    table = {
        "format": FORMAT,
        "models": {name: {"bias": m.bias, "weights": dict(sorted(m.weights.items()))} for name, m in sorted(models.items())},
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def load_models(path: Path) -> dict[str, LinearModel]:
    """Read what dump_models wrote. Raises DataError where the file is missing or broken."""
    try:
        table = json.loads(gzip.decompress(path.read_bytes()))
        if table["format"] != FORMAT:
            raise DataError(f"{path.name}: format {table['format']}, this version reads {FORMAT}")
        return {name: LinearModel(m["bias"], m["weights"]) for name, m in table["models"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: cannot read the models: {error}") from error

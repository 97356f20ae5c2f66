"""Logistic models over string features: small, readable, the same weights from the same data."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from kg.errors import DataError

FORMAT = 1


class Weights(dict[str, float]):
    """What features weigh for one kind; what is not there weighs what it does for every kind."""

    __slots__ = ("common",)

    def __init__(self, common: Mapping[str, float]) -> None:
        super().__init__()
        self.common = common

    def __missing__(self, feature: str) -> float:
        return self.common.get(feature, 0.0)


@dataclass(frozen=True)
class LinearModel:
    """A logistic regression: weights by feature, features it does not know weigh nothing.

    A feature weighs by itself and, as "Kind|feature", for one kind of event: so the features of a kind are
    never spelled out.
    """

    bias: float
    weights: Mapping[str, float]

    @cached_property
    def by_kind(self) -> dict[str, Weights]:
        """What features weigh for a kind in all, by kind; those that have nothing of their own there are looked up."""
        table: dict[str, Weights] = {}
        for feature, weight in self.weights.items():
            kind, _, rest = feature.partition("|")
            if rest and kind.isalpha():
                own = table.setdefault(kind, Weights(self.weights))
                own[rest] = weight + self.weights.get(rest, 0.0)
        return table

    def score(self, features: Collection[str], kind: str = "") -> float:
        """The log odds of the features, of which none may stand twice, for a kind of event."""
        return self.bias + self.weigh(features, kind)

    def weigh(self, features: Collection[str], kind: str = "") -> float:
        """What some of the features add to the log odds."""
        special = self.by_kind.get(kind)
        if special is not None:
            return sum(map(special.__getitem__, features))
        return sum(filter(None, map(self.weights.get, features)))

    def probability(self, features: Collection[str], kind: str = "") -> float:
        """The probability of the features, 0 to 1."""
        return sigmoid(self.score(features, kind))


def expand_features(features: Iterable[str], kind: str) -> list[str]:
    """The features with those of the kind spelled out, as the models are trained on."""
    return [*features, *(f"{kind}|{feature}" for feature in features)] if kind else list(features)


def sigmoid(x: float) -> float:
    """The logistic function, safe for large values."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def dump_models(models: Mapping[str, LinearModel], path: Path) -> None:
    """Write models as gzipped JSON; the same models give the same bytes. Raises DataError if it cannot."""
    values = {name: {"bias": m.bias, "weights": dict(sorted(m.weights.items()))} for name, m in sorted(models.items())}
    text = json.dumps({"format": FORMAT, "models": values}, ensure_ascii=False, separators=(",", ":"))
    draft = path.with_name(f".{path.name}.new")  # models that are in use are replaced whole or not at all
    try:
        draft.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        draft.replace(path)
    except OSError as error:
        raise DataError(f"{path}: cannot write the models: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What stands in a file of models."""

    format: int
    models: dict[str, LinearModel]


DECODER = msgspec.json.Decoder(ModelFile)


def load_models(path: Path) -> dict[str, LinearModel]:
    """Read what dump_models wrote. Raises DataError where the file is missing or broken."""
    try:
        file = DECODER.decode(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(f"{path.name}: cannot read the models: {error}") from error
    if file.format != FORMAT:
        raise DataError(f"{path.name}: format {file.format}, this version reads {FORMAT}")
    return file.models

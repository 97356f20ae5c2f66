"""Models on disk: what was written is read back, and what is broken is told."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.train.linear import LinearModel, dump_models, expand_features, load_models, sigmoid

MODELS = {"cue": LinearModel(-0.5, {"l=визит": 1.5, "Visit|l=визит": 0.25}), "same": LinearModel(0.0, {})}


def test_models_read_back_as_written(tmp_path: Path) -> None:
    dump_models(MODELS, tmp_path / "models.json.gz")
    assert load_models(tmp_path / "models.json.gz") == MODELS
    assert [path.name for path in tmp_path.iterdir()] == ["models.json.gz"]


def test_order_of_weights_does_not_change_the_bytes(tmp_path: Path) -> None:
    turned = {n: LinearModel(m.bias, dict(reversed(m.weights.items()))) for n, m in reversed(MODELS.items())}
    dump_models(MODELS, tmp_path / "one.gz")
    dump_models(turned, tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b"cut short")[:-10],
        gzip.compress(b"damaged" * 9)[:10] + b"\xff" * 20,
        gzip.compress(b"no JSON"),
        gzip.compress(b"[]"),
        gzip.compress(json.dumps({"format": 0, "models": {}}).encode()),
        gzip.compress(json.dumps({"format": 1, "models": {"cue": {"bias": 0}}}).encode()),
    ],
    ids=["empty", "no gzip", "cut short", "damaged", "no JSON", "a list", "another format", "no weights"],
)
def test_broken_files_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "models.json.gz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"models\.json\.gz"):
        load_models(path)


def test_missing_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot write"):
        dump_models(MODELS, tmp_path / "none" / "models.json.gz")
    with pytest.raises(DataError, match="cannot read"):
        load_models(tmp_path / "none" / "models.json.gz")


def test_features_weigh_by_themselves_and_by_kind() -> None:
    model = MODELS["cue"]
    assert model.score(["l=визит", "unknown"]) == 1.0
    assert model.score(["l=визит"], "Visit") == 1.25
    assert model.score(["l=визит"], "Talks") == 1.0


@given(
    weights=st.dictionaries(st.sampled_from(["a=1", "b=2", "Visit|a=1", "Talks|b=2"]), st.floats(-5, 5)),
    features=st.sets(st.sampled_from(["a=1", "b=2", "c=3"])),
    kind=st.sampled_from(["Visit", "Talks", "Aid"]),
)
def test_scores_are_those_of_the_features_spelled_out(weights: dict[str, float], features: set[str], kind: str) -> None:
    model = LinearModel(0.5, weights)
    spelled = 0.5 + sum(weights.get(feature, 0.0) for feature in expand_features(sorted(features), kind))
    assert model.score(sorted(features), kind) == pytest.approx(spelled)


@given(st.floats(-1e6, 1e6))
def test_probabilities_are_shares(x: float) -> None:
    assert 0 <= sigmoid(x) <= 1
    assert math.isclose(sigmoid(x) + sigmoid(-x), 1)

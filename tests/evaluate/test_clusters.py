"""B-cubed on groups small enough to reckon by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate.clusters import score_groups

GROUPS = st.dictionaries(st.integers(0, 20), st.sampled_from("abcd"), max_size=20)


@pytest.mark.parametrize(
    ("ours", "gold", "precision", "recall"),
    [
        ({}, {}, 1, 1),
        ({1: "x", 2: "x"}, {1: "a", 2: "a"}, 1, 1),
        ({1: "x", 2: "y"}, {1: "a", 2: "a"}, 1, 1 / 2),
        ({1: "x", 2: "x"}, {1: "a", 2: "b"}, 1 / 2, 1),
        ({1: "x", 2: "x", 3: "x", 4: "y"}, {1: "a", 2: "a", 3: "b", 4: "b"}, 2 / 3, 3 / 4),
        ({1: "x", 2: "x", 9: "x"}, {1: "a", 2: "a", 8: "a"}, 1, 1),  # 8 and 9 are known to one side only
    ],
)
def test_by_hand(ours: dict[int, str], gold: dict[int, str], precision: float, recall: float) -> None:
    score = score_groups(ours, gold)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))
    assert score.f1 == pytest.approx(2 * precision * recall / (precision + recall))


@given(GROUPS, GROUPS)
def test_sides_mirror_each_other(ours: dict[int, str], gold: dict[int, str]) -> None:
    one, other = score_groups(ours, gold), score_groups(gold, ours)
    assert one.precision == pytest.approx(other.recall)
    assert one.recall == pytest.approx(other.precision)
    assert score_groups(gold, gold).f1 == pytest.approx(1)

"""Dependency trees: single-rooted whatever the scores, and the best there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from kg.text.tree import Scores, find_heads, is_tree

FINITE = st.floats(-50, 50, width=32)


def matrices(largest: int) -> st.SearchStrategy[Scores]:
    return st.integers(1, largest).flatmap(lambda n: npst.arrays(np.float64, (n, n + 1), elements=FINITE))


def total(scores: Scores, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def best_total(scores: Scores) -> float:
    """By trying every tree."""
    n = len(scores)
    return max(total(scores, h) for h in product(range(n + 1), repeat=n) if is_tree(np.array(h)))


@given(matrices(40))
def test_any_scores_give_a_tree_with_one_root(scores: Scores) -> None:
    heads = find_heads(scores)
    assert heads.shape == (len(scores),)
    assert is_tree(heads)
    assert not any(head == i + 1 for i, head in enumerate(heads))


@given(matrices(5))
def test_no_tree_is_better(scores: Scores) -> None:
    assert total(scores, tuple(find_heads(scores))) == pytest.approx(best_total(scores), abs=1e-6)


def test_scores_are_left_as_they_were() -> None:
    scores = np.zeros((4, 5))
    find_heads(scores)
    assert not scores.any()


def test_greedy_heads_stand_where_they_are_a_tree() -> None:
    scores = np.array([[0.0, 0, 9, 0], [9, 0, 0, 0], [0, 0, 9, 0]])
    assert find_heads(scores).tolist() == [2, 0, 2]


def test_cycle_is_broken_where_it_costs_least() -> None:
    # 1 and 2 point at each other; to hang 2 under the root loses less than to hang 1 there
    scores = np.array([[1.0, 0, 9], [4, 9, 0]])
    assert find_heads(scores).tolist() == [2, 0]


def test_second_root_is_hung_below_the_first() -> None:
    scores = np.array([[9.0, 0, 1], [8, 7, 0]])
    assert find_heads(scores).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [([0], True), ([0, 1, 2], True), ([2, 1], False), ([0, 0], False), ([0, 3, 2], False), ([1], False)],
)
def test_what_a_tree_is(heads: list[int], expected: bool) -> None:
    assert is_tree(np.array(heads)) is expected

"""Dependency trees from a matrix of head scores: the best tree that has a single root."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
Heads = NDArray[np.intp]


def find_heads(scores: Scores) -> Heads:
    """Heads of n words from scores (n, n + 1): column 0 is the root, column j is word j - 1.

    The plain argmax where it is a tree with one root; else the maximum spanning arborescence
    (Chu and Liu 1965, Edmonds 1967) with a single edge from the root.
    """
    greedy: Heads = scores.argmax(-1)
    if is_tree(greedy):
        return greedy
    size = len(scores)
    full = np.full((size + 1, size + 1), -np.inf)
    full[1:, :] = scores
    np.fill_diagonal(full, -np.inf)
    # so dear that no tree takes a second edge from the root
    full[1:, 0] -= np.ptp(scores) * size + 1
    return find_arborescence(full)[1:]


def is_tree(heads: Heads) -> bool:
    """One root and every word below it."""
    if (heads == 0).sum() != 1:
        return False
    reached = heads == 0
    while True:
        grown = reached | np.where(heads > 0, reached[heads - 1], False)
        if (grown == reached).all():
            return bool(reached.all())
        reached = grown


def find_arborescence(scores: Scores) -> Heads:
    """The best head of every node of a dense graph; node 0 is the root and keeps head 0."""
    heads: Heads = scores.argmax(-1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([node for node in range(len(heads)) if node not in cycle])
    contracted, enter, leave = contract(scores, heads, inside, outside)
    solved = find_arborescence(contracted)
    return expand(solved, heads, inside, outside, enter, leave)


def find_cycle(heads: Heads) -> set[int]:
    """The nodes of one cycle, or none."""
    state = np.zeros(len(heads), dtype=int)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return set(path[path.index(node) :])
        state[path] = 2
    return set()


def contract(scores: Scores, heads: Heads, inside: Heads, outside: Heads) -> tuple[Scores, Heads, Heads]:
    """The graph with the cycle as one last node; which cycle node is entered, and which is left, by each other."""
    own = scores[inside, heads[inside]]
    into = scores[np.ix_(inside, outside)] - own[:, None]
    out = scores[np.ix_(outside, inside)]
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = into.max(0)
    small[:size, size] = out.max(1)
    return small, into.argmax(0), out.argmax(1)


def expand(solved: Heads, heads: Heads, inside: Heads, outside: Heads, enter: Heads, leave: Heads) -> Heads:
    """The contracted solution in terms of the nodes before."""
    size = len(outside)
    result = heads.copy()
    for index, node in enumerate(outside):
        head = solved[index]
        result[node] = inside[leave[index]] if head == size else outside[head]
    result[0] = 0
    head = solved[size]
    result[inside[enter[head]]] = outside[head]
    return result

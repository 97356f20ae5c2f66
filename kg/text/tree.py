"""Dependency trees from a matrix of head scores: the best tree that has a single root."""

from __future__ import annotations

from collections.abc import Sequence
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
    roots = full[1:, 0].copy()
    # the same change to all edges from the root favours no single-root tree over another; the last forbids all others
    for change in (find_change(full), -np.ptp(scores) * size - 1):
        full[1:, 0] = roots + change
        heads = find_arborescence(full)[1:]
        if (heads == 0).sum() == 1:
            break
    return heads


def find_change(full: Scores) -> float:
    """What to add to the edges from the root so that just one word likes the root best: mostly that makes a tree."""
    if len(full) == 2:
        return 0.0
    lead = full[1:, 0] - full[1:, 1:].max(-1)
    second, first = np.partition(lead, -2)[-2:]
    return -float(first + second) / 2


def is_tree(heads: Heads) -> bool:
    """One root and every word below it."""
    links = [0, *heads.tolist()]
    return links[1:].count(0) == 1 and not find_cycle(links)


def find_arborescence(scores: Scores) -> Heads:
    """The best head of every node of a dense graph; node 0 is the root and keeps head 0."""
    heads: Heads = scores.argmax(-1)
    heads[0] = 0
    cycle = find_cycle(heads.tolist())
    if not cycle:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([node for node in range(len(heads)) if node not in cycle])
    contracted, enter, leave = contract(scores, heads, inside, outside)
    solved = find_arborescence(contracted)
    return expand(solved, heads, inside, outside, enter, leave)


def find_cycle(heads: Sequence[int]) -> set[int]:
    """The nodes of one cycle, or none; node 0 is the root."""
    seen = [0] * len(heads)  # from which node this one was reached first
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            return list_cycle(heads, node)
    return set()


def list_cycle(heads: Sequence[int], node: int) -> set[int]:
    """The nodes of the cycle that a node stands in."""
    cycle = {node}
    while heads[node] not in cycle:
        node = heads[node]
        cycle.add(node)
    return cycle


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

"""The likeliest tags of sentences under a linear-chain CRF (Viterbi), all sentences of a pack at once."""

from __future__ import annotations

import numpy as np

from kg.text.network import Floats, Indices


def find_tags(emissions: Floats, transitions: Floats, blanks: Indices) -> Indices:
    """A tag for each row of a pack, 0 for blank ones; ``emissions`` (rows, tags), ``transitions`` (from, to)."""
    order = np.argsort(blanks[:-1] - blanks[1:], kind="stable")  # longest first: those that go on are the first ones
    starts = blanks[:-1][order] + 1
    sizes = np.diff(blanks)[order] - 1
    starts = starts[sizes > 0]
    tags = np.zeros(len(emissions), dtype=np.intp)
    scores = emissions[starts]
    history: list[Indices] = []
    for step in range(1, int(sizes.max(initial=0))):
        going = int((sizes > step).sum())
        paths = scores[:going, :, None] + transitions
        history.append(paths.argmax(1))
        scores[:going] = paths.max(1) + emissions[starts[:going] + step]
    best = scores.argmax(1)
    for step in range(len(history), 0, -1):
        last = history[step - 1]
        active = np.arange(len(last))
        tags[starts[active] + step] = best[active]
        best[active] = last[active, best[active]]
    tags[starts] = best
    return tags

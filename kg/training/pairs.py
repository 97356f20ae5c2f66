"""Examples of mentions that tell of one event: pairs of first readings of a type."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.text.context import Context
from kg.text.draft import Draft
from kg.text.merging import pair_features
from kg.train.examples import Example, make_example
from kg.training.alignment import Alignment

PAIR_MODELS = ("same",)


def list_pairs(alignment: Alignment, context: Context) -> Iterator[Example]:
    """Whether two drafts tell of the same annotated event, where that can be said."""
    scene = alignment.case.scene
    placed = [(draft, find_homes(alignment, draft)) for draft in context.drafts]
    for (first, here), (second, there) in combinations(placed, 2):
        if first.type == second.type and here and there and 1 in (len(here), len(there)):
            yield make_example("same", first.type, pair_features(first, second, scene), bool(here & there))


def find_homes(alignment: Alignment, draft: Draft) -> frozenset[int]:
    """The annotated events, by number, that a draft may tell of: those that cover it, else the one it can only mean."""
    covering = frozenset(alignment.find_numbers(draft.cue, draft.type))
    others = covering or frozenset(alignment.find_mentioned(draft.cue, draft.type))
    return others if covering or len(others) == 1 else frozenset()

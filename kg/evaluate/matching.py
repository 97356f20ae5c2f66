"""Which things are the same, and which event of one side is which of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kg.evaluate.facts import DocumentFact, EventFact, Facts, PositionFact, Thing, fold_name

Fact = TypeVar("Fact")
Pair = tuple[int, int]

NEAR_WEIGHT = 0.5  # quotes that overlap tell one of two like events from the other
DATE_WEIGHT = 0.25
PLACE_WEIGHT = 0.25


def same_thing(one: Thing, other: Thing) -> bool:
    """Do both mean the same? Countries by code, persons also by surname and initial, all else by a common name."""
    if "Country" in (one.kind, other.kind):
        return one.kind == other.kind and bool(one.iso2) and one.iso2 == other.iso2
    if "Person" in (one.kind, other.kind) and one.kind != other.kind:
        return False
    if one.names & other.names:
        return True
    return one.kind == "Person" and bool(one.initials & other.initials)


def count_common(ours: Sequence[Thing], gold: Sequence[Thing]) -> int:
    """How many of ours have a partner in gold, each used once."""
    left = list(gold)
    for thing in ours:
        partner = next((other for other in left if same_thing(thing, other)), None)
        if partner is not None:
            left.remove(partner)
    return len(gold) - len(left)


def match_events(
    ours: Sequence[EventFact], gold: Sequence[EventFact], content: str, key: Callable[[EventFact], str]
) -> list[Pair]:
    """One-to-one pairs of indices with an equal ``key`` and a common actor, the likest first."""
    ranked = sorted(rank_pairs(ours, gold, content, key), key=lambda scored: (-scored[0], scored[1]))
    pairs: list[Pair] = []
    used_ours, used_gold = set(), set()
    for _, (i, j) in ranked:
        if i not in used_ours and j not in used_gold:
            used_ours.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return pairs


def rank_pairs(
    ours: Sequence[EventFact], gold: Sequence[EventFact], content: str, key: Callable[[EventFact], str]
) -> Iterator[tuple[float, Pair]]:
    """All pairs that could match, with how like they are."""
    for i, one in enumerate(ours):
        for j, other in enumerate(gold):
            common = count_common(one.actors, other.actors) if key(one) == key(other) else 0
            if common:
                yield compare_events(one, other, common, content), (i, j)


def compare_events(one: EventFact, gold: EventFact, common: int, content: str) -> float:
    """How like two events are that share ``common`` actors."""
    return (
        common / (len(one.actors) + len(gold.actors) - common)
        + NEAR_WEIGHT * overlaps(one.evidence, gold.evidence[0], content)
        + DATE_WEIGHT * (one.date == gold.date)
        + PLACE_WEIGHT * bool(count_common(one.places, gold.places))
    )


def overlaps(quotes: Sequence[str], gold: str, content: str) -> bool:
    """Does a quote overlap the gold evidence in the text?"""
    start = content.find(gold)
    end = start + len(gold)
    places = ((content.find(quote), len(quote)) for quote in quotes if quote)
    return any(at >= 0 and at < end and start < at + length for at, length in places)


def same_document(ours: DocumentFact, gold: DocumentFact) -> bool:
    """The same kind, and a common party or two thirds of the label's words."""
    words = set(fold_name(gold.label).split())
    shared = words & set(fold_name(ours.label).split())
    return ours.kind == gold.kind and (
        bool(count_common(ours.parties, gold.parties)) or len(shared) * 3 >= 2 * len(words)
    )


def same_position(ours: PositionFact, gold: PositionFact) -> bool:
    """The same person and the same country or organisation."""
    return same_thing(ours.person, gold.person) and same_thing(ours.of, gold.of)


def pair_facts(
    ours: Sequence[Fact], gold: Sequence[Fact], same: Callable[[Fact, Fact], bool]
) -> Iterator[tuple[Fact, Fact]]:
    """For each gold fact the first of ours that is the same and not taken."""
    left = list(ours)
    for fact in gold:
        hit = next((other for other in left if same(other, fact)), None)
        if hit is not None:
            left.remove(hit)
            yield hit, fact


def is_quoted(event: EventFact, facts: Facts) -> bool:
    """Has the event evidence, all of which stands in the text to the letter?"""
    return bool(event.evidence) and all(quote in facts.content for quote in event.evidence)

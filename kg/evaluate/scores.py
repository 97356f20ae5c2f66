"""The figures: micro-averaged over all articles.

events        one-to-one matches of the same type that share an actor; Statement is left out
events~       the same, with types that are easily confused taken as one
whole         events whose type, actors, date and status are all right
statements    one-to-one matches of Statement by speaker
participants, countries, target, places   (event, role, thing) triples of all events, matched or not
triples       all of those together: the headline
documents     same kind, and a common party or two thirds of the label
positions     (person, country or organisation)
Shares: date, status and rank right among matched events whose gold has one; evidence that stands in the text.
False alarms: events an article that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.counts import Measure, Tally, count_measure, rank_types
from kg.evaluate.facts import ROLES, EventFact, Facts
from kg.evaluate.matching import (
    Pair,
    count_common,
    is_quoted,
    match_events,
    pair_facts,
    same_document,
    same_position,
)

MEASURES = ("triples", "events", "events~", "whole", "statements", *ROLES, "documents", "positions")
SHARES = ("date", "status", "rank", "document status")
STATEMENT = "Statement"
LIFTABLE = "Sanctions"  # its status says imposed or lifted rather than when: too doubtful to count
GROUPS = {
    "Talks": "Contact",
    "Meeting": "Contact",
    "Ceremony": "Protocol",
    "Reception": "Protocol",
    "Signing": "Agreement",
    "Accord": "Agreement",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The events of one article (without statements), told apart by how they fared."""

    id: str
    found: tuple[EventFact, ...]
    missed: tuple[EventFact, ...]
    extra: tuple[EventFact, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a run. ``false_alarms`` and ``evidence`` are None where there was nothing to count."""

    measures: tuple[Measure, ...]
    shares: tuple[tuple[str, float], ...]
    types: tuple[Measure, ...]
    false_alarms: float | None
    evidence: float | None
    articles: int
    missing: int
    comparisons: tuple[Comparison, ...]

    def find(self, name: str) -> Measure | None:
        """The measure of that name."""
        return next((measure for measure in self.measures if measure.name == name), None)


def score_articles(gold: Iterable[Facts], ours: Mapping[str, Facts]) -> Scores:
    """The figures of ``ours`` (by article id) against all of ``gold``; an article that is missing has no events."""
    tally = Tally()
    comparisons = tuple(add_article(tally, facts, ours.get(facts.id)) for facts in gold)
    return Scores(
        measures=tuple(count_measure(name, tally.measures[name], 3) for name in MEASURES),
        shares=tuple((name, round(tally.shares[name].precision, 3)) for name in SHARES),
        types=rank_types(tally.types),
        false_alarms=round(tally.alarms / tally.clean, 2) if tally.clean else None,
        evidence=round(tally.quoted.precision, 3) if tally.quoted.ours else None,
        articles=tally.articles,
        missing=tally.missing,
        comparisons=comparisons,
    )


def add_article(tally: Tally, gold: Facts, found: Facts | None) -> Comparison:
    """Count one article."""
    ours = found or Facts(gold.id, gold.content)
    tally.articles += 1
    tally.missing += found is None
    add_quality(tally, ours, gold)
    add_documents(tally, ours, gold)
    add_positions(tally, ours, gold)
    return add_events(tally, ours, gold)


def add_quality(tally: Tally, ours: Facts, gold: Facts) -> None:
    """Count false alarms and quotes."""
    tally.quoted.add(sum(is_quoted(event, gold) for event in ours.events), len(ours.events), len(ours.events))
    if not gold.events:
        tally.clean += 1
        tally.alarms += len(ours.events)


def add_events(tally: Tally, ours: Facts, gold: Facts) -> Comparison:
    """Match the events of both sides and count all that depends on it."""
    events, gold_events = select_events(ours), select_events(gold)
    said, gold_said = select_statements(ours), select_statements(gold)
    pairs = match_events(events, gold_events, gold.content, get_type)
    loose = match_events(events, gold_events, gold.content, get_group)
    spoken = match_events(said, gold_said, gold.content, get_type)
    right = sum(is_right(events[i], gold_events[j]) for i, j in pairs)
    for name, number in (("events", len(pairs)), ("events~", len(loose)), ("whole", right)):
        tally.measures[name].add(number, len(events), len(gold_events))
    tally.measures["statements"].add(len(spoken), len(said), len(gold_said))
    add_types(tally, events, gold_events, pairs)
    matched = [(events[i], gold_events[j]) for i, j in pairs]
    add_shares(tally, matched)
    add_triples(tally, ours, gold, matched + [(said[i], gold_said[j]) for i, j in spoken])
    return compare_sides(gold.id, events, gold_events, pairs)


def add_types(tally: Tally, ours: list[EventFact], gold: list[EventFact], pairs: list[Pair]) -> None:
    """Count the events by type."""
    for i, _ in pairs:
        tally.types[ours[i].type].right += 1
    for event in ours:
        tally.types[event.type].ours += 1
    for event in gold:
        tally.types[event.type].gold += 1


def add_shares(tally: Tally, matched: list[tuple[EventFact, EventFact]]) -> None:
    """Count date, status and rank of the matched events whose gold has one."""
    for event, gold in matched:
        for name in ("date", "status", "rank"):
            expected = getattr(gold, name)
            if expected and not (name == "status" and gold.type == LIFTABLE):
                tally.shares[name].add(getattr(event, name) == expected, 1, 1)


def add_triples(tally: Tally, ours: Facts, gold: Facts, matched: list[tuple[EventFact, EventFact]]) -> None:
    """Count the triples of each role, of matched and unmatched events alike."""
    for role in ROLES:
        right = sum(count_common(event.select(role), other.select(role)) for event, other in matched)
        stated = sum(len(event.select(role)) for event in ours.events)
        annotated = sum(len(event.select(role)) for event in gold.events)
        tally.measures[role].add(right, stated, annotated)
        tally.measures["triples"].add(right, stated, annotated)


def add_documents(tally: Tally, ours: Facts, gold: Facts) -> None:
    """Count the documents, and the status of those found."""
    pairs = list(pair_facts(ours.documents, gold.documents, same_document))
    tally.measures["documents"].add(len(pairs), len(ours.documents), len(gold.documents))
    for document, annotated in pairs:
        tally.shares["document status"].add(document.status == annotated.status, 1, 1)


def add_positions(tally: Tally, ours: Facts, gold: Facts) -> None:
    """Count the positions."""
    right = sum(1 for _ in pair_facts(ours.positions, gold.positions, same_position))
    tally.measures["positions"].add(right, len(ours.positions), len(gold.positions))


def compare_sides(id: str, ours: list[EventFact], gold: list[EventFact], pairs: list[Pair]) -> Comparison:
    """What was found, missed and added."""
    hits, found = {i for i, _ in pairs}, {j for _, j in pairs}
    return Comparison(
        id=id,
        found=tuple(event for j, event in enumerate(gold) if j in found),
        missed=tuple(event for j, event in enumerate(gold) if j not in found),
        extra=tuple(event for i, event in enumerate(ours) if i not in hits),
    )


def is_right(event: EventFact, gold: EventFact) -> bool:
    """Are actors, date and status all right?"""
    same_actors = count_common(event.actors, gold.actors) == len(event.actors) == len(gold.actors)
    return same_actors and event.date == gold.date and event.status == gold.status


def select_events(facts: Facts) -> list[EventFact]:
    """All events but statements."""
    return [event for event in facts.events if event.type != STATEMENT]


def select_statements(facts: Facts) -> list[EventFact]:
    """The statements."""
    return [event for event in facts.events if event.type == STATEMENT]


def get_type(event: EventFact) -> str:
    """The type: the key of a strict match."""
    return event.type


def get_group(event: EventFact) -> str:
    """The type or the group of types that it is easily confused in."""
    return GROUPS.get(event.type, event.type)

"""Records as readable tables."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.bulk.tally import Summary
from kg.cli.output import print_table, print_text
from kg.evaluate.facts import EventFact
from kg.evaluate.scores import Comparison, Scores
from kg.records import Entity, Event, Extraction

ROLE_LABELS = {"participant": "who:", "country": "for:", "host": "host:", "target": "target:", "place": "where:"}


def print_summary(summary: Summary, place: str) -> None:
    """What a build did."""
    rows = [
        ("articles stored", summary.articles),
        ("of these in the place of earlier ones", summary.replaced),
        ("as they were before", summary.unchanged),
        ("articles failed", summary.failed),
        ("of these in quarantine", summary.quarantined),
        ("duplicates left out", summary.duplicates),
        ("in other languages", summary.foreign),
        ("other files, not read", summary.other_files),
        ("events", summary.events),
        ("documents", summary.documents),
        ("entities", summary.entities),
        ("told by several articles", summary.merged),
        ("seconds", f"{summary.seconds:.1f}"),
    ]
    print_table((f"built {place}", ""), rows, numbers=1)


def print_extraction(extraction: Extraction) -> None:
    """All that was found in one article."""
    article = extraction.article
    print_text(f"{article.id} · {article.published or 'no date'} · {article.title}", style="bold")
    print_events(extraction)
    if extraction.documents:
        rows = [(d.kind, d.status, d.label, join_names(d.parties)) for d in extraction.documents]
        print_table(("document", "status", "label", "parties"), rows)
    if extraction.tenures:
        tenures = [(t.person.name, t.title, t.of.name) for t in extraction.tenures]
        print_table(("person", "office", "of"), tenures)
    print_text("")


def print_events(extraction: Extraction) -> None:
    """The events of one article, each with the sentence that says it."""
    rows = [(format_kind(event), format_roles(event), find_quote(extraction, event)) for event in extraction.events]
    if rows:
        print_table(("event", "who and where", "evidence"), rows, lines=True)
    else:
        print_text("no events")


def format_kind(event: Event) -> str:
    """Rank and type, status, date, confidence."""
    kind = f"{event.rank or ''} {event.type}".strip()
    lines = (kind, event.status, str(event.when or ""), f"confidence {event.confidence:.2f}")
    return "\n".join(filter(None, lines))


def format_roles(event: Event) -> str:
    """A line a role, where anything stands in it."""
    named = ((label, join_names(event.select(role))) for role, label in ROLE_LABELS.items())
    return "\n".join(f"{label} {names}" for label, names in named if names)


def find_quote(extraction: Extraction, event: Event) -> str | None:
    """The first quote of the evidence."""
    return extraction.article.quote(event.evidence[0]) if event.evidence else None


def join_names(entities: Iterable[Entity]) -> str:
    """The names, each once."""
    return ", ".join({entity.id: entity.name for entity in entities}.values())


def print_scores(scores: Scores) -> None:
    """The figures: measures and types in a table each, then the shares."""
    measures = [(m.name, f"{m.precision:.3f}", f"{m.recall:.3f}", f"{m.f1:.3f}", m.gold) for m in scores.measures]
    print_table(("measure", "P", "R", "F1", "of"), measures, numbers=4)
    types = [(m.name, f"{m.precision:.2f}", f"{m.recall:.2f}", f"{m.f1:.2f}", m.gold) for m in scores.types]
    print_table(("event type", "P", "R", "F1", "of"), types, numbers=4)
    shares = [
        *scores.shares,
        ("false alarms an empty article", scores.false_alarms),
        ("evidence in the text", scores.evidence),
        ("articles", scores.articles),
        ("missing articles", scores.missing),
    ]
    print_table(("share", ""), shares, numbers=1)


def format_scores(scores: Scores) -> str:
    """The figures as JSON: [precision, recall, F1] a measure, and their number as well a type."""
    value = {m.name: [m.precision, m.recall, m.f1] for m in scores.measures}
    types = {m.name: [m.precision, m.recall, m.f1, m.gold] for m in scores.types}
    rest = {
        "false alarms": scores.false_alarms,
        "evidence": scores.evidence,
        "by type": types,
        "articles": scores.articles,
        "missing articles": scores.missing,
    }
    return json.dumps(value | dict(scores.shares) | rest, ensure_ascii=False)


def print_comparisons(comparisons: Iterable[Comparison]) -> None:
    """The events of each article: found, missed and extra ones."""
    for comparison in comparisons:
        print_text(comparison.id, style="bold")
        for label, events in (
            ("ok", comparison.found),
            ("MISSED", comparison.missed),
            ("EXTRA", comparison.extra),
        ):
            for event in events:
                print_text(f"  {label:8}{format_event(event)}")


def format_event(event: EventFact) -> str:
    """An event on one line."""
    actors = ", ".join(thing.name for thing in event.actors)
    return f"{event.type:16}{event.status or '-':11}{event.date or '-':22}{actors}"

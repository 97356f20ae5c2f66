"""What ``kg extract --explain`` does: analyse and print why, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from kg.cli.output import clean_text, make_console, print_error, print_text
from kg.cli.tables import format_kind, format_roles
from kg.errors import KgError, Skipped
from kg.ingest import select_articles
from kg.records import Event
from kg.sources.reading import Read
from kg.text.explain import Explanation, Merger, Option, Reading, RoleRating, explain_article

if TYPE_CHECKING:
    from spacy.language import Language

REJECTED = "dim"
SHOWN = 6  # options of a date


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with what hangs below it."""

    text: str
    style: str = ""
    branches: tuple[Branch, ...] = ()


def print_explanations(nlp: Language, reads: Iterable[Read]) -> int:
    """Print why each article has the events it has; how many failed."""
    failed = 0
    unread: list[KgError] = []
    for article in select_articles(reads, nlp.lang or "", unread.append):
        outcome = explain_article(nlp, article)
        if isinstance(outcome, Explanation):
            print_branch(make_tree(outcome))
        else:
            failed += 1
            print_error(outcome)
    for error in unread:
        print_error(error)
    return failed + sum(not isinstance(error, Skipped) for error in unread)


def print_branch(branch: Branch) -> None:
    """A tree on a terminal; elsewhere plain lines, two blanks a level."""
    console = make_console()
    if console.is_terminal:
        console.print(make_rich(branch))
    else:
        print_plain(branch, 0)


def make_rich(branch: Branch) -> Tree:
    """A branch as rich's tree."""
    tree = Tree(Text(clean_text(branch.text), style=branch.style))
    tree.children.extend(make_rich(below) for below in branch.branches)
    return tree


def print_plain(branch: Branch, level: int) -> None:
    """A branch as indented lines."""
    print_text("  " * level + branch.text)
    for below in branch.branches:
        print_plain(below, level + 1)


def make_tree(explanation: Explanation) -> Branch:
    """An article: its sentences that have cues, then the events with what was merged into them."""
    article = explanation.article
    sentences = tuple(make_sentences(explanation))
    found = {event.key: event for event in explanation.events}
    events = Branch("events", "bold", tuple(make_merger(merger, found) for merger in explanation.mergers))
    return Branch(f"{article.id} · {article.published or 'no date'} · {article.title}", "bold", (*sentences, events))


def make_sentences(explanation: Explanation) -> Iterator[Branch]:
    """The sentences with cues, each with its readings."""
    for number, text in enumerate(explanation.sentences):
        readings = [reading for reading in explanation.readings if reading.sentence == number]
        if readings:
            yield Branch(f"sentence {number}: {text}", "", tuple(make_reading(reading) for reading in readings))


def make_reading(reading: Reading) -> Branch:
    """A cue as one type: accepted with all that was weighed, or rejected with what it lacked."""
    line = f"{reading.word} as {reading.type} {reading.probability:.2f}"
    if not reading.accepted:
        return Branch(f"{line} rejected: below {reading.threshold:.2f}", REJECTED)
    line = f"{line} accepted: {', '.join(reading.events) or 'no event'}"
    return Branch(line, "green", tuple(make_details(reading)))


def make_details(reading: Reading) -> Iterator[Branch]:
    """Roles, status and date of an accepted reading."""
    for role in dict.fromkeys(rating.role for rating in reading.roles):
        ratings = (rating for rating in reading.roles if rating.role == role)
        yield Branch(role, "", tuple(make_rating(rating) for rating in ratings))
    yield Branch("status", "", make_options(reading.statuses))
    yield Branch("date", "", make_options(reading.dates[:SHOWN]))


def make_rating(rating: RoleRating) -> Branch:
    """An entity in a role."""
    verdict = "kept" if rating.kept else "not kept"
    line = f"{rating.probability:.2f} {rating.entity.name} ({rating.entity.id}): {verdict}"
    return Branch(f"{line}, slot {rating.slot}, frame {rating.frame}", "" if rating.kept else REJECTED)


def make_options(options: Sequence[Option]) -> tuple[Branch, ...]:
    """Statuses or dates with their scores."""
    return tuple(
        Branch(
            f"{option.score:+.2f} {option.value}{' chosen' if option.chosen else ''}"
            + (f" ({option.source})" if option.source else ""),
            "" if option.chosen else REJECTED,
        )
        for option in options
    )


def make_merger(merger: Merger, events: Mapping[str, Event]) -> Branch:
    """The cues that tell of an event, and what it came to."""
    words = ", ".join(f"{word} (sentence {number})" for word, number in merger.words)
    kept = tuple(make_event(events[key], "green") for key in merger.events)
    below = kept + tuple(make_event(event, REJECTED) for event in merger.dropped)
    outcome = "" if kept else ": no event, not sure enough" if below else ": no event, for nobody takes part"
    return Branch(f"{merger.type} from {words}{outcome}", "" if kept else REJECTED, below)


def make_event(event: Event, style: str) -> Branch:
    """An event as it was found, or as it was dropped."""
    line = f"{event.key or 'dropped'}: {' '.join(format_kind(event).split())}"
    return Branch(line, style, tuple(Branch(role) for role in format_roles(event).split("\n")))

"""The comparisons as plain tables on standard output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.corpora.facts import FactComparison, GoldPost, OwnPost
from kg.corpora.linking import VERDICTS, Link, count_verdicts
from kg.records import Event


def print_rows(rows: Iterable[Sequence[object]], widths: Sequence[int]) -> None:
    """Rows in columns: the first flush left, the others right."""
    for first, *rest in rows:
        cells = [f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True)]
        print(f"{first:<{widths[0]}}" + "".join(cells))


def format_share(part: int, whole: int) -> str:
    """A share with three digits, "-" of nothing."""
    return f"{part / whole:.3f}" if whole else "-"


def print_links(links: Sequence[Link]) -> None:
    """Coverage and accuracy by kind of mention."""
    rows: list[Sequence[object]] = [("mentions", "all", "in tables", "coverage", "accuracy", *VERDICTS)]
    for kind, counts in count_verdicts(links).items():
        covered = counts["right"] + counts["wrong"] + counts["missed"]
        shares = (format_share(covered, sum(counts.values())), format_share(counts["right"], covered))
        rows.append((kind, sum(counts.values()), covered, *shares, *counts.values()))
    print_rows(rows, (13, 7, 11, 10, 10, *(9 for _ in VERDICTS)))


def print_link_errors(links: Iterable[Link]) -> None:
    """The links that are wrong, missed or false, by kind."""
    for link in sorted(links, key=lambda link: (link.verdict, link.mark.kind, link.wanted or "")):
        if link.verdict in ("wrong", "missed", "false"):
            linked = link.linked.id if link.linked is not None else "-"
            meant = link.wanted or f"{link.qid} {link.name}".strip()
            print(f"{link.verdict:7}{link.mark.kind:13}{link.mark.text!r} is {meant}, ours {linked}  [{link.document}]")


def print_facts(comparisons: Sequence[FactComparison], errors: bool) -> None:
    """Meetings in full, occupations as figures; with ``errors`` each occupation that is missed or wrong."""
    print_meetings(comparisons)
    print_posts([p for c in comparisons for p in c.posts], [p for c in comparisons for p in c.own], errors)


def print_meetings(comparisons: Sequence[FactComparison]) -> None:
    """Each meeting of the corpus, and each of ours that is none of them."""
    gold = [meeting for c in comparisons for meeting in c.meetings]
    wrong = [meeting for c in comparisons for meeting in c.wrong]
    print(f"meetings: {sum(m.found is not None for m in gold)} of {len(gold)} found")
    for meeting in gold:
        found = format_event(meeting.found) if meeting.found is not None else "not found"
        print(f"  {meeting.document}: {', '.join(meeting.names)}: {found}")
    print(f"ours that are none of them: {len(wrong)}, of these with two persons: {sum(m.paired for m in wrong)}")
    for extra in sorted(wrong, key=lambda m: not m.paired):
        print(f"  {extra.document}: {format_event(extra.event)}: {' '.join(extra.quote.split())}")


def format_event(event: Event) -> str:
    """Type, confidence and who takes part."""
    names = [entity.name for entity in event.select("participant") or event.select("country")]
    return f"{event.type} {event.confidence:.2f} ({', '.join(names)})"


def print_posts(gold: Sequence[GoldPost], own: Sequence[OwnPost], errors: bool) -> None:
    """Precision and recall of who holds office where, in all and where the tables know the place."""
    known = [post for post in gold if post.known]
    print("occupations, pairs of person and place")
    rows = [
        ("precision", *count_posts([post.right for post in own])),
        ("recall", *count_posts([post.found for post in gold])),
        ("recall, place in tables", *count_posts([post.found for post in known])),
    ]
    print_rows(rows, (26, 8, 6, 6))
    if errors:
        for post in gold:
            if not post.found:
                print(f"  missed {post.document}: {post.name}, {post.where}")
        for mine in own:
            if not mine.right:
                holding = mine.holding
                print(f"  wrong  {mine.document}: {holding.person.name}, {holding.title}, {holding.of.name}")


def count_posts(right: Sequence[bool]) -> tuple[str, int, int]:
    """The share of what is right, how many, of how many."""
    return format_share(sum(right), len(right)), sum(right), len(right)

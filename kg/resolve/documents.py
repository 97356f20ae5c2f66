"""Whether two accounts tell of the same document: kind, parties, the words of its title and when it was signed."""

from __future__ import annotations

from kg.resolve.accounts import DocumentAccount, Paper
from kg.resolve.settings import Settings
from kg.resolve.verdicts import Verdict, Weighing


def compare_documents(a: DocumentAccount, b: DocumentAccount, settings: Settings) -> Verdict:
    """The verdict on two accounts; it is the same whichever comes first."""
    weighing = Weighing(settings.document)
    if a.source.article == b.source.article:
        weighing.forbid("one article tells them apart")
    weigh_identity(weighing, a.paper, b.paper)
    if weighing.veto is None:
        weigh_titles(weighing, a.paper, b.paper, settings)
        weigh_days(weighing, a, b, settings)
    return weighing.verdict()


def weigh_identity(weighing: Weighing, one: Paper, other: Paper) -> None:
    """Kind, numbers and parties."""
    if one.kind != other.kind:
        weighing.forbid("kinds")
    if one.numbers and other.numbers and one.numbers != other.numbers:
        weighing.forbid("numbers in the title")
    shared = len(one.parties & other.parties)
    if not one.parties or not other.parties:
        return
    if not shared or (shared == 1 and min(len(one.parties), len(other.parties)) > 1):
        return weighing.forbid("parties")
    if one.parties == other.parties:
        return weighing.add("parties_equal")
    return weighing.add("parties_within" if shared == min(len(one.parties), len(other.parties)) else "parties_overlap")


def weigh_titles(weighing: Weighing, one: Paper, other: Paper, settings: Settings) -> None:
    """The words of both titles; without any the days must tell."""
    name = compare_titles(one.words, other.words, settings)
    if name is None:
        return weighing.forbid("titles")
    return weighing.add(name)


def compare_titles(one: frozenset[str], other: frozenset[str], settings: Settings) -> str | None:
    """The name of the weight that two titles earn; None for different ones."""
    if not one or not other:
        return "untitled"
    if one == other:
        return "title_equal"
    if one <= other or other <= one:
        return "title_within" if min(len(one), len(other)) > 1 else "title_within_one"
    share = len(one & other) / len(one | other)
    if share >= settings.words["alike"]:
        return "title_alike"
    return "title_near" if share >= settings.words["near"] else None


def weigh_days(weighing: Weighing, a: DocumentAccount, b: DocumentAccount, settings: Settings) -> None:
    """How far apart they are told, and whether both say when it was signed."""
    days = settings.document_days
    untitled = not a.paper.words or not b.paper.words
    one, other = a.day or a.source.day, b.day or b.source.day
    if one is None or other is None:
        return weighing.forbid("no date") if untitled else None
    apart = abs((one - other).days)
    if untitled and apart > days["untitled"]:
        return weighing.forbid("no title, other days")
    if a.status == b.status == "signed" and a.day and b.day and apart > days["signed"]:
        if apart > days["signed_twice"]:
            return weighing.forbid("signed on other days")
        weighing.add("signed_differ")
    if apart <= days["near"]:
        weighing.add("near_days")
    elif apart > days["far"]:
        weighing.add("far_days")
    return None


def compare_papers(one: Paper, other: Paper, settings: Settings) -> bool:
    """Whether two documents of events of one time may be one, by kind, numbers and title alone."""
    if one.kind != other.kind or (one.numbers and other.numbers and one.numbers != other.numbers):
        return False
    return compare_titles(one.words, other.words, settings) not in (None, "title_near")

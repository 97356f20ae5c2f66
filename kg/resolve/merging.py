"""What the accounts of one group say together: the best known of each, and where they contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kg.records import When
from kg.resolve.accounts import Account, DocumentAccount, EventAccount, Role, Source, sort_key
from kg.resolve.settings import Settings

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a conflict: a value, and the accounts that have it."""

    value: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accounts contradict each other in ``about``: "date", "status", "visitRank", "place" or "count" of something."""

    about: str
    claims: tuple[Claim, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """An event as all its accounts tell it; the first account is the earliest."""

    accounts: tuple[str, ...]
    type: str
    status: str
    roles: tuple[Role, ...]
    when: When | None
    rank: str | None
    topics: tuple[str, ...]
    confidence: float
    best: str
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A status of a document: the day for which it is first told (ISO; empty if unknown), and by whom."""

    status: str
    day: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """A document as all its accounts tell it, with the stages it went through in the order of time."""

    accounts: tuple[str, ...]
    kind: str
    status: str
    parties: tuple[str, ...]
    confidence: float
    best: str
    stages: tuple[Stage, ...]
    conflicts: tuple[Conflict, ...]


def merge_events(accounts: Iterable[EventAccount], settings: Settings) -> MergedEvent:
    """One event of its accounts."""
    ordered = sorted(accounts, key=sort_key)
    type_ = min((a.type for a in ordered), key=lambda name: (settings.specificity(name), name))
    status = choose_status(ordered, settings.statuses["event"])
    ranks = group_claims(ordered, lambda account: [account.rank] if account.rank else [])
    conflicts = (
        *find_conflict("date", date_claims(ordered)),
        *find_conflict("status", status_claims(ordered)),
        *find_conflict("visitRank", ranks),
        *count_conflicts(ordered),
        *place_conflicts(ordered, type_, settings),
    )
    return MergedEvent(
        accounts=tuple(account.id for account in ordered),
        type=type_,
        status=status,
        roles=tuple(sorted({role for account in ordered for role in account.roles})),
        when=choose_when(ordered, status, settings.holds("lasting", type_)),
        rank=ranks[0].value if ranks else None,
        topics=tuple(sorted({topic for account in ordered for topic in account.topics})),
        confidence=max(account.confidence for account in ordered),
        best=choose_best([account for account in ordered if account.type == type_]),
        conflicts=conflicts,
    )


def choose_best(accounts: Sequence[Account]) -> str:
    """The account whose name the whole bears: the surest, and of these the earliest."""

    def rank(account: Account) -> tuple[float, Source, str]:
        return -account.confidence, *sort_key(account)

    return min(accounts, key=rank).id


def choose_status(accounts: Sequence[EventAccount], order: tuple[str, ...]) -> str:
    """The status that time has brought, by their order: what occurred stays so; of plans the last word counts."""
    statuses = [account.status for account in accounts]
    for status in reversed(order):
        if status in statuses:
            return status
    latest = max(account.source.published for account in accounts)
    last = {account.status for account in accounts if account.source.published == latest}
    return "cancelled" if "cancelled" in last else min(last)


def choose_when(accounts: Sequence[EventAccount], status: str, lasting: bool) -> When | None:
    """The most precise date; of equals that of accounts with the status reached, then that of most, then the first.

    Of a ``lasting`` event an interval of days says more than one day.
    """
    dated = [account for account in accounts if account.when]
    votes = Counter(str(account.when) for account in dated)

    def rank(account: EventAccount) -> tuple[int, bool, int, str]:
        text = str(account.when)
        width = measure_width(account.when)
        if lasting and account.when and account.when.end and width <= FORTNIGHT:
            width = -1
        return width, account.status != status, -votes[text], text

    return min(dated, key=rank).when if dated else None


def measure_width(when: When | None) -> int:
    """The days that a date can mean; without a year more than any other."""
    try:
        bounds = when.bounds() if when else None
    except ValueError:  # a day that no calendar has
        bounds = None
    return (bounds[1] - bounds[0]).days if bounds else 10_000


def date_claims(accounts: Sequence[EventAccount]) -> tuple[Claim, ...]:
    """The dates, if some two have no day in common."""
    bounds = [b for a in accounts if a.when and measure_width(a.when) < 10_000 and (b := a.when.bounds())]
    if not bounds or max(b[0] for b in bounds) <= min(b[1] for b in bounds):
        return ()
    return group_claims(accounts, lambda account: [str(account.when)] if account.when else [])


def status_claims(accounts: Sequence[EventAccount]) -> tuple[Claim, ...]:
    """The statuses, if one day brought both that it was called off and that it was not, or it was after it occurred."""
    off = [a.source.published for a in accounts if a.status == "cancelled"]
    on = [a.source.published for a in accounts if a.status != "cancelled"]
    done = [a.source.published for a in accounts if a.status == "occurred"]
    if set(off) & set(on) or any(day > first for day in off for first in done):
        return group_claims(accounts, lambda account: [account.status])
    return ()


def count_conflicts(accounts: Sequence[EventAccount]) -> Iterator[Conflict]:
    """What is counted differently: two diplomats here, three there."""
    for noun in sorted({noun for account in accounts for noun, _ in account.counts}):
        yield from find_conflict("count", group_claims(accounts, partial(list_numbers, noun)), noun)


def list_numbers(noun: str, account: EventAccount) -> list[str]:
    """How many of something an account counts."""
    return sorted(str(number) for name, number in account.counts if name == noun)


def place_conflicts(accounts: Sequence[EventAccount], type_: str, settings: Settings) -> Iterator[Conflict]:
    """Two cities of what is held in one."""
    if settings.holds("placed", type_) and not frozenset.intersection(
        *([a.spots.cities for a in accounts if a.spots.cities] or [frozenset({""})])
    ):
        yield from find_conflict("place", group_claims(accounts, lambda account: sorted(account.spots.cities)))


def group_claims(accounts: Sequence[EventAccount], read: Callable[[EventAccount], Iterable[str]]) -> tuple[Claim, ...]:
    """The values with those who have them, most backed first."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        for value in read(account):
            found.setdefault(value, []).append(account.id)
    claims = (Claim(value, tuple(backers)) for value, backers in found.items())
    return tuple(sorted(claims, key=lambda claim: (-len(claim.accounts), claim.value)))


def find_conflict(about: str, claims: tuple[Claim, ...], of: str = "") -> Iterator[Conflict]:
    """A conflict, where there is more than one claim."""
    if len(claims) > 1:
        yield Conflict(about, claims, of)


def merge_documents(accounts: Iterable[DocumentAccount], settings: Settings) -> MergedDocument:
    """One document of its accounts."""
    ordered = sorted(accounts, key=sort_key)
    order = settings.statuses["document"]
    return MergedDocument(
        accounts=tuple(account.id for account in ordered),
        kind=ordered[0].paper.kind,
        status=max((account.status for account in ordered), key=lambda name: (find_place(name, order), name)),
        parties=tuple(sorted({party for account in ordered for party in account.paper.parties})),
        confidence=max(account.confidence for account in ordered),
        best=choose_best(ordered),
        stages=tuple(list_stages(ordered, order)),
        conflicts=tuple(signing_conflicts(ordered)),
    )


def find_place(status: str, order: tuple[str, ...]) -> int:
    """The place of a status in the order of progress; unknown ones come first."""
    return order.index(status) if status in order else -1


def list_stages(accounts: Sequence[DocumentAccount], order: tuple[str, ...]) -> Iterator[Stage]:
    """The statuses that accounts tell of, each with its first day; what is merely mentioned is no stage."""
    told: dict[str, list[DocumentAccount]] = {}
    for account in accounts:
        if account.status != "mentioned":
            told.setdefault(account.status, []).append(account)
    stages = (make_stage(status, backers) for status, backers in told.items())
    yield from sorted(stages, key=lambda stage: (stage.day, find_place(stage.status, order), stage.status))


def make_stage(status: str, accounts: Sequence[DocumentAccount]) -> Stage:
    """A stage of those who tell of it."""
    days = [account.day.isoformat() if account.day else account.source.published for account in accounts]
    return Stage(status, min(filter(None, days), default=""), tuple(account.id for account in accounts))


def signing_conflicts(accounts: Sequence[DocumentAccount]) -> Iterator[Conflict]:
    """Two days on which it was signed."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        if account.status == "signed" and account.day:
            found.setdefault(account.day.isoformat(), []).append(account.id)
    claims = tuple(Claim(day, tuple(backers)) for day, backers in sorted(found.items()))
    yield from find_conflict("date", claims)

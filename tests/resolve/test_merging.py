"""What accounts say together: the best known of each, and where they contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.resolve.accounts import EventAccount
from kg.resolve.merging import MergedEvent, merge_documents, merge_events
from kg.resolve.words import find_counts
from tests.resolve.making import PUTIN, RU, SETTINGS, XI, document, event


def merge(*accounts: EventAccount) -> MergedEvent:
    merged = merge_events(accounts, SETTINGS)
    assert merge_events(reversed(accounts), SETTINGS) == merged
    return merged


@pytest.mark.parametrize(
    ("told", "status", "conflicts"),
    [
        ((("planned", "06-01"), ("occurred", "06-10")), "occurred", ()),
        ((("occurred", "06-10"), ("planned", "06-11")), "occurred", ()),
        ((("planned", "06-10"), ("ongoing", "06-10")), "ongoing", ()),
        ((("planned", "06-01"), ("cancelled", "06-05")), "cancelled", ()),
        ((("cancelled", "06-01"), ("planned", "06-05")), "planned", ()),
        ((("cancelled", "06-05"), ("planned", "06-05")), "cancelled", ("cancelled", "planned")),
        ((("occurred", "06-10"), ("cancelled", "06-12")), "occurred", ("cancelled", "occurred")),
    ],
)
def test_status_by_time(told: tuple[tuple[str, str], ...], status: str, conflicts: tuple[str, ...]) -> None:
    accounts = [event(str(n), status=name, published=f"2025-{day}") for n, (name, day) in enumerate(told)]
    merged = merge(*accounts)
    assert merged.status == status
    assert tuple(claim.value for conflict in merged.conflicts for claim in conflict.claims) == conflicts


def test_which_status_is_better_known_stands_in_the_settings() -> None:
    told = (event("a", status="occurred"), event("b", status="ongoing"))
    settings = replace(SETTINGS, statuses={**SETTINGS.statuses, "event": ("occurred", "ongoing")})
    assert [merge_events(told, known).status for known in (SETTINGS, settings)] == ["occurred", "ongoing"]


@pytest.mark.parametrize(
    ("type_", "dates", "date", "conflict"),
    [
        ("Talks", ("2025-06", "2025-06-10"), "2025-06-10", False),
        ("Talks", ("2025-06-10", None), "2025-06-10", False),
        ("Talks", ("2025-06-10", "2025-06-11", "2025-06-11"), "2025-06-11", True),
        ("Visit", ("2025-06-10", "2025-06-09/2025-06-11"), "2025-06-09/2025-06-11", False),
        ("Talks", ("2025-06-10", "2025-06-09/2025-06-11"), "2025-06-10", False),
        ("Talks", (None, None), "None", False),
    ],
)
def test_date(type_: str, dates: tuple[str | None, ...], date: str, conflict: bool) -> None:
    merged = merge(*(event(str(n), type_, when=when) for n, when in enumerate(dates)))
    assert str(merged.when) == date
    assert [c.about for c in merged.conflicts] == ["date"] * conflict


def test_all_actors_the_most_specific_type_and_the_first_account_first() -> None:
    merged = merge(event("b", "Meeting", (PUTIN,), (RU,)), event("a", "Talks", (XI,), published="2025-06-09"))
    assert merged.type == "Talks"
    assert {id_ for role, id_ in merged.roles if role == "participant"} == {PUTIN, XI}
    assert merged.accounts == ("event/a", "event/b")


def test_ranks_and_counts_that_differ() -> None:
    merged = merge(
        event("a", "Visit", rank="state", counts=frozenset({("дипломаты", 2)})),
        event("b", "Visit", rank="working", counts=frozenset({("дипломаты", 3), ("документы", 4)})),
        event("c", "Visit", rank="state"),
    )
    assert merged.rank == "state"
    assert [(c.about, c.of, [claim.value for claim in c.claims]) for c in merged.conflicts] == [
        ("visitRank", "", ["state", "working"]),
        ("count", "дипломаты", ["2", "3"]),
    ]


def test_stages_of_a_document() -> None:
    accounts = [
        document("c", status="ratified", published="2025-08-01", day="2025-07-31"),
        document("a", status="planned", published="2025-06-01"),
        document("b", status="signed", published="2025-06-11", day="2025-06-10"),
        document("d", status="mentioned", published="2025-09-01"),
    ]
    merged = merge_documents(accounts, SETTINGS)
    assert [(stage.status, stage.day) for stage in merged.stages] == [
        ("planned", "2025-06-01"),
        ("signed", "2025-06-10"),
        ("ratified", "2025-07-31"),
    ]
    assert (merged.status, merged.conflicts) == ("ratified", ())
    again = merge_documents([*accounts, document("e", day="2025-06-14")], SETTINGS)
    assert [claim.value for claim in again.conflicts[0].claims] == ["2025-06-10", "2025-06-14"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("высылает двух российских дипломатов", [("дипломаты", 2)]),
        ("12 сотрудников посольства покинут страну", [("дипломаты", 12)]),
        ("Подписано четыре документа", [("документы", 4)]),
        ("в 2025 году дипломаты встретились", []),
        ("дипломаты", []),
        ("двадцать пять российских дипломатов и двадцати одного сотрудника", [("дипломаты", 25), ("дипломаты", 21)]),
        (
            "сто двадцать три депутата, 3-х дипломатов, 25-ти депутатов",
            [("депутаты", 123), ("дипломаты", 3), ("депутаты", 25)],
        ),
        ("принят 3-й документ, ещё один документ, десять пять документов", [("документы", 5)]),
        ("семьюдесятью дипломатами", [("дипломаты", 70)]),
        ("в пятницу документ подписали президенты двух стран. Документ важен, однако дипломаты молчат", []),
    ],
)
def test_counts(text: str, counts: list[tuple[str, int]]) -> None:
    assert list(find_counts(text, SETTINGS)) == counts

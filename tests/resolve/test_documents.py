"""Whether two accounts tell of one document."""

from __future__ import annotations

import pytest

from kg.resolve.accounts import DocumentAccount
from kg.resolve.documents import compare_documents
from kg.resolve.keys import document_keys, sought_keys
from tests.resolve.making import CN, IN, RU, SETTINGS, document

SAME = {
    "planned, then ratified a year on": (
        document("a", status="planned"),
        document("b", status="ratified", published="2026-07-01"),
    ),
    "parties in the title": (document("a"), document("b", "соглашение между Россией и Китаем о торговле")),
    "the longer title": (
        document("a", "соглашение о транзите грузов"),
        document("b", "соглашение о транзите грузов через порты Каспийского моря"),
    ),
    "a third party": (document("a"), document("b", parties=(RU, CN, IN))),
    "parties not known": (
        document("a", "соглашение о транзите грузов"),
        document("b", "соглашение о транзите грузов", parties=()),
    ),
}
APART = {
    "other title": (document("a"), document("b", "соглашение о культуре")),
    "other kind": (document("a"), document("b", kind="Memorandum")),
    "other parties": (document("a"), document("b", parties=(RU, IN))),
    "another year in the title": (
        document("a", "план консультаций на 2025 год", "Plan"),
        document("b", "план консультаций на 2026 год", "Plan"),
    ),
    "signed again years later": (document("a", day="2020-06-10"), document("b", day="2025-06-10")),
    "without a title, weeks apart": (
        document("a", "совместное заявление", "JointStatement"),
        document("b", "совместное заявление", "JointStatement", published="2025-07-10"),
    ),
}


def is_one(a: DocumentAccount, b: DocumentAccount) -> bool:
    verdict = compare_documents(a, b, SETTINGS)
    return verdict.veto is None and verdict.score >= SETTINGS.thresholds["merge"]


@pytest.mark.parametrize("case", SAME)
def test_same(case: str) -> None:
    a, b = SAME[case]
    assert is_one(a, b), compare_documents(a, b, SETTINGS).explanation
    assert is_one(b, a)


@pytest.mark.parametrize("case", APART)
def test_apart(case: str) -> None:
    a, b = APART[case]
    assert not is_one(a, b), compare_documents(a, b, SETTINGS).explanation
    assert not is_one(b, a)


@pytest.mark.parametrize("case", SAME)
def test_the_index_finds_what_is_one(case: str) -> None:
    a, b = (document_keys(account, SETTINGS) for account in SAME[case])
    assert sought_keys(a, SETTINGS) & b
    assert sought_keys(b, SETTINGS) & a


def test_a_document_without_a_title_is_for_people_to_judge() -> None:
    verdict = compare_documents(
        document("a", "договор", "Treaty"), document("b", "договор о дружбе", "Treaty"), SETTINGS
    )
    assert verdict.veto is None
    assert SETTINGS.thresholds["doubt_low"] < verdict.score < SETTINGS.thresholds["merge"]

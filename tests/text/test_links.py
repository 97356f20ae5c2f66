"""The case table of persons: whom short texts mean; ``links/persons.toml`` tells how its cases are written."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.records import Article
from kg.text.pipeline import article_doc
from tests.text.reading import load_reader

DAY = "2025-11-26"
LEAST_SHARE = 0.8


@dataclass(frozen=True)
class Case:
    text: str
    published: str
    persons: frozenset[str]
    known_gap: str


def read_cases() -> Iterator[Case]:
    path = Path(__file__).parent / "links" / "persons.toml"
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        yield Case(row["text"], row.get("published", DAY), frozenset(row["persons"]), row.get("known_gap", ""))


CASES = list(read_cases())


def find_persons(case: Case) -> frozenset[str]:
    """The keys of all persons that a text refers to; «~» for one that stays within the article."""
    day = datetime.date.fromisoformat(case.published) if case.published else None
    nlp = load_reader()
    doc = nlp(article_doc(nlp, Article("links", case.text, "ru", "Новости дня", day)))
    found = [e for r in doc._.refs for e in r.entities if e.kind == "Person"]
    return frozenset("~" if e.id.endswith("-links") else e.id.removeprefix("person/") for e in found)


def make_parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.known_gap, strict=True)] if case.known_gap else []
    return pytest.param(case, id=f"{case.text[:40]} {case.published}", marks=marks)


@pytest.mark.parametrize("case", [make_parameter(case) for case in CASES])
def test_the_persons_meant_are_found(case: Case) -> None:
    assert find_persons(case) == case.persons


def test_most_of_the_table_passes() -> None:
    assert len(CASES) >= 40
    assert sum(not case.known_gap for case in CASES) >= LEAST_SHARE * len(CASES)

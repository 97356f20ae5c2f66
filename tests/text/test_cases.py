"""The case table: what short texts say; ``cases/*.toml`` holds them, ``expectations.py`` tells how they are written."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.knowledge.taxonomy import load_taxonomy
from kg.records import RANKS, STATUSES, Extraction
from tests.text.expectations import Case, find_faults, list_types, read_cases

LEAST_SHARE = 0.8  # of the cases should pass
LEAST_CASES = 6  # of each type


def make_parameter(case: Case) -> object:
    """A case as pytest takes it; a known gap may fail."""
    marks = [pytest.mark.xfail(reason=case.known_gap, strict=False)] if case.known_gap else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [make_parameter(case) for case in read_cases()])
def test_case(case: Case, extractions: dict[str, Extraction]) -> None:
    faults = find_faults(case, extractions[case.text])
    assert not faults, f"{case.title} {case.text}\n" + "\n".join(faults)


@pytest.mark.xfail(reason="the models read short texts worse than whole articles", strict=False)
def test_most_of_the_table_passes(cases: list[Case], extractions: dict[str, Extraction]) -> None:
    passed = [case for case in cases if not find_faults(case, extractions[case.text])]
    print(f"{len(passed)} of {len(cases)} cases pass")
    assert len(passed) >= LEAST_SHARE * len(cases)


def test_few_events_are_read_where_there_are_none(cases: list[Case], extractions: dict[str, Extraction]) -> None:
    silent = [case for case in cases if case.none]
    loud = [case.text for case in silent if extractions[case.text].events]
    assert len(loud) <= 0.2 * len(silent), loud


def test_table_covers_every_type_status_and_rank(cases: list[Case]) -> None:
    counts = Counter(list_types(cases))
    assert {name: counts[name] for name in load_taxonomy("ru").types if counts[name] < LEAST_CASES} == {}
    assert set(counts) <= set(load_taxonomy("ru").types)
    values = {(key, e[key]) for case in cases for e in case.expect for key in ("status", "rank") if key in e}
    assert values == {("status", s) for s in STATUSES} | {("rank", r) for r in RANKS}


def test_texts_are_told_apart(cases: list[Case]) -> None:
    assert len({case.text for case in cases}) == len(cases)


def test_every_quote_stands_in_its_text(extractions: dict[str, Extraction]) -> None:
    for found in extractions.values():
        for event in found.events:
            assert event.evidence
            assert all(found.article.quote(span).strip() for span in event.evidence)

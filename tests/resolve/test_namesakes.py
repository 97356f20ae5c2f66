"""One name, several persons: told apart by countries, and by offices where people decide so."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.resolve.decisions import Decision, Decisions
from kg.resolve.namesakes import Telling, choose_name, find_bearers, split_name

NAME = "person/ivan-petrov"


def tell(article: str, countries: str = "", offices: str = "") -> Telling:
    return Telling(
        article,
        frozenset(f"country/{code}" for code in countries.split()),
        frozenset(f"office/{key}" for key in offices.split()),
    )


AMBASSADOR, MINISTER = tell("a", "KZ", "ambassador"), tell("b", "KZ", "minister")
OTHER, BARE, UNTITLED = tell("c", "UZ", "ambassador"), tell("d"), tell("e", "KZ")


def bear(*tellings: Telling, decisions: Decisions | None = None) -> list[tuple[str, str]]:
    """Each bearer with the articles that tell of it."""
    found = find_bearers(NAME, split_name(NAME, tellings), decisions or Decisions())
    return [(b.id.removeprefix(NAME), "".join(sorted(t.article for p in b.parts for t in p.tellings))) for b in found]


@pytest.mark.parametrize(
    ("tellings", "bearers"),
    [
        ((), [("", "")]),
        ((BARE,), [("", "d")]),
        ((AMBASSADOR, MINISTER, BARE), [("", "abd")]),
        ((AMBASSADOR, OTHER), [("", ""), (".kz", "a"), (".uz", "c")]),
        ((AMBASSADOR, MINISTER, OTHER, BARE), [("", "d"), (".kz", "ab"), (".uz", "c")]),
        ((AMBASSADOR, OTHER, tell("f", "UZ KZ")), [("", "acf")]),
    ],
)
def test_countries_tell_bearers_apart(tellings: tuple[Telling, ...], bearers: list[tuple[str, str]]) -> None:
    assert all(bear(*order) == bearers for order in permutations(tellings))


def test_a_decision_tells_offices_apart() -> None:
    pair = (f"{NAME}.kz.ambassador", f"{NAME}.kz.minister")
    decided = Decisions({pair: Decision(*pair, same=False, row=1)})
    assert bear(AMBASSADOR, MINISTER, decisions=decided) == [(".kz.ambassador", "a"), (".kz.minister", "b")]
    assert bear(AMBASSADOR, UNTITLED, decisions=decided) == [("", "ae")]


def test_what_stands_for_several() -> None:
    ids = ["person/i-petrov", "person/ivan-petrov", "person/petrov"]
    assert choose_name(ids, frozenset()) == "person/ivan-petrov"
    assert choose_name(ids, frozenset({"person/petrov"})) == "person/petrov"

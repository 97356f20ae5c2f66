"""What a key filter tells of keys."""

from __future__ import annotations

from kg.graph.keyfilter import KeyFilter


def test_what_was_added_is_in_it_and_little_else() -> None:
    keys = [f"f|Talks|person/{number}|{number % 90}" for number in range(20_000)]
    found = KeyFilter()
    found.add(keys)
    assert all(key in found for key in keys)
    assert sum(f"{key}0" in found for key in keys) < 20


def test_an_empty_one_has_nothing() -> None:
    assert "" not in KeyFilter()
    assert "f|Talks|person/a|1" not in KeyFilter()

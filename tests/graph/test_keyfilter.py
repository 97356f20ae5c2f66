"""What a key filter tells of keys."""

from __future__ import annotations

from kg.graph.keyfilter import KeyFilter


def test_what_was_added_is_in_it_and_little_else() -> None:
    keys = [f"f|Talks|person/{number}|{number % 90}" for number in range(20_000)]
    found = KeyFilter()
    found.add(keys)
    assert found.select(keys) == keys
    assert len(found.select(f"{key}0" for key in keys)) < 20


def test_an_empty_one_has_nothing() -> None:
    assert KeyFilter().select(("", "f|Talks|person/a|1")) == []

"""What the store remembers of the index between two updates of the links."""

from __future__ import annotations

import pytest

from kg.graph.memory import IndexMemory
from kg.resolve.accounts import EventAccount, Source


def test_keeps_what_it_is_given_until_it_is_told_to_forget() -> None:
    memory = IndexMemory()
    known = ((EventAccount("event/1", Source("2024-11-27", "article/1"), "Talks", "occurred"), False),)
    memory.keep({"f|talks|person/a|1": ("event/1", "event/2")}, {"event/1": known})
    assert memory.lists == {"f|talks|person/a|1": ("event/1", "event/2")}
    assert memory.accounts == {"event/1": known}
    memory.forget()
    assert not memory.lists
    assert not memory.accounts


def test_has_room_for_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.memory.MOST_LISTED", 5)
    monkeypatch.setattr("kg.graph.memory.MOST_ACCOUNTS", 2)
    memory = IndexMemory()
    memory.keep({"a": ("1", "2"), "b": ("3",)}, dict.fromkeys("123", ()))
    assert set(memory.lists) == {"a", "b"}
    assert len(memory.accounts) == 2
    memory.keep({"a": ("1", "2"), "b": ("3", "4")}, {})
    assert set(memory.lists) == {"a"}

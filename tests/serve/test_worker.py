"""A worker's own limits, without a server: it answers whatever happens."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.serve.limits import Limits
from kg.serve.messages import Call, ResourceCall, SavedCall, Task, ViewCall
from kg.serve.worker import ANSWERS, Worker

SMALL = Limits(answer=5)
CALLS = (
    SavedCall("who-met-whom"),
    SavedCall("who-met-whom", format="csv"),
    ResourceCall("person/sadyr-japarov", page=True),
    ViewCall(),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A call whose answer fails as no one foresaw."""


def make_worker(limits: Limits, path: Path) -> Worker:
    return Worker(socket.socketpair()[0], limits, path / "answer")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
def test_answers_of_all_kinds_are_bounded(full_store: Path, tmp_path: Path, call: Call) -> None:
    assert make_worker(Limits(), tmp_path)._answer(Task(call, str(full_store))).status == 200
    reply = make_worker(SMALL, tmp_path)._answer(Task(call, str(full_store)))
    assert (reply.status, "more than 5 bytes" in reply.body.decode()) == (503, True)


def test_a_mistake_costs_one_answer(full_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(desk: object, call: object) -> None:
        raise ValueError("netloc contains invalid characters")

    monkeypatch.setitem(ANSWERS, Mistake, fail)
    worker = make_worker(Limits(), tmp_path)
    reply = worker._answer(Task(Mistake(), str(full_store)))  # type: ignore[arg-type]
    assert reply.status == 500
    assert b"netloc" not in reply.body
    assert "ValueError in" in reply.fault
    assert "netloc contains" in reply.fault
    assert worker._answer(Task(ResourceCall("person/sadyr-japarov"), str(full_store))).status == 200

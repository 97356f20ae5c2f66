"""The list of what a build left out."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from kg.bulk.leftout import LeftOut
from kg.bulk.record import open_left_out
from kg.errors import Duplicate, KgError, ReadError, StoreError
from kg.graph.store import open_store

START = datetime.datetime(2025, 11, 26, 12, tzinfo=datetime.UTC)


def read_lines(left_out: LeftOut) -> list[dict[str, object]]:
    assert left_out.path is not None
    return [json.loads(line) for line in left_out.path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_lists_what_each_error_knows(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        left_out = open_left_out(store, START)
    for error in (ReadError("a.json", 'no "text"\u2028'), Duplicate("b.json", "b", "a", 0.9, "https://b.example/")):
        left_out.add(error)
    assert left_out.lines == 2
    assert read_lines(left_out) == [
        {"kind": "ReadError", "where": "a.json", "what": 'no "text"\u2028', "message": 'a.json: no "text"\u2028'},
        {
            "kind": "Duplicate",
            "where": "b.json",
            "id": "b",
            "of": "a",
            "likeness": 0.9,
            "url": "https://b.example/",
            "message": "b.json: the article 'a' says the same, and was read before",
        },
    ]


def test_a_name_that_is_no_text_is_read_back(tmp_path: Path) -> None:
    left_out = LeftOut(tmp_path / "list.jsonl")
    left_out.add(ReadError("a\udcff.txt", "the article is empty"))
    assert read_lines(left_out)[0]["where"] == "a\udcff.txt"


def test_nothing_is_written_of_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        path = open_left_out(store, START).path
    assert path is not None
    assert not path.exists()
    with open_store(None) as store:
        left_out = open_left_out(store, START)
    left_out.add(KgError("nothing"))
    assert (left_out.path, left_out.lines) == (None, 0)


def test_a_full_disk_is_told() -> None:
    with pytest.raises(StoreError, match="/dev/full: No space left on device"):
        LeftOut(Path("/dev/full")).add(KgError("nothing"))


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "store-runs").write_text("in the way", encoding="utf-8")
    with open_store(tmp_path / "store") as store, pytest.raises(StoreError, match="store-runs: File exists"):
        open_left_out(store, START)

"""Lines of tab-separated tables that editors and people leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.cells import read_numbered


@dataclass(frozen=True, slots=True)
class Thing:
    key: str
    name: str = ""
    weight: float | None = None
    aliases: tuple[str, ...] = ()
    note: str = ""


def read(folder: Path, *lines: str) -> list[Thing]:
    path = folder / "things.tsv"
    path.write_text("".join(f"{line}\n" for line in ("key\tname\tweight\taliases\tnote", *lines)), encoding="utf-8")
    return [row for _, row in read_numbered(path, Thing, ("key",))]


def test_cells_that_are_missing_at_the_end_are_empty(tmp_path: Path) -> None:
    rows = read(tmp_path, "a", "b\tB", "c\tC\t2.5", "d\tD\t\tx|y")
    assert rows == [
        Thing("a"),
        Thing("b", "B"),
        Thing("c", "C", 2.5),
        Thing("d", "D", None, ("x", "y")),
    ]


def test_a_cell_too_many_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"things\.tsv line 3: more cells than columns, 7 under 5"):
        read(tmp_path, "a", "b\t\t\t\t\t\tx")


def test_a_cell_beyond_all_measure_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"things\.tsv line 3: field larger"):
        read(tmp_path, "a", "b\t" + "x" * 140_000)

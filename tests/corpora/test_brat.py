"""brat standoff: what is read, what is passed over, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.corpora.brat import Mark, Reference, Relation, read_brat
from kg.errors import ReadError
from kg.records import Span

ANNOTATION = """T1\tPERSON 0 11\tАнна Петрова
T2\tORGANIZATION 20 25;30 36\tСовет мудрых
R1\tWORKPLACE Arg1:T1 Arg2:T2\t
N1\tReference T1 Wikidata:Q1\tАнна Петрова
N2\tReference T2 Wikidata:NULL
A1\tNegation T1
#1\tAnnotatorNotes T1\tремарка

"""


def write(folder: Path, annotation: str, text: str = "текст") -> Path:
    (folder / "one.ann").write_text(annotation)
    (folder / "one.txt").write_text(text)
    return folder


def test_the_sorts_of_lines(tmp_path: Path) -> None:
    (document,) = read_brat(write(tmp_path, ANNOTATION))
    assert (document.id, document.text) == ("one", "текст")
    assert document.marks == (
        Mark("T1", "PERSON", (Span(0, 11),), "Анна Петрова"),
        Mark("T2", "ORGANIZATION", (Span(20, 25), Span(30, 36)), "Совет мудрых"),
    )
    assert document.marks[1].span == Span(20, 36)
    assert document.relations == (Relation("R1", "WORKPLACE", "T1", "T2"),)
    assert document.references == (
        Reference("T1", "Wikidata", "Q1", "Анна Петрова"),
        Reference("T2", "Wikidata", "NULL", ""),
    )


@pytest.mark.parametrize("line", ["T1\tPERSON x 11\tА", "T1\tPERSON 0 11", "R1\tKNOWS T1 T2", "N1\tReference\tА", "T1"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ReadError, match=r"one\.ann line 2: not brat standoff"):
        list(read_brat(write(tmp_path, f"T0\tPERSON 0 1\tА\n{line}\n")))


def test_a_missing_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.ann").write_text("")
    with pytest.raises(ReadError, match=r"one\.txt: No such file"):
        list(read_brat(tmp_path))

"""The table of decisions: what it says, and what is wrong with it by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.resolve.decisions import read_decisions

BASE = "https://w3id.org/dkg/id/"


def write(folder: Path, text: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_read(tmp_path: Path) -> None:
    text = (
        "# reviewed in June\n"
        "a\tb\tdecision\twho\twhen\tnote\n"
        f"event/2\t<{BASE}event/1>\tsame\tАнна\t2025-06-10\tодна встреча\n"
        "document/1\tdocument/2\tdifferent\n"
        "event/5\tevent/6\t\t\t\tне решено\n"
    )
    decisions = read_decisions(write(tmp_path, text), BASE)
    assert decisions.find("event/1", "event/2") is decisions.find("event/2", "event/1") is True
    assert decisions.find("document/1", "document/2") is False
    assert decisions.find("event/5", "event/6") is None
    assert decisions.rows["event/1", "event/2"].note == "одна встреча"
    assert decisions.partners == {"event/1": {"event/2"}, "event/2": {"event/1"}}


def test_a_note_may_have_several_lines_and_decides_nothing(tmp_path: Path) -> None:
    text = (
        "a,b,decision,who,when,note\r\n"
        'event/1,event/2,same,Анна,,"первая строка\r\nevent/3,event/4,same\r\n# и третья"\r\n'
        "event/5,event/6,different\r\n"
    )
    decisions = read_decisions(write(tmp_path, text), BASE)
    assert set(decisions.rows) == {("event/1", "event/2"), ("event/5", "event/6")}
    assert decisions.rows["event/1", "event/2"].note.splitlines()[1:] == ["event/3,event/4,same", "# и третья"]
    assert decisions.rows["event/5", "event/6"].row == 5


def test_the_version_is_that_of_what_was_decided(tmp_path: Path) -> None:
    first = read_decisions(write(tmp_path, "a,b,decision,who\nevent/1,event/2,same,Анна\n")).version
    assert read_decisions(write(tmp_path, "b,a,decision\nevent/1,event/2,same\n")).version == first
    assert read_decisions(write(tmp_path, "a,b,decision\nevent/1,event/2,different\n")).version != first
    assert read_decisions(write(tmp_path, "")).rows == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n", r"row 1: no column a, b, decision"),
        ("a,b,decision\nevent/1,event/2,maybe\n", r"row 2: the decision is 'maybe', not same or different"),
        ("a,b,decision\nevent/1,event/1,same\n", r"row 2: both ids are event/1"),
        ("a,b,decision\nevent/1,document/1,same\n", r"row 2: .* are of two kinds"),
        ("a,b,decision\n\ncountry/x,event/1,same\n", r"row 3: 'country/x' is not the id of one of event, document"),
        ("a,b,decision\nevent/1,event/2,same,x\n", r"row 2: 4 cells under 3 columns"),
        ("a,b,decision,note\n\nevent/1,event/2,same," + "x" * 140_000, r"row 3: field larger than field limit"),
        ('a,b,decision,note\nevent/1,event/2,same,"open\nevent/3,event/4,same\n', r"row 2: unexpected end of data"),
        (
            "a,b,decision\nevent/1,event/2,same\nevent/2,event/1,different\n",
            r"row 3: the opposite was decided in row 2",
        ),
        (
            "a,b,decision\nevent/1,event/2,same\nevent/2,event/3,same\nevent/1,event/3,different\n",
            r"row 4: event/1 and event/3 are different, but other rows make them one",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_row(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        read_decisions(write(tmp_path, text))
    assert "decisions.csv" in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv: No such file"):
        read_decisions(tmp_path / "none.csv")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b,decision\n\xff\xfe")
    with pytest.raises(DataError, match=r"x\.csv"):
        read_decisions(path)

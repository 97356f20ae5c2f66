"""The factRuEval format: what is read and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.corpora.factrueval import Chain, Fact, Filler, NamePart, Thing, read_factrueval
from kg.errors import ReadError
from kg.records import Span

FILES = {
    "txt": "Министр Анна Петрова",
    "spans": "11 job 0 7 901 1  # 901 Министр\n12 name 8 4 902 1  # 902 Анна\n13 surname 13 7 903 1  # 903 Петрова\n",
    "objects": "21 Person 12 13 # Анна Петрова\n",
    "coref": "1 21\nfirstname Анна\nlastname Петрова\nwikidata \n\n2 22 23\nname Северная страна\n",
    "facts": "7-0 Occupation\nWho obj1 Петрова Анна\nWhere obj2 Северная страна | Север\nPosition span11 министр\n"
    "7-1 Meeting\nParticipant obj1 Петрова Анна\nМодальность будущее\n\n",
}


def write(folder: Path, **changed: str) -> Path:
    for suffix, text in {**FILES, **changed}.items():
        (folder / f"book_7.{suffix}").write_text(text)
    return folder


def test_all_files_are_read(tmp_path: Path) -> None:
    (document,) = read_factrueval(write(tmp_path))
    assert (document.id, document.text) == ("book_7", FILES["txt"])
    assert document.parts[1] == NamePart(12, "name", Span(8, 12))
    assert document.things == (Thing(21, "Person", (12, 13)),)
    assert document.chains == (
        Chain(1, (21,), (("firstname", "Анна"), ("lastname", "Петрова"))),
        Chain(2, (22, 23), (("name", "Северная страна"),)),
    )
    assert document.find_chain(2) == document.chains[1]
    assert document.find_chain(3) is None


def test_facts_follow_each_other_without_a_blank_line(tmp_path: Path) -> None:
    (document,) = read_factrueval(write(tmp_path))
    occupation, meeting = document.facts
    assert (occupation.id, occupation.kind) == ("7-0", "Occupation")
    assert occupation.select("Where") == (Filler("obj", 2, "Северная страна"), Filler("obj", 2, "Север"))
    assert occupation.select("Position") == (Filler("span", 11, "министр"),)
    assert meeting == Fact(
        "7-1", "Meeting", (("Participant", Filler("obj", 1, "Петрова Анна")), ("Модальность", Filler("", 0, "будущее")))
    )


@pytest.mark.parametrize(
    ("suffix", "text"), [("spans", "11 job 0\n"), ("objects", "x Person\n"), ("coref", "a b\n"), ("facts", "7-0\n")]
)
def test_a_broken_line_is_named(tmp_path: Path, suffix: str, text: str) -> None:
    with pytest.raises(ReadError, match=rf"book_7\.{suffix} line 1: not as in factRuEval"):
        list(read_factrueval(write(tmp_path, **{suffix: text})))

"""Event types as data: every file loads, and a fault in one is told with its name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.config import data_path
from kg.errors import DataError
from kg.knowledge.stems import fold
from kg.knowledge.taxonomy import load_taxonomy, make_type, read_table

FILES = sorted(data_path("events").glob("*.toml"))
TYPES = [path for path in FILES if path.stem != "common"]
SOUND = """
type = "Visit"
comment = "A trip"
threshold = 0.5
[ru]
label = "Визит"
[[ru.triggers]]
part = "noun"
lemmas = ["визит"]
[ru.frames]
actor = ["subj"]
target = []
place = ["в+Acc"]
"""
FAULTS = {
    "no type": ('type = "Visit"', ""),
    "no comment": ('comment = "A trip"', ""),
    "no threshold": ("threshold = 0.5", ""),
    "no label": ('label = "Визит"', ""),
    "no triggers": ('[[ru.triggers]]\npart = "noun"\nlemmas = ["визит"]', ""),
    "no frames": ("[ru.frames]", "[ru.frame]"),
    "no targets": ("target = []", ""),
    "no lemmas": ('lemmas = ["визит"]', ""),
    "misspelt key": ('part = "noun"', 'part = "noun"\nprepositons = ["с"]'),
    "other language": ("[ru]", "[en]"),
}


@pytest.mark.parametrize("path", TYPES, ids=[path.stem for path in TYPES])
def test_file_loads_and_is_named_as_its_type(path: Path) -> None:
    table = read_table(path)
    kind = make_type(path.stem, table, "ru", frozenset())
    assert kind.name.lower() == path.stem
    assert kind.triggers
    assert kind.comment
    assert 0 < kind.threshold < 1
    assert kind.frame.actor


def test_twenty_types() -> None:
    taxonomy = load_taxonomy("ru")
    assert len(taxonomy.types) == len(TYPES) == 20
    assert set(taxonomy.ranks) == {"state", "official", "working"}
    assert taxonomy.by_lemma["визит"][0][0] == "Visit"


def test_lemmas_are_folded_and_parts_are_known() -> None:
    for kind in load_taxonomy("ru").types.values():
        for trigger in kind.triggers:
            assert trigger.part in ("noun", "verb")
            assert trigger.lemmas
            assert all(lemma == fold(lemma) for lemma in trigger.lemmas)


def test_sound_table_is_read() -> None:
    kind = make_type("visit", tomllib.loads(SOUND), "ru", frozenset(["под+Ins"]))
    assert kind.frame.place == {"в+Acc", "под+Ins"}
    assert kind.triggers[0].lemmas == {"визит"}


@pytest.mark.parametrize(("old", "new"), FAULTS.values(), ids=FAULTS)
def test_fault_names_its_file(old: str, new: str) -> None:
    assert old in SOUND
    with pytest.raises(DataError, match=r"events/visit\.toml"):
        make_type("visit", tomllib.loads(SOUND.replace(old, new)), "ru", frozenset())


@pytest.mark.parametrize("content", [b'type = "Visit', b"type = \xff", b"[a]\n[a]"])
def test_file_that_is_no_toml(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "visit.toml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"visit\.toml"):
        read_table(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"visit\.toml"):
        read_table(tmp_path / "visit.toml")


def test_missing_language_is_a_data_error() -> None:
    with pytest.raises(DataError, match="xx"):
        load_taxonomy("xx")


@pytest.mark.parametrize(("old", "new"), [('["визит"]', '"визит"'), ('["subj"]', '"subj"')])
def test_string_in_place_of_a_list_is_a_fault(old: str, new: str) -> None:
    with pytest.raises(DataError, match=r"events/visit\.toml"):
        make_type("visit", tomllib.loads(SOUND.replace(old, new)), "ru", frozenset())

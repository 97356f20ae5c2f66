"""The user's own tables: read, checked against the curated ones, merged, written; each fault with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.own import (
    Added,
    add_sheets,
    check_sheets,
    load_reference_tables,
    merge_sheets,
    own_version,
    read_sheet,
)
from kg.knowledge.tables import Tables, load_tables

PERSON = "key\tname_ru\tname_en\tsex\tcountry_iso2\tqid\n"
TENURE = "person\toffice\ttitle_ru\ttitle_en\tof\tstart\tend\tsource\n"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


FAULTS = [
    ("person.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\t\nBad Key\tА Б\tA B\tm\tKG\t\n", "line 3: the key is malformed"),
    ("person.tsv", PERSON + "a-b\tА Б\tA B\tm\tQQ\t\n", "line 2: 'QQ' is no country"),
    ("person.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\tq7\n", "line 2: 'q7' is no Wikidata id"),
    ("person.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\tQ7747\n", "line 2: Q7747 is also of persons vladimir-putin"),
    ("persons.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\t\n" * 2, "line 3: a-b stands in line 2 already"),
    ("tenure.tsv", TENURE + "nobody\tother\tсоветник\tadviser\tKG\t2020-01-01\t\town\n", "line 2: no such person"),
    (
        "tenure.tsv",
        TENURE + "vladimir-putin\tother\tсоветник\tadviser\tKG\t2020-01-02\t2020-01-01\town\n",
        "line 2: ends on 2020-01-01, before it starts",
    ),
    (
        "venue.tsv",
        "key\tname_ru\tname_en\tcity\tiso2\tlatitude\tlongitude\nhall\tЗал\tHall\tbishkek\tKG\t42.9\t\n",
        "line 2: a latitude without a longitude",
    ),
    (
        "venue.tsv",
        "key\tname_ru\tname_en\tcity\tiso2\nhall\tЗал\tHall\tatlantis\tKG\n",
        "line 2: 'atlantis' is no city",
    ),
]


@pytest.mark.parametrize(("name", "text", "problem"), FAULTS)
def test_a_fault_names_file_and_line(tmp_path: Path, tables: Tables, name: str, text: str, problem: str) -> None:
    path = write(tmp_path, name, text)
    found = list(check_sheets(tables, [read_sheet(path)]))
    assert any(line.startswith(f"{path} {problem}") for line in found), found


UNREADABLE = [
    ("people.tsv", PERSON, "no table is called so"),
    ("person.tsv", "key\tname_ru\n", "line 1: no column country_iso2, name_en, sex"),
    ("person.tsv", PERSON[:-1] + "\tage\n", "line 1: there is no column 'age'"),
    ("tenure.tsv", TENURE + "vladimir-putin\tother\tс\ta\tKG\t2020-13-01\t\town\n", "line 2: start is '2020-13-01'"),
    ("person.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\t\tmore\n", "line 2: more cells than columns"),
]


@pytest.mark.parametrize(("name", "text", "problem"), UNREADABLE)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, text: str, problem: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(DataError) as error:
        read_sheet(path)
    assert str(path) in str(error.value)
    assert problem in str(error.value)


def test_a_row_with_a_known_key_replaces_it(tmp_path: Path, tables: Tables) -> None:
    path = write(tmp_path, "person.tsv", PERSON + "vladimir-putin\tВладимир Путин\tVladimir Putin\tm\tKG\t\n")
    merged = merge_sheets(tables, [read_sheet(path)])
    assert len(merged.persons) == len(tables.persons)
    assert merged.person["vladimir-putin"].country_iso2 == "KG"
    assert merged.person["vladimir-putin"].surname_ru == "Путин"


def test_added_rows_are_in_use_and_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    monkeypatch.setenv("KG_REFERENCE", str(folder))
    assert own_version() == ""
    for key in ("a-b", "c-d"):
        add_sheets(folder, [read_sheet(write(tmp_path, "person.tsv", PERSON + f"{key}\tАня Белова\tA B\tf\tKG\t\n"))])
    assert {"a-b", "c-d"} <= load_reference_tables().person.keys()
    assert own_version() != ""
    add_sheets(folder, [read_sheet(write(tmp_path, "person.tsv", PERSON + "a-b\tАня Юрова\tA Y\tf\tKG\t\n"))])
    persons = load_reference_tables().person
    assert (persons["a-b"].surname_ru, persons["c-d"].surname_ru) == ("Юрова", "Белова")


def test_added_rows_go_into_the_file_that_the_user_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("KG_REFERENCE", str(folder))
    write(folder, "person.tsv", PERSON + "a-b\tАня Белова\tA B\tf\tKG\t\nc-d\tАня Белова\tC D\tf\tKG\t\n")
    rows = read_sheet(write(tmp_path, "persons.tsv", PERSON + "a-b\tАня Юрова\tA Y\tf\tKG\t\n"))
    assert add_sheets(folder, [rows]) == (Added("persons", 1, folder / "person.tsv"),)
    assert [path.name for path in folder.iterdir()] == ["person.tsv"]
    persons = load_reference_tables().person
    assert (persons["a-b"].surname_ru, persons["c-d"].surname_ru) == ("Юрова", "Белова")


def test_two_files_of_one_table_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_REFERENCE", str(tmp_path))
    for name in ("person.tsv", "persons.tsv"):
        write(tmp_path, name, PERSON + "a-b\tАня Белова\tA B\tf\tKG\t\n")
    with pytest.raises(DataError, match=r"persons\.tsv: person\.tsv holds persons already"):
        load_reference_tables()


def test_nothing_is_written_where_a_row_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, "person.tsv", PERSON + "a-b\tА Б\tA B\tm\tKG\t\nc-d\tА Б\tA B\tx\tKG\t\n")
    with pytest.raises(DataError, match="line 3: sex is 'x'"):
        add_sheets(tmp_path / "mine", [read_sheet(path)])
    assert not (tmp_path / "mine").exists()


def test_broken_tables_of_the_user_stop_the_pipeline_with_their_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_REFERENCE", str(tmp_path))
    write(tmp_path, "persons.tsv", PERSON + "a-b\tА Б\tA B\tm\tQQ\t\n")
    with pytest.raises(DataError, match=r"persons.tsv line 2: 'QQ' is no country .* `kg reference check`"):
        load_reference_tables()

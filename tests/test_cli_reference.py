"""``kg reference``: list, check, add, and the rows that were added at work in the pipeline and the graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

PERSON = "key\tname_ru\tname_en\tsex\tcountry_iso2\nilsur-dantesov\tИльсур Дантесов\tIlsur Dantesov\tm\tKG\n"
TENURE = (
    "person\toffice\ttitle_ru\ttitle_en\tof\tstart\tsource\n"
    "ilsur-dantesov\tother\tминистр рыболовства\tMinister of Fisheries\tKG\t2025-01-01\town\n"
)


def run(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    (tmp_path / "person.tsv").write_text(PERSON, encoding="utf-8")
    (tmp_path / "tenure.tsv").write_text(TENURE, encoding="utf-8")
    return [tmp_path / "person.tsv", tmp_path / "tenure.tsv"]


@pytest.mark.parametrize("command", ["list", "check", "add"])
def test_help_has_an_example(command: str) -> None:
    assert f"Example: kg reference {command}" in run("reference", command, "--help").output


def test_mistyped_folder_is_told(tmp_path: Path) -> None:
    result = run("reference", "check", "--reference", tmp_path / "none")
    assert result.exit_code == 2
    assert "there is no folder" in result.output


def test_list_counts_the_tables() -> None:
    counts = json.loads(run("reference", "list", "--json").output)
    assert counts["country"] > 190
    assert counts["person"] > 2000


def test_list_finds_rows_by_any_name() -> None:
    lines = run("reference", "list", "person", "--search", "ЖАПАРОВ", "--json").output.splitlines()
    ids = {json.loads(line)["id"] for line in lines}
    assert {"person/sadyr-japarov", "person/akylbek-japarov"} <= ids
    assert run("reference", "list", "--search", "Q25597826").output.count("person/") == 1


def test_check_says_how_many_problems() -> None:
    result = run("reference", "check")
    assert result.exit_code == 0
    assert "0 problems" in result.output


def test_check_names_file_and_line(files: list[Path]) -> None:
    files[0].write_text(PERSON.replace("\tm\t", "\tx\t"), encoding="utf-8")
    result = run("reference", "check", files[0])
    assert result.exit_code == 1
    assert f"{files[0]} line 2: sex is 'x'" in result.output
    assert run("reference", "add", files[0], "--reference", files[0].parent / "mine").exit_code == 1
    assert not (files[0].parent / "mine").exists()


def test_added_rows_are_linked_and_stand_in_the_graph(files: list[Path], tmp_path: Path) -> None:
    mine, store = tmp_path / "mine", tmp_path / "store"
    assert run("reference", "add", *files, "--reference", mine).exit_code == 0
    article = {
        "text": "Министр рыболовства Киргизии Ильсур Дантесов прибыл в Осло.",
        "published": "2025-06-01",
        "id": "a",
    }
    (tmp_path / "a.json").write_text(json.dumps(article), encoding="utf-8")
    assert run("build", tmp_path / "a.json", "--store", store, "--reference", mine).exit_code == 0
    ask = "SELECT ?g WHERE { GRAPH ?g { id:person\\/ilsur-dantesov a dkg:Person } } ORDER BY ?g"
    output = run("query", ask, "--store", store, "--format", "csv").output
    assert "article/a" in output
    assert "graph/reference" in output


def test_derived_facts_are_left_out_on_demand(files: list[Path], tmp_path: Path) -> None:
    article = {
        "text": "Владимир Путин встретился в Астане с Касым-Жомартом Токаевым.",
        "published": "2024-11-27",
        "id": "a",
    }
    (tmp_path / "a.json").write_text(json.dumps(article), encoding="utf-8")
    store = tmp_path / "store"
    assert run("build", tmp_path / "a.json", "--store", store).exit_code == 0
    ask = "SELECT DISTINCT ?c WHERE { ?e dkg:representedCountry ?c } ORDER BY ?c"
    shown = run("query", ask, "--store", store, "--format", "csv").output
    assert "country/KZ" in shown
    assert "country/RU" in shown
    assert "country/" not in run("query", ask, "--store", store, "--format", "csv", "--no-derived").output
    for option, found in (("--derived", True), ("--no-derived", False)):
        run("export", "-o", tmp_path / "a.nq", "--store", store, option)
        assert ("/derived/a>" in (tmp_path / "a.nq").read_text(encoding="utf-8")) is found

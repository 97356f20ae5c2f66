"""The commands for what several articles tell of, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

BASE = "https://w3id.org/dkg/id/"
STORIES = Path(__file__).parent / "stories"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("links") / "store"
    result = run("build", STORIES / "articles.jsonl", "--store", folder)
    assert result.exit_code == 0, result.output
    assert "told by several articles" in result.stdout
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A store of one's own."""
    return Path(shutil.copytree(built, tmp_path / "store"))


def read_counts(*arguments: str | Path) -> dict[str, dict[str, int]]:
    result = run("stats", "--json", *arguments)
    assert result.exit_code == 0, result.output
    value: dict[str, dict[str, int]] = json.loads(result.stdout)
    return value


@pytest.mark.parametrize("command", ["link", "review", "evaluate-groups"])
def test_help_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: kg {command}" in result.output


def test_stats_count_events_once_unless_asked_for_mentions(built: Path) -> None:
    once, mentions = read_counts("--store", built), read_counts("--store", built, "--mentions")
    assert once["events"]["Talks"] < mentions["events"]["Talks"]
    assert once["merged"] == mentions["merged"]


def test_query_answers_once_unless_asked_for_mentions(built: Path) -> None:
    ask = ("query", "meetings-of", "--set", "person=sergey-lavrov", "-f", "csv", "--store", built)
    once, mentions = (run(*ask, *more).stdout.count("\n") for more in ((), ("--mentions",)))
    assert 1 < once < mentions


def test_mentions_of_a_text_are_its_own_business(built: Path) -> None:
    result = run("query", "SELECT ?e WHERE { ?e a dkg:Visit }", "--mentions", "--store", built)
    assert result.exit_code == 2
    assert "it says itself which events" in result.stderr


def test_view_takes_mentions(built: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "once.html", tmp_path / "mentions.html"]
    for page, more in zip(pages, ((), ("--mentions",)), strict=True):
        assert run("view", "-o", page, "--store", built, *more).exit_code == 0
    assert pages[0].stat().st_size < pages[1].stat().st_size


def test_building_again_changes_nothing(store: Path) -> None:
    before = run("export", "-f", "nquads", "--store", store).stdout_bytes
    assert run("build", STORIES / "articles.jsonl", "--store", store).exit_code == 0
    assert run("link", "--rebuild", "--store", store).exit_code == 0
    assert run("export", "-f", "nquads", "--store", store).stdout_bytes == before
    assert b"indexKey" not in before.replace(b"ns#indexKey> <", b"").split(b"graph/ontology")[0]


def test_review_is_filled_in_and_honoured_by_later_builds(store: Path) -> None:
    result = run("review", "--store", store)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    doubtful = next(row for row in rows if row["merged"] == "yes")
    decided = store.with_name("store-decisions.csv")
    decided.write_text(f"a,b,decision,who\n{doubtful['a']},{doubtful['b']},different,Анна\n", encoding="utf-8")
    is_one = f"ASK {{ ?whole dkg:merges <{BASE}{doubtful['a']}> , <{BASE}{doubtful['b']}> }}"
    assert "true" in run("query", is_one, "--store", store).stdout
    assert run("link", "--store", store).exit_code == 0
    assert "false" in run("query", is_one, "--store", store).stdout
    assert run("build", STORIES / "articles.jsonl", "--store", store).exit_code == 0
    assert "false" in run("query", is_one, "--store", store).stdout
    left = list(csv.DictReader(io.StringIO(run("review", "--store", store).stdout)))
    assert (doubtful["a"], doubtful["b"]) not in {(row["a"], row["b"]) for row in left}


def test_review_as_a_page(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    assert run("review", "-o", page, "--store", built).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_bad_decision_is_one_line_with_its_row(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "decided.csv"
    path.write_text("a,b,decision\nevent/1,event/2,perhaps\n")
    result = run("review", "--decisions", path, "--store", built)
    assert result.exit_code == 3
    assert result.stderr == f"kg: {path} row 2: the decision is 'perhaps', not same or different\n"


def test_decisions_on_what_is_not_there_are_a_warning(store: Path) -> None:
    decided = store.with_name("store-decisions.csv")
    decided.write_text("a,b,decision\nevent/1,event/2,same\nperson/nobody,person/vladimir-putin,different\n")
    for command in ("link", "review"):
        result = run(command, "--store", store)
        assert result.exit_code == 0
        warning = "decisions name 3 ids that the store does not have: event/1, event/2, person/nobody"
        assert f"kg: warning: {warning}\n" in result.stderr


def test_link_makes_no_store_of_a_mistyped_name(tmp_path: Path) -> None:
    result = run("link", "--store", tmp_path / "typo")
    assert result.exit_code == 3
    assert "there is no store here" in result.stderr
    assert not (tmp_path / "typo").exists()


def test_evaluate_groups() -> None:
    result = run("evaluate-groups", STORIES, "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["events"]["f1"] >= 0.9
    assert figures["documents"]["f1"] >= 0.9
    assert figures["taken for one"] == []
    table = run("evaluate-groups", STORIES)
    assert "kept apart" in table.stdout
    assert run("evaluate-groups", STORIES.parent).exit_code == 3

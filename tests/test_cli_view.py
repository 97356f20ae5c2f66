"""`kg view` and `kg report` as a user meets them, on a store of sample articles."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.graph.store import open_store
from kg.graph.view import unpack

PERSON, COUNTRY = "Садыр Жапаров", "KG"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A store of ten of the samples."""
    folder = tmp_path_factory.mktemp("view") / "store"
    result = run("build", *sorted(articles.glob("*.json"))[:10], "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A store without articles."""
    with open_store(tmp_path / "empty"):
        return tmp_path / "empty"


def kinds(path: Path) -> dict[str, set[str]]:
    """The types of the nodes of a page, by kind."""
    found: dict[str, set[str]] = {}
    for node in unpack(path.read_text(encoding="utf-8"))["nodes"]:
        found.setdefault(node["kind"], set()).add(node["type"])
    return found


@pytest.mark.parametrize("command", ["view", "report"])
def test_help_has_examples(command: str) -> None:
    assert f"Example: kg {command}" in run(command, "--help").output


def test_page_around_somebody(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    options = ("--entity", PERSON, "--hops", "2", "--since", "2024", "--type", "Talks,Visit", "--level", "events")
    result = run("view", *options, "--ui-lang", "en", "--max-nodes", "60", "-o", target, "--store", store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{target}\n", "")
    payload = unpack(target.read_text(encoding="utf-8"))
    assert (payload["language"], payload["level"], payload["title"]) == ("en", "events", "Sadyr Japarov")
    assert len(payload["nodes"]) <= 60
    assert kinds(target)["Event"] <= {"Talks", "Visit"}
    everything = tmp_path / "b.html"
    assert run("view", "-o", everything, "--store", store).exit_code == 0
    assert len(unpack(everything.read_text(encoding="utf-8"))["nodes"]) > len(payload["nodes"])


@pytest.mark.parametrize("suffix", ["html", "svg", "png", "graphml"])
def test_format_is_that_of_the_suffix(store: Path, tmp_path: Path, suffix: str) -> None:
    if suffix == "png":
        pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'diplomatic-kg[draw]'")
    target = tmp_path / f"a.{suffix}"
    assert run("view", "--entity", COUNTRY, "-o", target, "--store", store).exit_code == 0
    written = target.read_bytes()
    first = {"html": b"<!doctype html>", "svg": b"<svg ", "png": b"\x89PNG", "graphml": b"<?xml"}
    assert written.startswith(first[suffix])


def test_format_may_be_named(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "picture"
    assert run("view", "--entity", COUNTRY, "--format", "svg", "-o", target, "--store", store).exit_code == 0
    assert ElementTree.fromstring(target.read_bytes()).tag.endswith("svg")


def test_level_and_number_of_nodes(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.graphml"
    run("view", "--level", "actors", "--max-nodes", "7", "-o", target, "--store", store)
    graph = nx.read_graphml(io.BytesIO(target.read_bytes()))
    assert len(graph) == 7
    assert {data["kind"] for _, data in graph.nodes(data=True)} <= {"Person", "Country", "Organization"}


def test_query_of_edges(store: Path, tmp_path: Path) -> None:
    target, file = tmp_path / "a.graphml", tmp_path / "edges.rq"
    file.write_text("CONSTRUCT { ?event dkg:at ?place } WHERE { ?event a dkg:Visit ; dkg:place ?place }")
    assert run("view", "--query", file, "-o", target, "--store", store).exit_code == 0
    graph = nx.read_graphml(io.BytesIO(target.read_bytes()))
    assert {data["role"] for _, _, data in graph.edges(data=True)} == {"at"}
    assert run("view", "--query", "meeting-network", "-o", target, "--store", store).exit_code == 0
    assert max(data["weight"] for _, _, data in nx.read_graphml(target).edges(data=True)) > 1


def test_open_shows_the_file(store: Path, tmp_path: Path) -> None:
    browser, target = tmp_path / "browser", tmp_path / "a.html"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(browser.stat().st_mode | stat.S_IEXEC)
    command = [
        sys.executable,
        "-m",
        "kg",
        "view",
        "--entity",
        COUNTRY,
        "--open",
        "-o",
        str(target),
        "--store",
        str(store),
    ]
    subprocess.run(command, env=os.environ | {"BROWSER": str(browser)}, check=True, capture_output=True)
    assert (tmp_path / "opened").read_text().strip() == target.as_uri()


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (("--entity", "Мирзоёев"), 2, "did you mean person/shavkat-mirziyoyev"),
        (("--entity", "Жапаров"), 2, "may mean person/akylbek-japarov"),
        (("--since", "2025-13"), 2, "write 2025, 2025-01 or 2025-01-15"),
        (("--since", "2025", "--until", "2024-12"), 2, "before it begins"),
        (("--type", "Talk"), 2, "did you mean Talks?"),
        (("--status", "done"), 2, "there are cancelled"),
        (("--query", "meeting-off"), 2, "no saved query"),
        (("--query", "who-met-whom"), 2, "source and target"),
        (("--query", "SELECT ?x { ?x a "), 2, "line 1, column"),
        (("--since", "2031"), 1, "nothing in the store fits"),
        (("--entity", "country/AD"), 1, "nothing in the store fits"),
    ],
)
def test_what_cannot_be_shown_is_one_line(
    store: Path, tmp_path: Path, options: tuple[str, ...], status: int, told: str
) -> None:
    target = tmp_path / "a.html"
    result = run("view", *options, "-o", target, "--store", store)
    assert result.exit_code == status
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert not target.exists()


def test_unknown_suffix_is_refused(store: Path, tmp_path: Path) -> None:
    result = run("view", "-o", tmp_path / "a.xyz", "--store", store)
    assert result.exit_code == 2
    assert ".graphml" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_same_store_same_bytes(store: Path, tmp_path: Path) -> None:
    pages = []
    for name in ("a", "b"):
        for suffix in ("html", "svg", "graphml"):
            target = tmp_path / f"{name}.{suffix}"
            command = ["view", "--entity", COUNTRY, "-o", str(target), "--store", str(store)]
            subprocess.run([sys.executable, "-m", "kg", *command], check=True, capture_output=True)
            pages.append((suffix, target.read_bytes()))
    assert len(set(pages)) == 3


def test_report(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = run("report", "--country", COUNTRY, "--since", "2025", "-o", target, "--ui-lang", "en", "--store", store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{target}\n", "")
    page = target.read_text(encoding="utf-8")
    for part in ("<h1><bdi>Kyrgyzstan</bdi></h1>", "from 1 January 2025", "Timeline", "Sources", "<blockquote>"):
        assert part in page
    assert "<script" not in page


def test_report_about_anybody(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert run("report", "--entity", PERSON, "-o", target, "--store", store).exit_code == 0
    assert "Жапаров" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("view", "--format", "svg"), ("report", "--country", COUNTRY)])
def test_standard_output_holds_the_file_alone(store: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "-o", "-", "--store", store)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.rstrip().endswith(("</svg>", "</html>"))


def test_settings_without_a_query_are_refused(store: Path, tmp_path: Path) -> None:
    result = run("view", "--set", "since=2025", "-o", tmp_path / "a.html", "--store", store)
    assert result.exit_code == 2
    assert "--query" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ((), 2, "--country or --entity"),
        (("--country", "KG", "--entity", PERSON), 2, "--country or --entity"),
        (("--country", "ZZ"), 2, "knows no country"),
        (("--country", PERSON), 2, "knows no country"),
        (("--country", "person/shavkat-mirziyoyev"), 2, "is a person, not a country"),
        (("--country", "KG", "--since", "2031"), 1, "no event or document of that time names country/KG"),
        (("--country", "KG", "--since", "yesterday"), 2, "write 2025, 2025-01 or 2025-01-15"),
    ],
)
def test_no_report(store: Path, tmp_path: Path, options: tuple[str, ...], status: int, told: str) -> None:
    target = tmp_path / "report.html"
    result = run("report", *options, "-o", target, "--store", store)
    assert result.exit_code == status
    assert told in result.stderr
    assert not target.exists()


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("view", "-o", os.devnull, "--format", "html"), 1),
        (("report", "--country", "KG", "-o", os.devnull), 1),
        (("query", "topics"), 0),
        (("stats",), 0),
        (("review",), 0),
        (("export",), 0),
    ],
)
def test_a_store_without_articles_says_so(empty: Path, command: tuple[str, ...], status: int) -> None:
    result = run(*command, "--store", empty)
    assert result.exit_code == status
    assert "the store holds no articles yet" in result.stderr


def test_counts_as_json_stay_json_without_articles(empty: Path) -> None:
    assert json.loads(run("stats", "--json", "--store", empty).stdout)["articles"] == 0

"""The command line as a user meets it: answers, one-line errors, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.cli.options import GraphFormat, choose_format
from kg.cli.output import clean_text
from kg.evaluate.annotation import annotation_facts

COMMANDS = (
    "build",
    "fetch",
    "extract",
    "query",
    "queries",
    "view",
    "export",
    "stats",
    "evaluate",
    "train",
    "serve",
    "push",
)
KG = (sys.executable, "-m", "kg")
ASK = "SELECT ?id WHERE { ?a a dkg:Article ; dcterms:identifier ?id } ORDER BY ?id"
TITLE = "Путин прибыл в Астану"
SENTENCE = "Президент России Владимир Путин 27 ноября 2024 года прибыл с государственным визитом в Казахстан."


def run(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A store of three of the samples."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    result = run("build", *sorted(articles.glob("*.json"))[:3], "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_version() -> None:
    assert run("--version").output.startswith("kg 0.")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: kg {command}" in result.output


def test_help_lists_exit_statuses() -> None:
    assert "Exit status: 0 all went well" in run("--help").output


def test_help_starts_fast_and_loads_nothing_heavy() -> None:
    code = "import sys, kg.cli; print([m for m in ('spacy', 'rdflib', 'pyoxigraph', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_build_prints_a_summary(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TITLE}\n{SENTENCE}")
    result = run("build", path, "--store", tmp_path / "store")
    assert result.exit_code == 0, result.output
    assert "articles stored" in result.stdout
    assert result.stderr == ""


def test_bad_article_is_one_line_and_status_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": SENTENCE}) + '\n{"id": "b"}\n')
    result = run("build", path, "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert result.stderr == f'kg: {path} line 2: no "text"; the keys are id\n'
    assert run("query", ASK, "--store", tmp_path / "store", "-f", "csv").stdout.split() == ["id", "a"]


def test_limit_is_in_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a" * (2**20 + 1))
    result = run("extract", path, "--limit", "1")
    assert result.exit_code == 1
    assert "longer than the limit of 1,048,576 bytes" in result.stderr


@pytest.mark.parametrize("command", [("query", ASK), ("stats",), ("export",), ("view", "-o", "/dev/null")])
def test_missing_store_is_one_line_and_status_three(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--store", tmp_path / "none")
    assert result.exit_code == 3
    assert result.stderr.startswith(f"kg: {tmp_path / 'none'}: there is no store here")
    assert result.stderr.count("\n") == 1


def test_store_comes_from_the_environment(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    assert json.loads(run("stats", "--json").stdout)["articles"] == 3


def test_base_names_resources(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    run("build", "-", "--store", folder, "--base", "https://example.org/x/", text=f"{TITLE}\n{SENTENCE}")
    answer = run("query", "SELECT ?a WHERE { ?a a dkg:Article }", "--store", folder, "-f", "csv").stdout
    assert answer.splitlines()[1].startswith("https://example.org/x/article/")
    other = run("build", "-", "--store", folder, "--base", "https://example.org/y/", text="а")
    assert other.exit_code == 3


@pytest.mark.parametrize("query", ["meeting-off", "SELECT", "none.rq"])
def test_wrong_query_is_status_two(store: Path, query: str) -> None:
    result = run("query", query, "--store", store)
    assert result.exit_code == 2
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1


def test_setting_without_a_value_is_status_two(store: Path) -> None:
    result = run("query", ASK, "--set", "person", "--store", store)
    assert result.exit_code == 2
    assert "'person' is not name=value" in result.stderr


def test_unknown_command_is_status_two() -> None:
    assert run("frobnicate").exit_code == 2


def test_query_formats(store: Path, tmp_path: Path) -> None:
    ids = ["ru-001", "ru-002", "ru-003"]
    file = tmp_path / "ids.rq"
    file.write_text(ASK)
    assert [
        row["id"] for row in csv.DictReader(io.StringIO(run("query", file, "-f", "csv", "--store", store).stdout))
    ] == ids
    rows = json.loads(run("query", ASK, "-f", "json", "--store", store).stdout)["results"]["bindings"]
    assert [row["id"]["value"] for row in rows] == ids
    assert run("query", ASK, "-f", "tsv", "--store", store).stdout.split() == ["?id", *(f'"{id}"' for id in ids)]
    table = run("query", ASK, "--store", store).stdout
    assert all(id in table for id in ids)
    assert "\x1b" not in table


def test_saved_queries_are_listed_and_answer(store: Path) -> None:
    listed = run("queries")
    assert listed.exit_code == 0
    assert "who-met-whom" in listed.stdout
    assert run("query", "who-met-whom", "--store", store).exit_code == 0


def test_stats(store: Path) -> None:
    counts = json.loads(run("stats", "--json", "--store", store).stdout)
    assert counts["articles"] == 3
    assert counts["events"]
    assert "in the store" in run("stats", "--store", store).stdout


def test_view_writes_a_page(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "kg.html"
    assert run("view", "-o", path, "--store", store).exit_code == 0
    assert "<html" in path.read_text(encoding="utf-8")


def test_view_where_nothing_can_be_written(store: Path, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "page.html"):
        result = run("view", "--store", store, "-o", target)
        assert result.exit_code == 1
        assert result.output.startswith(f"kg: {target}: ")


def test_damaged_store_is_one_line_and_status_three(store: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(store, damaged)
    (damaged / "CURRENT").write_text("nothing of the kind", encoding="utf-8")
    result = run("build", "--store", damaged, "-", text="{}")
    assert result.exit_code == 3
    assert result.output.startswith(f"kg: {damaged}: ")


def test_export_to_file_and_to_standard_output_agree(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    assert run("export", "-o", path, "--store", store).exit_code == 0
    assert path.read_bytes() == run("export", "--format", "nquads", "--store", store).stdout_bytes
    one = run("export", "-f", "ntriples", "--article", "ru-001", "--store", store).stdout
    assert one
    assert "ru-002" not in one


def test_export_where_nothing_can_be_written(store: Path, tmp_path: Path) -> None:
    result = run("export", "-o", tmp_path / "none" / "x.ttl", "--store", store)
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        (None, None, "trig"),
        (None, "a.ttl", "turtle"),
        (None, "a.NT", "ntriples"),
        (None, "a.rdf", "xml"),
        (None, "graph", "trig"),
        (GraphFormat.JSONLD, "a.ttl", "jsonld"),
    ],
)
def test_export_format_is_that_of_the_suffix(given: GraphFormat | None, name: str | None, expected: str) -> None:
    assert choose_format(given, Path(name) if name else None) == expected


def test_export_to_an_unknown_suffix_is_refused(store: Path, tmp_path: Path) -> None:
    result = run("export", "-o", tmp_path / "g.xyz", "--store", store)
    assert result.exit_code == 2
    assert ".ttl, .trig" in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert run("export", "-o", tmp_path / "g.xyz", "--format", "turtle", "--store", store).exit_code == 0


def test_extract_from_standard_input() -> None:
    result = run("extract", "-", text=f"{TITLE}\n{SENTENCE}")
    assert result.exit_code == 0
    assert "Владимир Путин" in result.stdout
    assert "Visit" in result.stdout


def test_extract_json_is_an_annotated_article_a_line(articles: Path) -> None:
    result = run("extract", "--json", articles / "ru-001.json", articles / "ru-002.json")
    values = [json.loads(line) for line in result.stdout.splitlines()]
    assert [value["id"] for value in values] == ["ru-001", "ru-002"]
    for value in values:
        facts = annotation_facts(value)
        assert facts.events
        assert all(quote in facts.content for event in facts.events for quote in event.evidence)


def confidences(*arguments: str | Path) -> list[float]:
    """How sure the events are that kg extract finds."""
    shown = run("extract", "--json", *arguments)
    assert shown.exit_code == 0, shown.output
    return [event["confidence"] for line in shown.stdout.splitlines() for event in json.loads(line)["events"]]


def test_min_confidence_leaves_out_events_that_are_less_sure(articles: Path, tmp_path: Path) -> None:
    path = articles / "ru-001.json"
    every = confidences(path)
    middle = sorted(every)[len(every) // 2]
    assert min(every) < middle
    kept = [confidence for confidence in every if confidence >= middle]
    assert confidences(path, "--min-confidence", str(middle)) == kept
    assert len(confidences(path, "--min-confidence", "0")) >= len(every)
    run("build", path, "--min-confidence", str(middle), "--store", tmp_path / "store")
    counts = json.loads(run("stats", "--json", "--store", tmp_path / "store").stdout)
    assert sum(counts["events"].values()) == len(kept)


def test_min_confidence_trades_recall_for_precision(annotations: Path) -> None:
    usual, strict = (
        json.loads(run("evaluate", annotations, "--json", "--min-confidence", least).stdout)["events"]
        for least in ("0.5", "0.9")
    )
    assert strict[0] > usual[0]
    assert strict[1] < usual[1]


@pytest.mark.parametrize("value", ["1.1", "-0.1", "nan", "many"])
def test_min_confidence_is_a_share(value: str) -> None:
    result = run("extract", "-", f"--min-confidence={value}", text=SENTENCE)
    assert result.exit_code == 2
    assert "--min-confidence" in result.stderr


@pytest.mark.parametrize("command", ["build", "extract", "evaluate"])
def test_help_tells_the_least_confidence_of_the_pipeline(command: str) -> None:
    usual = (Language.get_factory_meta("event_finder").default_config or {})["least"]
    assert f"[default: {usual}]" in " ".join(run(command, "--help").output.split())


def test_explain_shows_events_that_are_not_sure_enough() -> None:
    shown = run("extract", "--explain", "--min-confidence", "1", "-", text=f"{TITLE}\n{SENTENCE}").stdout
    assert "no event, not sure enough" in shown
    assert "dropped: state Visit occurred 2024-11-27 confidence 0." in shown


def test_evaluate(annotations: Path, tmp_path: Path) -> None:
    (tmp_path / "ru-001.json").write_bytes((annotations / "ru-001.json").read_bytes())
    figures = json.loads(run("evaluate", tmp_path, "--json").stdout)
    assert figures["articles"] == 1
    assert figures["evidence"] == 1.0
    assert len(figures["triples"]) == 3
    shown = run("evaluate", tmp_path, "--verbose").stdout
    assert "triples" in shown
    assert "ru-001" in shown


def test_evaluate_without_annotations(tmp_path: Path) -> None:
    result = run("evaluate", tmp_path)
    assert result.exit_code == 3
    assert "no annotated article" in result.stderr


def test_articles_cannot_drive_the_terminal(tmp_path: Path) -> None:
    assert clean_text("a\x1b[31mb\x07\u202ec\n") == "a\ufffd[31mb\ufffd\ufffdc\n"
    result = run("extract", "-", text=f"\x1b]0;x\x07 [bold]{TITLE}[/bold]\n{SENTENCE}")
    assert "\x1b" not in result.output
    assert f"[bold]{TITLE}[/bold]" in result.stdout


def test_reader_that_has_seen_enough_is_no_error(store: Path) -> None:
    command = subprocess.Popen([*KG, "export", "--store", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert command.stdout is not None
    command.stdout.read(10)
    command.stdout.close()
    _, errors = command.communicate(timeout=60)
    assert (command.returncode, errors) == (0, b"")


def test_interrupt_ends_without_a_traceback(tmp_path: Path) -> None:
    command = subprocess.Popen(
        [*KG, "build", "-", "--store", tmp_path / "store"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    deadline = time.monotonic() + 120
    while not (tmp_path / "store" / "CURRENT").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    wait_until_idle(command.pid, deadline)
    command.send_signal(signal.SIGINT)
    _, errors = command.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert command.returncode == 130, errors


def wait_until_idle(pid: int, deadline: float) -> None:
    """Wait until a process has slept for a second: it then waits for its input."""
    before, since = "", time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 1:
        state, *fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        now = " ".join((state, *fields[10:12]))  # with its seconds of processor
        if now != before or state != "S":
            before, since = now, time.monotonic()
        time.sleep(0.05)

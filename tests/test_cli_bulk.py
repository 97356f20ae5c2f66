"""Long runs and care of the store on the command line: one-line errors, exit statuses, nothing half-written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

SENTENCE = "Президент России Владимир Путин 27 ноября 2024 года прибыл с государственным визитом в Казахстан."
KG = (sys.executable, "-m", "kg")


def run(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A store of two of the samples."""
    folder = tmp_path_factory.mktemp("care") / "store"
    result = run("build", *sorted(articles.glob("*.json"))[:2], "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("command", [("check",), ("backup",), ("restore",), ("compact",), ("load",), ("bulk", "spark")])
def test_help_has_an_example(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"Example: kg {' '.join(command)}" in " ".join(result.output.split())


def test_check(store: Path) -> None:
    result = run("check", "--store", store, "--json")
    assert result.exit_code == 0, result.output
    counts = json.loads(result.stdout)
    assert (counts["articles"], counts["faults"]) == (2, 0)
    assert counts["quotes"] > 5


def test_backup_restore_and_load_give_the_same_store(store: Path, tmp_path: Path) -> None:
    exported = run("export", "--format", "nquads", "--store", store).stdout
    assert run("backup", tmp_path / "b.nq.gz", "--store", store).exit_code == 0
    assert run("restore", tmp_path / "b.nq.gz", "--store", tmp_path / "restored").exit_code == 0
    assert run("compact", "--store", tmp_path / "restored").exit_code == 0
    assert run("export", "--format", "nquads", "--store", tmp_path / "restored").stdout == exported
    lines = [line for line in exported.splitlines() if "/article/" in line or "/derived/" in line]
    (tmp_path / "quads.nq").write_text("\n".join(lines), encoding="utf-8")
    loaded = run("load", tmp_path / "quads.nq", "--store", tmp_path / "loaded")
    assert loaded.exit_code == 0, loaded.output
    assert run("export", "--format", "nquads", "--store", tmp_path / "loaded").stdout == exported


def test_loading_refuses_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<http://x/a> <http://x/b> <http://x/c> <http://x/d> .\n")
    result = run("load", tmp_path / "a.nq", "--store", tmp_path / "store")
    assert result.exit_code == 3
    assert "no article" in result.stderr
    (tmp_path / "b.nq").write_text("nonsense")
    assert run("load", tmp_path / "b.nq", "--store", tmp_path / "store").exit_code == 3
    assert not (tmp_path / "store").exists()


def test_log_is_a_line_of_json_an_event(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": SENTENCE}) + '\n{"id": "b"}\n')
    result = run("build", path, "--store", tmp_path / "store", "--log-json")
    assert result.exit_code == 1
    assert result.stdout == ""
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert {event["event"] for event in events} == {"failed", "progress", "finished"}
    assert (events[-1]["articles"], events[-1]["failed"]) == (1, 1)
    assert Path(events[-1]["left_out"]).read_text(encoding="utf-8").count("\n") == 1
    assert json.loads(Path(events[-1]["record"]).read_text(encoding="utf-8"))["counts"]["articles"] == 1


def test_building_again_reads_nothing_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Визит\n{SENTENCE}", encoding="utf-8")
    run("build", path, "--store", tmp_path / "store")
    again = run("build", path, "--store", tmp_path / "store").stdout.replace("│", " ").splitlines()
    assert ["as", "they", "were", "before", "1"] in [line.split() for line in again]


def test_validation_passes_what_is_read(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyshacl")
    result = run("build", articles / "ru-001.json", "--store", tmp_path / "store", "--validate")
    assert result.exit_code == 0, result.output


def build_in_process(path: Path, store: Path, **limits: int) -> subprocess.CompletedProcess[str]:
    """``kg build`` in a process of its own, which may write files of so many bytes only."""

    def confine() -> None:
        if "size" in limits:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits["size"], limits["size"]))

    command = [*KG, "build", str(path), "--store", str(store)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=confine)


def test_full_disk_is_one_line_and_status_three(articles: Path, tmp_path: Path) -> None:
    """A disk on which files can no longer grow, as far as the process can tell."""
    result = build_in_process(articles / "ru-001.json", tmp_path / "store", size=300_000)
    assert result.returncode == 3
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1
    done = run("build", articles / "ru-001.json", "--store", tmp_path / "store")
    assert done.exit_code == 0, done.output
    assert json.loads(run("check", "--store", tmp_path / "store", "--json").stdout)["faults"] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_folder_that_may_not_be_written(articles: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    result = run("build", articles / "ru-001.json", "--store", tmp_path / "store")
    tmp_path.chmod(0o755)
    assert result.exit_code == 3
    assert str(tmp_path / "store") in result.stderr


def test_missing_model_is_told_before_anything_is_written(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "natasha").mkdir()
    (tmp_path / "natasha" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    from kg.ingest import data_version

    data_version.cache_clear()
    result = run("build", articles / "ru-001.json", "--store", tmp_path / "store")
    data_version.cache_clear()
    assert result.exit_code == 3
    assert "the natasha package lacks" in result.stderr
    assert not (tmp_path / "store").exists()

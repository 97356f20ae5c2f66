"""``kg train`` as a user meets it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.cli.failures import UNUSABLE, USAGE
from kg.train.linear import load_models

FEW = 6


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


@pytest.fixture
def few(tmp_path: Path, annotations: Path) -> Path:
    """A folder of a few annotated samples."""
    folder = tmp_path / "few"
    folder.mkdir()
    for path in sorted(annotations.glob("*.json"))[:FEW]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_help_has_an_example() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Example: kg train" in result.output
    assert "diplomatic-kg[train]" in result.output


def test_models_are_written(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    result = run(few, "-o", tmp_path / "models.json.gz")
    assert result.exit_code == 0, result.output
    assert f"models from {FEW} articles" in result.output
    assert load_models(tmp_path / "models.json.gz")["cue"].weights


def test_cross_validation_prints_figures(few: Path) -> None:
    pytest.importorskip("sklearn")
    result = run(few, "--cross-validate", 2)
    assert result.exit_code == 0, result.output
    for heading in ("measure", "event type", "share", "confidence from", "predicted"):
        assert heading in result.output


def test_more_articles_are_learned_from_and_not_measured(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    more = tmp_path / "more"
    more.mkdir()
    article = json.loads(sorted(few.glob("*.json"))[0].read_text(encoding="utf-8"))
    (more / "another.json").write_text(json.dumps(article | {"id": "another"}), encoding="utf-8")
    measured = run(few, "--also", more, "--cross-validate", 2)
    assert measured.exit_code == 0, measured.output
    assert re.search(rf"articles\W+{FEW}\b", measured.output)
    written = run(few, "--also", more, "-o", tmp_path / "models.json.gz")
    assert f"models from {FEW + 1} articles" in written.output


def test_one_fold_is_no_cross_validation(few: Path) -> None:
    assert run(few, "--cross-validate", 1).exit_code == USAGE


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    result = run(tmp_path, "-o", tmp_path / "models.json.gz")
    assert (result.exit_code, result.output.count("\n")) == (UNUSABLE, 1)
    assert "no annotated article" in result.output


def test_a_missing_folder_for_the_models_is_told_before_training(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    result = run(few, "-o", tmp_path / "none" / "models.json.gz")
    assert (result.exit_code, result.output.count("\n")) == (UNUSABLE, 1)
    assert "no such folder" in result.output


@pytest.mark.parametrize("library", ["sklearn", "scipy"])
def test_missing_libraries_name_the_extra(few: Path, library: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from kg.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "train", str(few)], capture_output=True, text=True, check=False)
    assert done.returncode == UNUSABLE
    assert "pip install 'diplomatic-kg[train]'" in done.stderr
    assert done.stderr.count("\n") == 1

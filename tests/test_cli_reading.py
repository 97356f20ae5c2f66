"""The command line over many formats: options, counts, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from tests.sources.making import RSS, TEXT, TITLE, make_csv, make_page, make_warc, pack, write


def run(*arguments: str | Path, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


def count(result: Result) -> dict[str, str]:
    """The rows of the summary."""
    lines = [line.strip("│┃ ").split() for line in result.stdout.splitlines() if "│" in line]
    return {" ".join(words[:-1]).rstrip(" │"): words[-1] for words in lines if words}


def test_folder_of_all_sorts(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder / "a.html", make_page())
    write(folder / "b.xml", RSS)
    write(folder / "c.warc.gz", make_warc([("https://a.example/", make_page().encode(), "text/html")]))
    write(
        folder / "d.csv.gz", pack(make_csv([{"текст": "В Астане открылась выставка.", "дата": "2024-11-27"}]).encode())
    )
    write(folder / "e.pdf", b"%PDF-1.7 noise")
    english = "The president said that the talks on the supply of gas would be held in the capital of the country."
    write(folder / "f.txt", f"News\n{english}")
    write(folder / "g.odt", TEXT)
    result = run("build", folder, "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kg: {folder}/e.pdf: not a PDF that can be read")
    assert result.stderr.count("\n") == 1
    counts = count(result)
    assert counts["articles stored"] == "3"
    assert counts["articles failed"] == "1"
    assert counts["duplicates left out"] == "2"
    assert counts["in other languages"] == "1"
    assert counts["other files, not read"] == "1"
    (path,) = (tmp_path / "store-runs").glob("*.left-out.jsonl")
    assert f"what was left out, and why: {path}" in result.stdout
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["OtherFiles", "Duplicate", "Duplicate", "ReadError", "OtherLanguage"]
    assert lines[1].keys() == {"kind", "where", "id", "of", "likeness", "url", "message"}
    assert lines[3]["where"] == f"{folder}/e.pdf"


def test_what_is_left_out_is_no_failure(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.html", make_page())
    write(tmp_path / "news" / "b.html", make_page(charset="utf-8"))
    result = run("build", tmp_path / "news", "--store", tmp_path / "store", "--repeats")
    assert result.exit_code == 1  # the very same article twice is a repeated id
    assert "was read before in this run" in result.stderr
    result = run("build", tmp_path / "news", "--store", tmp_path / "store")
    assert (result.exit_code, result.stderr) == (0, "")


def test_columns_and_format(tmp_path: Path) -> None:
    table = make_csv([{"b": TEXT, "t": TITLE, "day": "2024-11-27"}])
    options = ("--format", "csv", "--column", "text=b", "--column", "title=t", "--column", "published=day", "--json")
    result = run("extract", "-", *options, text=table)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["title"], found["published"]) == (TITLE, "2024-11-27")


def test_as_is_keeps_buttons(tmp_path: Path) -> None:
    text = f"{TITLE}\n{TEXT}\nПоделиться"
    assert "Поделиться" not in json.loads(run("extract", "-", "--json", text=text).stdout)["text"]
    assert "Поделиться" in json.loads(run("extract", "-", "--json", "--as-is", text=text).stdout)["text"]


def test_column_that_is_given_twice_is_status_two() -> None:
    result = run("extract", "-", "--column", "text=a", "--column", "text=b", text="а")
    assert result.exit_code == 2
    assert "given twice" in result.stderr


@pytest.mark.parametrize("column", ["text", "text=", "body=b", "=b"])
def test_wrong_column_is_status_two(column: str) -> None:
    assert run("extract", "-", "--column", column, text="а").exit_code == 2

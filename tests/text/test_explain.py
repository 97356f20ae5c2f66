"""Why events were found: what the explanation holds and how the command prints it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from kg.cli import app
from kg.records import Article
from kg.text.explain import Explanation, explain_article

TITLE = "Путин и Токаев провели переговоры в Астане"
TEXT = (
    "Президент России Владимир Путин 27 ноября провёл переговоры с президентом Казахстана Касым-Жомартом Токаевым "
    "в Астане. Журналисты обсудили новый договор аренды со своей редакцией."
)
ARTICLE = Article("made-up", TEXT, title=TITLE, published=datetime.date(2024, 11, 27))


@pytest.fixture(scope="module")
def explanation(nlp: Language) -> Explanation:
    found = explain_article(nlp, ARTICLE)
    assert isinstance(found, Explanation)
    return found


def test_the_cue_stands_with_its_type_and_participants(explanation: Explanation) -> None:
    (reading,) = (r for r in explanation.readings if (r.word, r.sentence, r.type) == ("переговоры", 1, "Talks"))
    assert reading.accepted
    assert reading.probability >= reading.threshold
    kept = {rating.entity.id for rating in reading.roles if rating.role == "participant" and rating.kept}
    assert kept == {"person/vladimir-putin", "person/kassym-jomart-tokayev"}
    assert reading.events


def test_what_was_chosen_is_what_scored_best(explanation: Explanation) -> None:
    for reading in explanation.readings:
        for options in (reading.statuses, reading.dates):
            assert [option.chosen for option in options] == [number == 0 for number in range(len(options))]
            assert [option.score for option in options] == sorted((o.score for o in options), reverse=True)


def test_rejected_readings_are_below_the_threshold(explanation: Explanation) -> None:
    rejected = [reading for reading in explanation.readings if not reading.accepted]
    assert rejected
    for reading in rejected:
        assert reading.probability < reading.threshold
        assert (reading.roles, reading.statuses, reading.dates, reading.events) == ((), (), (), ())


def test_readings_of_one_event_are_merged(explanation: Explanation) -> None:
    (merger,) = (m for m in explanation.mergers if m.type == "Talks")
    assert [number for _, number in merger.words] == [0, 1]
    assert [event.key for event in explanation.events if event.type == "Talks"] == list(merger.events)


def write(folder: Path) -> str:
    path = folder / "made-up.json"
    path.write_text(json.dumps({"id": "made-up", "title": TITLE, "text": TEXT, "published": "2024-11-27"}))
    return str(path)


def test_the_command_prints_plain_lines_when_piped(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["extract", "--explain", write(tmp_path)])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == f"made-up · 2024-11-27 · {TITLE}"
    assert any(line.startswith("    переговоры as Talks ") and " accepted: e" in line for line in lines)
    assert any("Владимир Путин (person/vladimir-putin): kept" in line for line in lines)
    assert any(" rejected: below " in line for line in lines)
    assert not any(mark in result.stdout for mark in "│├└\x1b")


def test_the_command_fails_with_an_article_that_fails(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}")
    write(tmp_path)
    result = CliRunner().invoke(app, ["extract", "--explain", str(tmp_path)])
    assert result.exit_code == 1
    assert 'bad.json: no "text"' in result.stderr
    assert "Talks" in result.stdout


def test_an_explanation_is_not_json(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["extract", "--explain", "--json", write(tmp_path)])
    assert result.exit_code == 2
    assert "cannot stand with --json" in result.stderr

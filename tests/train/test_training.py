"""Training on the annotated samples: what is aligned, what comes out, and that it comes out alike."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("sklearn")

from kg.errors import DataError
from kg.records import STATUSES
from kg.text.components.events import EventFinder
from kg.train.linear import LinearModel, dump_models, load_models
from kg.training import Step, Trainer, cross_validate, read_lessons
from kg.training.alignment import Alignment
from kg.training.folds import deal
from kg.training.readings import list_clear, list_cues, list_first
from kg.training.validation import Judgement, calibrate

if TYPE_CHECKING:
    from kg.training.lessons import Case

FEW = 12  # of the samples, where few will do


@pytest.fixture(scope="module")
def models(cases: Sequence[Case]) -> dict[str, LinearModel]:
    """Models of all samples."""
    return Trainer(cases).train(range(len(cases)))


def test_most_annotated_events_have_a_cue(cases: Sequence[Case]) -> None:
    total = found = 0
    for alignment in map(Alignment, cases):
        covered = {
            n for cue in alignment.case.scene.cues for kind in cue.types for n in alignment.find_numbers(cue, kind)
        }
        total += len(alignment.case.lesson.facts.events)
        found += len(covered)
    assert found / total > 0.8


def test_clear_cues_stand_in_the_evidence_of_their_event(cases: Sequence[Case]) -> None:
    for alignment in map(Alignment, cases[:FEW]):
        doc = alignment.case.scene.doc
        for cue, event in list_clear(alignment):
            start = doc.text.find(event.evidence[0])
            assert start <= doc[cue.token].idx < start + len(event.evidence[0])
            assert event.type in cue.types


def test_doubtful_cues_are_examples_in_titles_only(cases: Sequence[Case]) -> None:
    for alignment in map(Alignment, cases[:FEW]):
        scene = alignment.case.scene
        readings = [(cue, kind) for cue in scene.cues for kind in cue.types]
        told = [r for r in readings if alignment.find_events(*r)]
        doubtful = [r for r in readings if r not in told and alignment.is_doubtful(*r)]
        titled = [r for r in doubtful if scene.sentence[r[0].token] == 0]
        scene.news[:] = ["4"]
        examples = list(list_cues(alignment))
        scene.news.clear()
        assert len(examples) == len(readings) - len(doubtful) + len(titled)
        assert sum(example.labels[0] for example in examples) == len(told) + len(titled)


def test_participants_are_among_the_entities_that_were_found(cases: Sequence[Case]) -> None:
    labels = [
        example.labels[0] for a in map(Alignment, cases) for example in list_first(a) if example.model == "participant"
    ]
    assert 0.1 < sum(labels) / len(labels) < 0.5


def test_every_model_of_the_pipeline_is_there(models: dict[str, LinearModel], cases: Sequence[Case]) -> None:
    assert {f"status-{status}" for status in STATUSES} <= set(models)
    assert all(
        models[name].weights for name in ("cue", "participant", "country", "place", "date", "date-2", "same", "event")
    )
    scene = cases[0].scene
    assert EventFinder(scene.gazetteer, scene.taxonomy, models, shift=0.0, least=0.0).find_events(scene)


def test_the_same_articles_give_the_same_bytes(
    models: dict[str, LinearModel], cases: Sequence[Case], tmp_path: Path
) -> None:
    dump_models(models, tmp_path / "one.gz")
    dump_models(Trainer(cases).train(range(len(cases))), tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert load_models(tmp_path / "one.gz") == models


def test_a_seed_changes_only_what_is_cross_fitted(cases: Sequence[Case]) -> None:
    few = cases[:FEW]
    plain, shuffled = (Trainer(few, seed).train(range(FEW)) for seed in (None, 7))
    assert plain["participant"] == shuffled["participant"]
    assert plain["date-2"] != shuffled["date-2"]


def test_the_steps_are_reported(cases: Sequence[Case]) -> None:
    steps: list[Step] = []
    Trainer(cases[:FEW]).train(range(FEW), steps.append)
    assert [step.done for step in steps] == list(range(len(steps)))
    assert {step.total for step in steps} == {len(steps)}


def test_one_article_is_enough_to_come_through(cases: Sequence[Case]) -> None:
    assert Trainer(cases[:1]).train([0])["cue"]


def test_cross_validation_reads_every_article_once(cases: Sequence[Case]) -> None:
    validation = cross_validate(cases, 3)
    assert (validation.scores.articles, validation.scores.missing) == (len(cases), 0)
    events = validation.scores.find("events")
    assert events is not None
    assert events.f1 > 0.5  # models of twenty articles
    assert [bin.low for bin in validation.bins] == sorted(bin.low for bin in validation.bins)
    assert len(validation.bins) == 5


def test_calibration_compares_confidence_with_what_is_right() -> None:
    judgements = [Judgement(0.5 + n / 200, n % 2 == 0 or n > 80) for n in range(100)]
    bins = calibrate(judgements)
    assert [bin.events for bin in bins] == [20] * 5
    assert [bin.observed for bin in bins] == [0.5, 0.5, 0.5, 0.5, 1.0]
    assert bins[0].predicted == pytest.approx(0.5475)
    assert len(calibrate(judgements[:3])) == 3
    assert calibrate([]) == ()


@pytest.mark.parametrize(("count", "folds"), [(7, 3), (2, 5), (5, 5), (0, 3)])
def test_folds_share_out_the_articles(count: int, folds: int) -> None:
    for seed in (None, 3):
        dealt = deal(range(count), folds, seed)
        assert sorted(i for fold in dealt for i in fold) == list(range(count))
        assert all(dealt)
        assert dealt == deal(range(count), folds, seed)


def change_sample(folder: Path, sample: Path, **changes: Any) -> None:
    """A sample with other fields, beside the sample itself."""
    shutil.copy(sample, folder / "sample.json")
    value = json.loads(sample.read_text(encoding="utf-8")) | changes
    (folder / "other.json").write_text(json.dumps({k: v for k, v in value.items() if v is not None}), encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "'ru-001' comes 2 times"),
        ({"id": "x", "events": None}, r"other\.json: not an annotated article: no 'events'"),
        ({"id": "x", "text": 5}, r"other\.json"),
        ({"id": "x", "lang": "en"}, r"other\.json: its language is 'en'"),
    ],
)
def test_faulty_articles_are_told(tmp_path: Path, annotations: Path, changes: dict[str, Any], message: str) -> None:
    change_sample(tmp_path, annotations / "ru-001.json", **changes)
    with pytest.raises(DataError, match=message):
        read_lessons(tmp_path)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no annotated article"):
        read_lessons(tmp_path)

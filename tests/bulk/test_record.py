"""What stays of a build, and what is known of it while it runs."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg.bulk.building import build
from kg.bulk.inputs import Inputs
from kg.bulk.record import Record, write_record
from kg.bulk.settings import Settings
from kg.graph.iris import graph_iri
from kg.graph.namespaces import PROV, RDF
from kg.graph.store import open_store
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language

START = datetime.datetime(2025, 11, 26, 12, tzinfo=datetime.UTC)


def test_a_build_leaves_a_file_and_an_activity(made_up: Path, tmp_path: Path, nlp: Language) -> None:
    with open_store(tmp_path / "store") as store:
        summary = build(list(read_articles([made_up]))[:3], store, nlp=nlp)
        before = set(store.quads())
        end = START + datetime.timedelta(seconds=5)
        path = write_record(store, Record(START, end, Settings(), summary))
        assert set(store.quads()) == before
        runs = graph_iri(store.base, "runs")
        (activity,) = store.inner.quads_for_pattern(None, RDF.type, PROV.Activity, runs)
        (used,) = store.inner.quads_for_pattern(activity.subject, PROV.used, None, runs)
        assert list(store.inner.quads_for_pattern(None, PROV.wasGeneratedBy, used.object, None))
        answer = store.query("SELECT ?n WHERE { GRAPH ?g { ?run prov:startedAtTime ?n } }")
        assert [row["n"].value for row in answer] == ["2025-11-26T12:00:00Z"]  # type: ignore[index, union-attr]
    assert path is not None
    assert path.parent == tmp_path / "store-runs"
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["run"] == activity.subject.value  # type: ignore[union-attr]
    assert (value["counts"]["articles"], value["finished"], value["settings"]["workers"]) == (3, True, None)
    assert value["worker_memory"] > 0


def test_a_store_in_memory_has_no_file() -> None:
    with open_store(None) as store:
        summary = build([], store)
        assert write_record(store, Record(START, START, Settings(), summary)) is None


def test_inputs_know_how_far_the_reader_is(tmp_path: Path) -> None:
    for name, size in (("a.jsonl", 1000), ("b.jsonl", 3000)):
        (tmp_path / name).write_bytes(b"x" * size)
    inputs = Inputs([tmp_path])
    assert (inputs.total, inputs.position()) == (4000, 0)
    with (tmp_path / "b.jsonl").open("rb", buffering=0) as stream:
        stream.read(500)
        assert inputs.position() == 1500
    assert inputs.position() == 1500
    for unknown in (["-"], [tmp_path / "a.jsonl", "-"], [tmp_path / "none"]):
        assert Inputs(unknown).total is None

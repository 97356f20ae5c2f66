"""The store from Python, on disk and behind a server, with the README's own example."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

import kg
from kg.errors import StoreError
from kg.graph.namespaces import XSD
from kg.graph.session import Session, make_value
from tests.serve.conftest import make_store, run_server

README = Path(__file__).parent.parent.parent / "README.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("session") / "store")


@pytest.fixture(scope="module", params=["disk", "server"])
def session(request: pytest.FixtureRequest, folder: Path) -> Iterator[Session]:
    """The same store, opened as a folder and behind a server."""
    if request.param == "disk":
        with kg.open_store(folder) as opened:
            yield opened
    else:
        with run_server(folder, "--quiet") as server, kg.open_store(server.sparql) as opened:
            yield opened


def test_rows_are_named_tuples(session: Session) -> None:
    (row,) = session.query("SELECT ?c ?code ?no { ?c dkg:iso2 ?code } ORDER BY ?code LIMIT 1", code="KG")
    assert (row.c, row.code, row.no) == ("https://example.org/id/country/KG", "KG", None)
    assert session.query("ASK {}")[0].answer is True
    (row,) = session.query("SELECT (1 AS ?class) ('2025-11-26'^^xsd:date AS ?day) {}")
    assert row == (1, datetime.date(2025, 11, 26))


def test_saved_queries_take_parameters(session: Session) -> None:
    meetings = session.query("meetings-of", person="Садыр Жапаров")
    assert "переговоры" in [row.type for row in meetings]
    (holder, *_) = session.query("office-holders", of="KG", on=datetime.date(2025, 11, 26), office="head_of_state")
    assert "Жапаров" in holder.name


def test_graphs_are_triples(session: Session) -> None:
    rows = session.query("CONSTRUCT WHERE { <https://example.org/id/country/KG> dkg:iso2 ?o }")
    assert [row.object for row in rows] == ["KG"]


def test_dataset_is_rdflib(session: Session) -> None:
    rows = session.dataset.query(
        'SELECT ?c { ?c <https://w3id.org/dkg/ns#iso2> "KG" }', initNs={"dkg": "https://w3id.org/dkg/ns#"}
    )
    assert {str(row[0]) for row in rows} == {"https://example.org/id/country/KG"}  # type: ignore[index]


def test_networkx(session: Session) -> None:
    network = session.to_networkx()
    assert network.number_of_nodes() == 18
    assert network.nodes["https://example.org/id/person/sadyr-japarov"]["label_en"] == "Sadyr Japarov"
    assert {"participant", "country", "place"} <= {role for _, _, role in network.edges(data="role")}


def test_networkx_writes_what_it_is_given(session: Session, tmp_path: Path) -> None:
    network = session.to_networkx()
    nx.write_graphml(network, tmp_path / "network.graphml")
    again = nx.read_graphml(tmp_path / "network.graphml", force_multigraph=True)
    assert dict(again.nodes(data="confidence")) == dict(network.nodes(data="confidence"))
    assert again.number_of_edges() == network.number_of_edges()


def test_pandas(session: Session) -> None:
    pytest.importorskip("pandas")
    assert {"kind", "date", "status", "event"} <= set(session.to_pandas().columns)
    assert len(session.to_pandas()) >= 3
    frame = session.to_pandas("SELECT ?code { ?c dkg:iso2 ?code }")
    assert len(frame) > 190


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (NamedNode("http://x.example/"), "http://x.example/"),
        (BlankNode("a"), "_:a"),
        (Literal("да", language="ru"), "да"),
        (Literal("0.5", datatype=XSD.decimal), 0.5),
        (Literal("true", datatype=XSD.boolean), True),
        (Literal("-0001-01-01", datatype=XSD.date), "-0001-01-01"),
        (Literal("x", datatype=XSD.integer), "x"),
        (Literal("2025-11", datatype=XSD.gYearMonth), "2025-11"),
    ],
)
def test_values(term: NamedNode | BlankNode | Literal | None, value: object) -> None:
    assert make_value(term) == value


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        kg.open_store(tmp_path / "none")


def test_the_example_of_the_readme_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = (
        block for block in re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL) if "open_store" in block
    )
    monkeypatch.setenv("KG_STORE", str(folder))
    exec(compile(code, "README.md", "exec"), {})

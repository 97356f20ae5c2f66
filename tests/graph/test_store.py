"""One suite over the store on disk and its twin in memory, and what only the one on disk can do."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import URIRef

from kg.errors import QueryError, StoreError
from kg.graph.iris import article_iri, graph_iri
from kg.graph.mapping import extraction_quads
from kg.graph.ontology import DKG
from kg.graph.reference import reference_quads
from kg.graph.store import Store, open_store
from kg.knowledge.tables import Tables
from kg.records import Article, Extraction


def make_article(store: Store, id_: str, title: str = "title") -> tuple[Quad, ...]:
    return tuple(extraction_quads(Extraction(Article(id_, "text", title=title)), store.base))


def values(answer: object) -> list[str]:
    return sorted(str(row[0].value) for row in answer)  # type: ignore[attr-defined]


def test_article_comes_back(store: Store, extraction: Extraction) -> None:
    quads = set(extraction_quads(extraction, store.base))
    store.replace_article("made-up-1", quads)
    assert set(store.quads(article_iri(store.base, "made-up-1"))) == quads
    assert list(store.articles()) == ["made-up-1"]


def test_twice_is_once(store: Store, extraction: Extraction) -> None:
    store.replace_article("made-up-1", extraction_quads(extraction, store.base))
    before = set(store.inner)
    store.replace_article("made-up-1", extraction_quads(extraction, store.base))
    assert set(store.inner) == before


def test_replacing_leaves_nothing_old_and_touches_nothing_else(store: Store) -> None:
    store.replace_article("a", make_article(store, "a", "old"))
    store.replace_article("b", make_article(store, "b"))
    store.replace_article("a", make_article(store, "a", "new"))
    assert set(store.quads()) == {*make_article(store, "a", "new"), *make_article(store, "b")}
    store.remove_article("a")
    store.remove_article("unheard-of")
    assert list(store.articles()) == ["b"]


def test_empty_article_empties_its_graph(store: Store) -> None:
    store.replace_article("a", make_article(store, "a"))
    store.replace_article("a", ())
    assert list(store.quads()) == []


@pytest.mark.parametrize("graph", [article_iri("https://w3id.org/dkg/id/", "b"), DefaultGraph()])
def test_quads_of_another_graph_are_refused(store: Store, graph: NamedNode | DefaultGraph) -> None:
    store.replace_article("a", make_article(store, "a"))
    node = NamedNode("https://x.example/")
    with pytest.raises(StoreError, match="was given for"):
        store.replace_article("a", [Quad(node, node, node, graph)])
    assert set(store.quads()) == set(make_article(store, "a"))


@pytest.mark.parametrize(
    "text",
    [
        '\\u0022 . } } ; DROP ALL ; INSERT DATA { GRAPH <http://x/> { <http://x/> <http://x/> "',
        "\\\\u0022",
        '"""',
        "\r\n\t\x00\x1f\x7f",
        "} ; CLEAR ALL #",
        "\u2028\ufffe\U0001f600",
    ],
)
def test_literals_cannot_leave_the_update(store: Store, text: str) -> None:
    store.replace_article("b", make_article(store, "b"))
    graph = article_iri(store.base, "a")
    quad = Quad(graph, DKG.iso2, Literal(text), graph)
    store.replace_article("a", [quad])
    assert set(store.quads()) == {quad, *make_article(store, "b")}


def test_query_sees_the_union_and_knows_the_prefixes(store: Store) -> None:
    store.replace_article("a", make_article(store, "a", "one"))
    store.replace_article("b", make_article(store, "b", "two"))
    assert values(store.query("SELECT ?t WHERE { ?a a dkg:Article ; dcterms:title ?t }")) == ["one", "two"]
    assert values(store.query("SELECT ?t WHERE { GRAPH id:article\\/b { ?a dcterms:title ?t } }")) == ["two"]


def test_prefixes_of_the_query_win(store: Store) -> None:
    store.replace_article("a", make_article(store, "a"))
    text = "PREFIX dkg: <http://purl.org/dc/terms/> SELECT ?t WHERE { ?a dkg:title ?t }"
    assert values(store.query(text)) == ["title"]


def test_bindings_are_terms_not_text(store: Store) -> None:
    store.replace_article("a", make_article(store, "a", '" } #'))
    text = "SELECT ?title ?id WHERE { ?a dcterms:title ?title ; dcterms:identifier ?id }"
    found = list(store.query(text, {"title": Literal('" } #', language="ru")}))
    assert [str(row["id"].value) for row in found] == ["a"]  # type: ignore[index]
    assert list(store.query(text, {"title": Literal("other", language="ru")})) == []


@pytest.mark.parametrize(
    ("text", "bindings"),
    [("SELECT", {}), ("SELECT ?x WHERE { ?x a nope:Thing }", {}), ("SELECT ?x WHERE { ?x a ?y }", {"z": Literal("1")})],
)
def test_broken_queries_are_reported(store: Store, text: str, bindings: dict[str, Literal]) -> None:
    with pytest.raises(QueryError):
        store.query(text, bindings)


def test_dataset_reads_the_same(store: Store, extraction: Extraction) -> None:
    quads = set(extraction_quads(extraction, store.base))
    store.replace_article("made-up-1", quads)
    graph = store.dataset.graph(URIRef(article_iri(store.base, "made-up-1").value))
    assert len(graph) == len(quads)
    (count,) = next(iter(store.dataset.query("SELECT (COUNT(?e) AS ?n) WHERE { ?e a dkg:Event }")))
    assert int(count) == len(extraction.events)


def test_reference_is_loaded_once_a_version(store: Store, tables: Tables) -> None:
    quads = set(reference_quads(tables, store.base))
    store.replace_article("a", make_article(store, "a"))
    assert store.load_reference(quads, "1")
    assert not store.load_reference(unread(), "1")
    assert set(store.quads()) == quads | set(make_article(store, "a"))
    few = {quad for quad in quads if quad.predicate == DKG.iso2}
    assert store.load_reference(few, "2")
    assert set(store.quads()) == few | set(make_article(store, "a"))
    assert store.reference_version() == "2"


def unread() -> Iterable[Quad]:
    raise AssertionError("the quads were asked for")
    yield


def test_reference_cut_short_is_loaded_again(store: Store) -> None:
    graph = graph_iri(store.base, "reference")
    quad = Quad(graph, DKG.iso2, Literal("KG"), graph)
    store.load_reference([quad], "1")

    def broken() -> Iterable[Quad]:
        yield quad
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.load_reference(broken(), "2")
    assert store.reference_version() is None
    assert store.load_reference([quad], "2")


def test_counts(store: Store, extraction: Extraction) -> None:
    store.replace_article("made-up-1", extraction_quads(extraction, store.base))
    store.replace_article("b", make_article(store, "b"))
    counts = store.counts
    assert counts.articles == 2
    assert counts.events == (("Visit", 2), ("Invitation", 1), ("Statement", 1), ("Summit", 1), ("Talks", 1))
    assert counts.documents == (("JointStatement", 1), ("Treaty", 1))
    assert dict(counts.entities) == {"Person": 3, "City": 2, "Country": 2, "Organization": 1, "Region": 1, "Venue": 1}
    assert (counts.tenures, counts.evidence, counts.reference) == (2, 10, 0)


def test_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")
    store.close()


# On disk only.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store"


def test_store_lasts(folder: Path) -> None:
    with open_store(folder, base="https://example.org/kg") as store:
        store.replace_article("a", make_article(store, "a"))
        assert len(store.dataset) > 0
    with open_store(folder) as store:
        assert store.base == "https://example.org/kg/"
        assert set(store.quads()) == set(make_article(store, "a"))


def test_lock_is_let_go_after_an_error(folder: Path) -> None:
    with pytest.raises(QueryError), open_store(folder) as store:
        store.query("nonsense")
    open_store(folder).close()


def test_reading_beside_a_writer(folder: Path) -> None:
    with open_store(folder) as writer:
        writer.replace_article("a", make_article(writer, "a"))
        with pytest.raises(StoreError, match="another process is writing"):
            open_store(folder)
        with open_store(folder, read_only=True) as reader:
            assert list(reader.articles()) == ["a"]
            for write in (lambda: reader.remove_article("a"), lambda: reader.load_reference((), "1")):
                with pytest.raises(StoreError, match="reading only"):
                    write()


def test_reading_where_there_is_nothing(folder: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        open_store(folder, read_only=True)
    assert not folder.exists()


def test_folders_and_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("dear")
    for path in (tmp_path, tmp_path / "thesis.doc"):
        with pytest.raises(StoreError, match="not a store"):
            open_store(path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_store_of_another_program_or_format_is_refused(tmp_path: Path) -> None:
    node = NamedNode("https://x.example/")
    foreign = ox.Store(str(tmp_path / "foreign"))
    foreign.add(Quad(node, node, node, node))
    later = ox.Store(str(tmp_path / "later"))
    later.add(Quad(node, DKG.storeFormat, Literal("99"), node))
    del foreign, later
    with pytest.raises(StoreError, match="another program"):
        open_store(tmp_path / "foreign")
    with pytest.raises(StoreError, match="format 99"):
        open_store(tmp_path / "later")


def test_another_base_is_refused(folder: Path) -> None:
    open_store(folder, base="https://example.org/a/").close()
    with pytest.raises(StoreError, match="its resources stand below"):
        open_store(folder, base="https://example.org/b/")


WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, Quad
from kg.graph.iris import article_iri
from kg.graph.ontology import DKG
from kg.graph.store import open_store

with open_store(Path(sys.argv[1])) as store:
    graph = article_iri(store.base, "a")
    for version in range(1, 1000):
        store.replace_article("a", [Quad(graph, DKG.iso2, Literal(f"{version} {n}"), graph) for n in range(3000)])
        print(version, flush=True)
"""


def run_until_killed(code: str, folder: Path, delay: float) -> int:
    """Kill a writer so many seconds after it has written three times; the last number that it told of."""
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            done = int(writer.stdout.readline())
        time.sleep(delay)
        writer.kill()
    return done


@pytest.mark.parametrize("delay", [0.0, 0.007, 0.02, 0.05])
def test_killed_writer_leaves_one_whole_version(folder: Path, delay: float) -> None:
    done = run_until_killed(WRITER, folder, delay)
    with open_store(folder) as store:
        held = [str(quad.object.value).split() for quad in store.quads()]  # type: ignore[union-attr]
    assert len(held) == 3000
    (version,) = {version for version, _ in held}
    assert int(version) >= done


BATCHES = """
import sys
from pathlib import Path
from kg.graph.iris import article_iri
from kg.graph.store import MANY, MOST, open_store

with open_store(Path(sys.argv[1])) as store:
    for batch in range(1000):
        found = []
        for n in range(20):
            graph = article_iri(store.base, f"{batch}-{n}")
            lines = (f'{graph} <http://example.org/p> "{n} {i} {"x" * 60}" {graph} .' for i in range(400))
            found.append((f"{batch}-{n}", "\\n".join(lines).encode() + b"\\n"))
        assert MANY < sum(len(lines) for _, lines in found)
        assert sum(lines.count(b"\\n") for _, lines in found) < MOST
        store.put_articles(found)
        print(batch, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06])
def test_of_many_articles_all_are_stored_or_none(folder: Path, delay: float) -> None:
    done = run_until_killed(BATCHES, folder, delay)
    with open_store(folder) as store:
        held = Counter(quad.graph_name.value for quad in store.quads())
        noted = {quad.object.value for quad in store.inner.quads_for_pattern(None, DKG.unlinked, None, None)}  # type: ignore[union-attr]
        graphs = {str(graph.value) for graph in store.inner.named_graphs()}
        marker = graph_iri(store.base, "store").value
    assert set(held.values()) == {400}
    assert len(held) % 20 == 0
    assert len(held) >= 20 * (done + 1)
    assert held.keys() == noted == graphs - {marker}


def test_of_two_articles_of_one_id_the_last_counts(folder: Path) -> None:
    with open_store(folder) as store:
        graph = article_iri(store.base, "a")
        quads = [Quad(graph, DKG.iso2, Literal(text), graph) for text in ("one", "two")]
        store.put_articles(("a", f"{quad} .\n".encode()) for quad in quads)
        assert list(store.quads()) == quads[1:]

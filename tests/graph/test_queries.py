"""The saved queries: each parses, runs quickly and answers; parameters are read as their kind says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.config import queries_path
from kg.errors import DataError, QueryError
from kg.graph.mapping import extraction_quads
from kg.graph.ontology import load_ontology
from kg.graph.parameters import OR, PARSERS
from kg.graph.queries import SavedQuery, load_queries, parse_query, run_query
from kg.graph.reference import reference_quads
from kg.graph.results import Table
from kg.graph.store import Store, open_store
from kg.knowledge.tables import Tables
from kg.records import Extraction, When

QUERIES = load_queries()

# Query, parameters, the columns to look at, the rows expected (all of them, in this order).
CASES: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[str, ...]]]] = [
    (
        "meetings-of",
        {"person": "Садыр Жапаров"},
        ("date", "type", "with", "where", "status"),
        [
            ("2025-12", "саммит", "СНГ", "Санкт-Петербург", "запланировано"),
            ("2025-11-26", "переговоры", "Владимир Владимирович Путин", "Бишкек, Ынтымак Ордо", "идёт"),
        ],
    ),
    ("meetings-of", {"person": "Придуманный"}, ("date",), []),
    (
        "who-met-whom",
        {},
        ("who", "whom", "meetings", "first"),
        [("Садыр Нургожоевич Жапаров", "Владимир Владимирович Путин", "1", "2025-11-26")],
    ),
    ("who-met-whom", {"person": "vladimir-putin"}, ("meetings",), [("1",)]),
    ("who-met-whom", {"person": "Александр Лукашенко"}, ("meetings",), []),
    (
        "visits-of",
        {"person": "Putin"},
        ("date", "host", "where", "visitRank", "status"),
        [("2025-11-25", "Киргизия", "Бишкек", "государственный", "состоялось")],
    ),
    ("visits-of", {"person": "Putin", "year": "2025", "rank": "state"}, ("date",), [("2025-11-25",)]),
    ("visits-of", {"person": "Putin", "year": "2024"}, ("date",), []),
    ("visits-of", {"person": "Putin", "rank": "dkg:working"}, ("date",), []),
    ("visits-by-country", {}, ("visitor", "host", "visits"), [("Россия", "Киргизия", "1")]),
    ("visits-by-country", {"country": "KG", "year": "2025"}, ("visits",), [("1",)]),
    ("visits-by-country", {"country": "Казахстан"}, ("visits",), []),
    (
        "agreements-between",
        {"a": "Россия", "b": "Kyrgyzstan"},
        ("label", "kind", "status"),
        [
            ("договор о дружбе", "договор", "действует"),
            ("совместное заявление о союзничестве", "совместное заявление", "подготовлен"),
        ],
    ),
    ("agreements-between", {"a": "Россия", "b": "Россия"}, ("label",), []),
    (
        "planned-events",
        {},
        ("label", "date"),
        [("поездка на озеро", "2025-11-27/2025-11-29"), ("встреча СНГ", "2025-12")],
    ),
    ("planned-events", {"since": "2025-11-30"}, ("label",), [("встреча СНГ",)]),
    ("planned-events", {"country": "Россия"}, ("label",), [("встреча СНГ",)]),
    ("venues", {}, ("name", "cities", "events", "kinds"), [("Ынтымак Ордо", "Бишкек", "1", "переговоры")]),
    (
        "events-at",
        {"place": "Бишкек"},
        ("label", "where"),
        [
            ("переговоры Владимира Путина и Садыра Жапарова", "Бишкек, Ынтымак Ордо"),
            ("визит Владимира Путина в Киргизию", "Бишкек"),
        ],
    ),
    ("events-at", {"place": "country/KG"}, ("date",), [("2025-11-27/2025-11-29",), ("2025-11-26",), ("2025-11-25",)]),
    (
        "meeting-network",
        {},
        ("sourceLabel", "targetLabel", "weight"),
        [
            ("СНГ", "Садыр Нургожоевич Жапаров", "1"),
            ("Садыр Нургожоевич Жапаров", "Владимир Владимирович Путин", "1"),
        ],
    ),
    ("meeting-network", {"until": "2025-11-26"}, ("sourceLabel",), [("Садыр Нургожоевич Жапаров",)]),
    (
        "bilateral-timeline",
        {"a": "RU", "b": "KG"},
        ("date", "type"),
        [("", "приглашение"), ("2025-11-25", "визит"), ("2025-11-26", "переговоры"), ("2025-12", "саммит")],
    ),
    (
        "bilateral-timeline",
        {"a": "RU", "b": "KG", "since": "2025-11-26", "until": "2025-11"},
        ("type",),
        [("переговоры",)],
    ),
    ("bilateral-timeline", {"a": "RU", "b": "KG", "since": "2025-11-26", "until": "2025-11-01"}, ("type",), []),
    ("bilateral-timeline", {"a": "RU", "b": "KG", "since": "2025-11-26"}, ("type",), [("переговоры",), ("саммит",)]),
    (
        "office-holders",
        {"of": "Киргизия", "on": "2015-06-01", "office": "head_of_state"},
        ("name", "title", "start", "end"),
        [("Алмазбек Атамбаев", "президент", "2011-12-01", "2017-11-24")],
    ),
    (
        "office-holders",
        {"of": "KG", "on": "2017-11-23", "office": "президент"},
        ("name",),
        [("Алмазбек Атамбаев",)],
    ),
    (
        "statements-of",
        {"person": "Придуманный"},
        ("topics", "evidence"),
        [("прочее", "Об этом рассказал Иван Придуманный")],
    ),
    ("sanctions", {}, ("date",), []),
    ("expulsions-and-protests", {"country": "Россия"}, ("date",), []),
    ("invitations", {}, ("by", "invited"), [("Владимир Владимирович Путин", "Садыр Нургожоевич Жапаров")]),
    ("invitations", {"person": "Путин"}, ("status",), [("состоялось",)]),
    (
        "documents-by-status",
        {},
        ("stands", "label", "parties"),
        [
            ("действует", "договор о дружбе", "Киргизия, Россия"),
            ("подготовлен", "совместное заявление о союзничестве", "Киргизия, Россия"),
        ],
    ),
    ("documents-by-status", {"status": "in_force"}, ("kind",), [("договор",)]),
    (
        "events-in-period",
        {"since": "2025-11-26", "until": "2025-12"},
        ("kind",),
        [("переговоры",), ("визит",), ("саммит",)],
    ),
    ("events-in-period", {"since": "2025", "until": "2025", "type": "Visit"}, ("kind",), [("визит",), ("визит",)]),
    ("events-in-period", {"since": "2025", "until": "2026", "type": "Visit"}, ("kind",), [("визит",), ("визит",)]),
    ("events-in-period", {"since": "2025", "until": "2026", "type": "Measure"}, ("kind",), []),
    (
        "article-evidence",
        {"article": "made-up-1"},
        ("type", "quote"),
        [
            ("переговоры", "В резиденции «Ынтымак Ордо» 26 ноября идут переговоры Владимира Путина и Садыра Жапарова."),
            ("визит", "Гость прилетел в Бишкек накануне с государственным визитом."),
            ("приглашение", "Президент России позвал коллегу"),
            ("саммит", "декабрьскую встречу СНГ в Санкт-Петербурге"),
            ("заявление", "Об этом рассказал Иван Придуманный"),
            ("визит", "Экспедиция на озеро намечена на 27–29 ноября."),
        ],
    ),
    ("conflicts", {}, ("conflict",), []),  # between articles: tests/graph/links
    ("conflicts", {"about": "date"}, ("conflict",), []),
    ("document-history", {"party": "RU"}, ("label",), []),
    ("meetings-of", {"person": "Садыр Жапаров", "mentions": "yes"}, ("date",), [("2025-12",), ("2025-11-26",)]),
    ("meetings-of", {"person": "Садыр Жапаров", "mentions": "no"}, ("date",), [("2025-12",), ("2025-11-26",)]),
    ("topics", {}, ("name", "events"), [("безопасность", "1"), ("прочее", "1"), ("торговля", "1")]),
    ("topics", {"country": "KG"}, ("name",), [("безопасность",), ("торговля",)]),
]


def select(table: Table, store: Store, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    places = [table.columns.index(column) for column in columns]
    return [tuple(sort_parts(row[place]) for place in places) for row in table.cells(store.prefixes)]


def sort_parts(cell: str) -> str:
    """The values that GROUP_CONCAT joined, in an order of our own: it has none."""
    return ", ".join(sorted(cell.split(", ")))


@pytest.mark.parametrize(
    ("name", "params", "columns", "rows"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_saved_query(
    full: Store, name: str, params: dict[str, str], columns: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    start = time.perf_counter()
    table = run_query(full, name, params)
    assert select(table, full, columns) == rows
    assert time.perf_counter() - start < 1
    assert not {parameter.name for parameter in QUERIES[name].parameters} & set(table.columns)


def test_plans_without_a_year_come_last(extraction: Extraction, tables: Tables) -> None:
    dates = dict(zip(("e3", "e4", "e6"), (None, When("2026-01"), When("--12")), strict=True))
    events = tuple(
        replace(event, status="planned", when=dates[event.key]) for event in extraction.events if event.key in dates
    )
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        store.replace_article("made-up-1", extraction_quads(replace(extraction, events=events), store.base))
        table = run_query(store, "planned-events")
    assert [row[table.columns.index("date")] and str(row[table.columns.index("date")].value) for row in table.rows] == [
        "2026-01", "--12", None,
    ]  # fmt: skip


def test_what_an_event_lacks_matches_nothing(extraction: Extraction, tables: Tables) -> None:
    """A variable left open by one OPTIONAL must not match the whole store in the next."""
    bare = tuple(replace(event, rank=None, topics=(), documents=(), when=None) for event in extraction.events)
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        store.replace_article("made-up-1", extraction_quads(replace(extraction, events=bare), store.base))
        for name, params, columns, _ in CASES:
            table = run_query(store, name, params)
            assert len(table.rows) <= 10, name
            assert all(len(cell) < 200 for row in select(table, store, columns) for cell in row), name


@pytest.fixture(scope="module")
def crowd(extraction: Extraction, tables: Tables) -> Iterator[Store]:
    """Three hundred articles that name the same people: labels that stand in every graph must not multiply rows."""
    with open_store(None) as store:
        store.load_reference(reference_quads(tables, store.base), "1")
        for number in range(300):
            article = replace(extraction.article, id=f"made-up-{number}")
            store.replace_article(article.id, extraction_quads(replace(extraction, article=article), store.base))
        yield store


@pytest.mark.parametrize(("name", "params"), {case[0]: (case[0], case[1]) for case in CASES}.values())
def test_saved_query_stays_quick(crowd: Store, name: str, params: dict[str, str]) -> None:
    start = time.perf_counter()
    run_query(crowd, name, params)
    assert time.perf_counter() - start < 3


def test_every_saved_query_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(QUERIES)
    assert len(QUERIES) >= 14


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_saved_query_is_described_and_stands_alone(query: SavedQuery) -> None:
    assert query.title
    assert query.description
    for parameter in query.parameters:
        assert OR in parameter.kind or parameter.kind in PARSERS or parameter.kind in load_ontology().terms
    prepareQuery(query.text)  # rdflib, with no prefixes but the query's own


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_saved_query_runs_unbound(full: Store, query: SavedQuery) -> None:
    """As an endpoint's user sends it, with no parameter bound."""
    start = time.perf_counter()
    assert list(full.query(query.text)) is not None  # type: ignore[arg-type]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("meetings-off", {}, "did you mean meetings-of"),
        ("nonsense", {}, "there are agreements-between"),
        ("missing.rq", {}, "missing.rq"),
        ("meetings-of", {}, r"needs person \(the person"),
        ("meetings-of", {"person": "Никто"}, "no person named 'Никто'"),
        ("meetings-of", {"person": "Жапаров"}, "person/akylbek-japarov"),
        ("meetings-of", {"person": "Путин", "foo": "1"}, "no parameter foo; it has person"),
        ("visits-of", {"person": "Путин", "year": "MMXXV"}, "not a whole number"),
        ("visits-of", {"person": "Путин", "rank": "grand"}, "no term 'grand'"),
        ("planned-events", {"since": "2025-13"}, "not a date"),
        ("planned-events", {"mentions": "perhaps"}, "neither yes nor no"),
        ("conflicts", {"about": "mood"}, "'mood' is not one of date, status, visitRank, place, count"),
        ("meetings-of", {"person": "country/RU"}, r"'country/RU' \(Россия\) is a country, not a person"),
        ("SELECT ?x WHERE {", {}, "does not parse at line 1, column 18"),
    ],
)
def test_what_is_wrong_is_said(full: Store, name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(full, name, params)


def test_text_with_parameters(full: Store) -> None:
    text = "SELECT DISTINCT ?person ?label WHERE { ?person skos:prefLabel ?label FILTER(LANG(?label) = 'en') }"
    table = run_query(full, text, {"person": "id:person/vladimir-putin"})
    assert select(table, full, ("label",)) == [("Vladimir Putin",)]


def test_own_file_with_heading(full: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_text(
        "# title: Own\n# param who Person optional: who\nSELECT ?who (COUNT(*) AS ?n) WHERE "
        "{ ?e dkg:participant ?p FILTER(?p = COALESCE(?who, ?p)) } GROUP BY ?who",
        encoding="utf-8",
    )
    assert select(run_query(full, str(path)), full, ("n",)) == [("9",)]
    assert select(run_query(full, str(path), {"who": "Путин"}), full, ("n",)) == [("3",)]


@pytest.mark.parametrize(
    ("text", "form", "rows"),
    [
        ("ASK { ?s a dkg:Visit }", "ask", [("true",)]),
        ("ASK { ?s a dkg:Aid }", "ask", [("false",)]),
        ("CONSTRUCT { ?s a sem:Event } WHERE { ?s a dkg:Talks }", "graph", [("event/", "rdf:type", "sem:Event")]),
        ("DESCRIBE dkg:Aid", "graph", [("dkg:Aid", "rdf:type", "owl:Class")]),
    ],
)
def test_other_forms(full: Store, text: str, form: str, rows: list[tuple[str, ...]]) -> None:
    table = run_query(full, text)
    assert table.form == form
    assert len(table.cells(full.prefixes)[0]) == len(rows[0])
    assert any(
        all(cell.startswith(want) for cell, want in zip(row, rows[0], strict=True))
        for row in table.cells(full.prefixes)
    )


def test_heading() -> None:
    query = parse_query("x", "# title: T\n# answers: A\n# param a: any\n# param b date optional: day\nASK {}")
    assert (query.title, query.description) == ("T", "A")
    assert [(p.name, p.kind, p.optional, p.description) for p in query.parameters] == [
        ("a", "thing", False, "any"),
        ("b", "date", True, "day"),
    ]


def test_query_without_title_is_broken(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("ASK {}")
    with pytest.raises(DataError, match=r"bad\.rq.*title"):
        load_queries(tmp_path)


def test_queries_lie_in_their_folder() -> None:
    assert {path.stem for path in queries_path().glob("*.rq")} == set(QUERIES)

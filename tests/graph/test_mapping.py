"""From an extraction to quads: what is said, with which datatypes, and that nothing an article holds can break it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import Dataset

from kg.errors import AnalysisError, DataError
from kg.graph.iris import article_iri
from kg.graph.literals import make_decimal, make_name, make_text
from kg.graph.mapping import extraction_quads
from kg.graph.namespaces import DCTERMS, OA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.graph.ontology import DKG
from kg.graph.scope import Run
from kg.graph.store import open_store
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When
from tests.graph.sample import BISHKEK, JAPAROV, KYRGYZSTAN, PUTIN, RUSSIA, TALKS, VISIT, YNTYMAK

BASE = "https://w3id.org/dkg/id/"


def node(id_: str) -> NamedNode:
    return NamedNode(BASE + id_)


def map_events(*events: Event) -> tuple[Quad, ...]:
    article = Article("a", "text " * 50, title="title")
    return tuple(extraction_quads(Extraction(article, events=events), BASE))


def objects(quads: tuple[Quad, ...], subject: object, predicate: NamedNode) -> list[object]:
    return [quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate]


def subjects(quads: tuple[Quad, ...], kind: NamedNode) -> list[object]:
    return [quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == kind]


@pytest.fixture(scope="module")
def quads(extraction: Extraction) -> tuple[Quad, ...]:
    return tuple(extraction_quads(extraction, BASE))


def test_all_stands_in_the_graph_of_the_article(quads: tuple[Quad, ...]) -> None:
    assert {quad.graph_name for quad in quads} == {node("article/made-up-1")}
    assert len(set(quads)) == len(quads)


def test_article(quads: tuple[Quad, ...], extraction: Extraction) -> None:
    article = node("article/made-up-1")
    assert objects(quads, article, RDF.type) == [DKG.Article]
    assert objects(quads, article, DCTERMS.identifier) == [Literal("made-up-1")]
    assert objects(quads, article, DCTERMS.title) == [Literal(extraction.article.title, language="ru")]
    assert objects(quads, article, DCTERMS.language) == [Literal("ru")]
    assert objects(quads, article, SCHEMA.datePublished) == [Literal("2025-11-26", datatype=XSD.date)]
    assert objects(quads, article, SCHEMA.url) == [NamedNode("https://news.example/ru/1")]
    assert objects(quads, article, SCHEMA.mentions) == [node(e.id) for e in (PUTIN, JAPAROV, BISHKEK)]
    (run,) = objects(quads, article, PROV.wasGeneratedBy)
    assert objects(quads, run, RDF.type) == [DKG.Run]


def test_talks(quads: tuple[Quad, ...]) -> None:
    (talks,) = subjects(quads, DKG.Talks)
    day = Literal("2025-11-26", datatype=XSD.date)
    expected: dict[NamedNode, list[object]] = {
        RDF.type: [DKG.Talks, DKG.Event],
        SKOS.prefLabel: [Literal("переговоры Владимира Путина и Садыра Жапарова", language="ru")],
        RDFS.label: [Literal("переговоры Владимира Путина и Садыра Жапарова", language="ru")],
        DKG.participant: [node(PUTIN.id), node(JAPAROV.id)],
        DKG.country: [node(RUSSIA.id), node(KYRGYZSTAN.id)],
        DKG.host: [node(KYRGYZSTAN.id)],
        DKG.place: [node(YNTYMAK.id), node(BISHKEK.id)],
        DKG.date: [day],
        DKG.earliest: [day],
        DKG.latest: [day],
        DKG.status: [DKG.ongoing],
        DKG.document: subjects(quads, DKG.JointStatement),
        DKG.topic: [node("topic/trade"), node("topic/security")],
        DKG.subEventOf: subjects(quads, DKG.Visit)[:1],
        DKG.confidence: [Literal("0.93", datatype=XSD.decimal)],
    }
    for predicate, values in expected.items():
        assert objects(quads, talks, predicate) == values, predicate


def test_rank_stands_on_the_visit(quads: tuple[Quad, ...]) -> None:
    visit, trip = subjects(quads, DKG.Visit)
    assert objects(quads, visit, DKG.visitRank) == [DKG.state]
    assert objects(quads, trip, DKG.visitRank) == [DKG.working]


def test_known_things_are_named_and_new_ones_described(quads: tuple[Quad, ...]) -> None:
    aide, lake = node("person/иван-придуманный"), node("region/озеро")
    assert objects(quads, node(PUTIN.id), SKOS.prefLabel) == [
        Literal("Владимир Владимирович Путин", language="ru"),
        Literal("Vladimir Putin", language="en"),
    ]
    assert objects(quads, node(YNTYMAK.id), DKG.within) == []  # the reference graph says it
    assert objects(quads, lake, DKG.within) == [node(KYRGYZSTAN.id)]
    assert objects(quads, aide, SKOS.altLabel) == [Literal("Придуманный", language="ru")]
    assert objects(quads, node(RUSSIA.id), DKG.iso2) == [Literal("RU")]


def test_document_and_tenure(quads: tuple[Quad, ...]) -> None:
    (treaty,) = subjects(quads, DKG.Treaty)
    assert objects(quads, treaty, RDFS.label) == [Literal("договор о дружбе", language="ru")]
    assert objects(quads, treaty, DKG.documentStatus) == [DKG.inForce]
    assert objects(quads, treaty, DKG.party) == [node(RUSSIA.id), node(KYRGYZSTAN.id)]
    tenure = subjects(quads, DKG.Tenure)[0]
    assert objects(quads, tenure, DKG.person) == [node(PUTIN.id)]
    assert objects(quads, tenure, DKG.officeTitle) == [Literal("президент", language="ru")]
    assert objects(quads, tenure, DKG.of) == [node(RUSSIA.id)]
    assert objects(quads, tenure, DKG.office) == [node("office/president")]


def test_quotes_stand_in_the_text_to_the_letter(quads: tuple[Quad, ...], extraction: Extraction) -> None:
    content = extraction.article.content
    supported = {quad.subject for quad in quads if quad.predicate == DKG.evidence}
    assert len(supported) == len(extraction.events) + len(extraction.documents) + len(extraction.tenures)
    for annotation in subjects(quads, OA.Annotation):
        (target,) = objects(quads, annotation, OA.hasTarget)
        quote, position = objects(quads, target, OA.hasSelector)
        (exact,) = objects(quads, quote, OA.exact)
        start, end = (int(objects(quads, position, p)[0].value) for p in (OA.start, OA.end))  # type: ignore[attr-defined]
        assert content[start:end] == exact.value  # type: ignore[attr-defined]
        assert set(objects(quads, annotation, OA.hasBody)) <= supported


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-11-26", {"date": ("2025-11-26", "date"), "earliest": "2025-11-26", "latest": "2025-11-26"}),
        ("2024-02", {"date": ("2024-02", "gYearMonth"), "earliest": "2024-02-01", "latest": "2024-02-29"}),
        ("2025", {"date": ("2025", "gYear"), "earliest": "2025-01-01", "latest": "2025-12-31"}),
        ("--12-03", {"date": ("--12-03", "gMonthDay")}),
        ("--12", {"date": ("--12", "gMonth")}),
    ],
)
def test_dates(when: str, expected: dict[str, object]) -> None:
    quads = map_events(replace(VISIT, when=When(when)))
    (visit,) = subjects(quads, DKG.Visit)
    for name in ("date", "earliest", "latest"):
        value = expected.get(name)
        text, kind = value if isinstance(value, tuple) else (value, "date")
        wanted = [Literal(text, datatype=XSD[kind])] if text else []  # type: ignore[arg-type]
        assert objects(quads, visit, DKG[name]) == wanted
    assert objects(quads, visit, DKG.startDate) == []


def test_interval() -> None:
    quads = map_events(replace(VISIT, when=When("2025-11-25", "2025-12")))
    (visit,) = subjects(quads, DKG.Visit)
    assert objects(quads, visit, DKG.date) == []
    assert objects(quads, visit, DKG.startDate) == [Literal("2025-11-25", datatype=XSD.date)]
    assert objects(quads, visit, DKG.endDate) == [Literal("2025-12", datatype=XSD.gYearMonth)]
    assert objects(quads, visit, DKG.latest) == [Literal("2025-12-31", datatype=XSD.date)]


def test_same_extraction_gives_the_same_quads(extraction: Extraction, quads: tuple[Quad, ...]) -> None:
    assert tuple(extraction_quads(extraction, BASE)) == quads


def test_order_of_participants_does_not_change_the_event(quads: tuple[Quad, ...], extraction: Extraction) -> None:
    turned = replace(TALKS, arguments=TALKS.arguments[::-1])
    again = tuple(extraction_quads(replace(extraction, events=(turned, *extraction.events[1:])), BASE))
    assert subjects(again, DKG.Talks) == subjects(quads, DKG.Talks)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "x"},
        {"trigger": Span(1, 2)},
        {"when": When("2025")},
        {"arguments": ()},
        {"type": "Meeting", "rank": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_events_of_an_article_never_collide(change: dict[str, object]) -> None:
    other = replace(VISIT, **{"key": "other", **change})  # type: ignore[arg-type]
    assert len(subjects(map_events(VISIT, other), DKG.Event)) == 2


def test_same_event_of_two_articles_has_two_iris(extraction: Extraction, quads: tuple[Quad, ...]) -> None:
    other = replace(extraction, article=replace(extraction.article, id="made-up-2"))
    assert not set(subjects(quads, DKG.Event)) & set(subjects(tuple(extraction_quads(other, BASE)), DKG.Event))


def test_tenure_said_twice_is_one_with_both_quotes() -> None:
    tenures = (
        Tenure(PUTIN, "президент", RUSSIA, (Span(0, 2),)),
        Tenure(PUTIN, "президент", RUSSIA, (Span(3, 5),), "president", 0.9),
    )
    quads = tuple(extraction_quads(Extraction(Article("a", "text", title="title"), tenures=tenures), BASE))
    (tenure,) = subjects(quads, DKG.Tenure)
    assert len(objects(quads, tenure, DKG.evidence)) == 2
    assert objects(quads, tenure, DKG.confidence) == [Literal("0.9", datatype=XSD.decimal)]
    assert objects(quads, tenure, DKG.office) == [node("office/president")]


def test_run_tells_settings_apart(extraction: Extraction) -> None:
    runs = [Run("1"), Run("2"), Run("1", (("model", "small"),))]
    made = [subjects(tuple(extraction_quads(extraction, BASE, run)), DKG.Run)[0] for run in runs]
    assert len(set(made)) == 3


@pytest.mark.parametrize(
    ("event", "error", "message"),
    [
        (replace(VISIT, documents=("d9",)), AnalysisError, "article a: event e2 refers to d9"),
        (replace(VISIT, part_of="e9"), AnalysisError, "refers to e9"),
        (replace(VISIT, when=When("2025-02-31")), AnalysisError, "2025-02-31 is not a date"),
        (replace(VISIT, type="Vist"), DataError, "dkg:Vist"),
        (replace(VISIT, status="perhaps"), DataError, "dkg:perhaps"),
    ],
)
def test_contradictory_records_are_named(event: Event, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        map_events(event)


@pytest.mark.parametrize(
    ("url", "is_address"),
    [
        ("https://news.example/а?b=c", True),
        ("javascript:alert(1)", False),
        ("http://a b", False),
        ("http://[", False),
        ("/x", False),
    ],
)
def test_only_web_addresses_are_links(url: str, is_address: bool) -> None:
    quads = tuple(extraction_quads(Extraction(Article("a", "text", url=url)), BASE))
    assert objects(quads, node("article/a"), SCHEMA.url) == [NamedNode(url) if is_address else Literal(url)]


@pytest.mark.parametrize(
    ("lang", "name", "expected"),
    [
        ("ru", "Москва", "ru"),
        ("en", "Moscow", "en"),
        ("en", "Москва", "ru"),
        ("ru_RU", "x", "ru-ru"),
        ("no such", "x", None),
        ("", "x", None),
    ],
)
def test_languages(lang: str, name: str, expected: str | None) -> None:
    assert make_name(name, lang).language == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.5, "0.5"), (1, "1"), (0, "0"), (1 / 3, "0.333"), (7, "1"), (-1, "0"), (float("nan"), None)],
)
def test_shares(value: float, expected: str | None) -> None:
    literal = make_decimal(value)
    assert (literal.value if literal else None) == expected


HOSTILE = st.text(max_size=25) | st.sampled_from(
    [
        '"',
        "\\u0022 . } ; DROP ALL ; #",
        "'''",
        "\r\n",
        "\x00",
        "\ud800",
        "<script>",
        "\u202e",
        "﻿",
        "e\u0301",
        "%%",
        "\\",
    ]
)
KINDS = st.sampled_from(["Person", "Country", "City", "Region", "Venue", "Organization"])
ENTITIES = st.builds(
    Entity,
    id=HOSTILE.map("x/".__add__),
    kind=KINDS,
    name=HOSTILE,
    name_en=st.none() | HOSTILE,
    iso2=st.none() | HOSTILE,
    within=st.none() | HOSTILE,
    aliases=st.lists(HOSTILE, max_size=2).map(tuple),
    known=st.booleans(),
)
WHENS = st.dates().map(lambda day: When(day.isoformat()))


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Anything that a broken article and a wild gazetteer could lead to."""
    article = Article(
        draw(HOSTILE),
        draw(HOSTILE),
        draw(HOSTILE),
        draw(HOSTILE),
        draw(st.none() | st.dates()),
        draw(HOSTILE),
        draw(HOSTILE),
    )
    spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))
    entity = draw(ENTITIES)
    arguments = (Argument("participant", entity), Argument("place", draw(ENTITIES)))
    evidence = (draw(spans), draw(spans))
    event = Event("e", "Talks", "planned", draw(HOSTILE), arguments, evidence, draw(spans), draw(st.none() | WHENS),
                  topics=(draw(HOSTILE),), documents=("d",), part_of="e", confidence=draw(st.floats()))  # fmt: skip
    document = Document("d", "Plan", draw(HOSTILE), "in_force", (draw(ENTITIES),), evidence)
    tenure = Tenure(entity, draw(HOSTILE), draw(ENTITIES), evidence, draw(HOSTILE))
    return Extraction(article, (Mention(evidence[0], entity),), (event, event), (document,), (tenure,))


@given(extractions())
def test_any_article_gives_quads_that_survive_store_and_file(wild: Extraction) -> None:
    quads = set(extraction_quads(wild, BASE))
    with open_store(None) as store:
        store.replace_article(wild.article.id, quads)
        assert set(store.quads(article_iri(BASE, wild.article.id))) == quads
        assert list(store.articles()) == [make_text(wild.article.id).value]
    for format_ in (RdfFormat.N_QUADS, RdfFormat.TRIG):
        text = serialize(quads, format=format_)
        assert text is not None
        assert set(parse(text, format=format_)) == quads
    assert len(list(Dataset().parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads").quads())) == len(
        quads
    )


@given(st.dates(datetime.date(1, 1, 1)))
def test_any_day_is_a_date(day: datetime.date) -> None:
    quads = map_events(replace(VISIT, when=When(day.isoformat())))
    (visit,) = subjects(quads, DKG.Visit)
    assert objects(quads, visit, DKG.earliest) == [Literal(day.isoformat(), datatype=XSD.date)]

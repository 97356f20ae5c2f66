"""Scores: figures counted by hand on small cases, and what must hold for any output."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.evaluate import Facts, Scores, extraction_facts, read_annotation, read_annotations, score_articles
from kg.evaluate.facts import DocumentFact, EventFact, PositionFact, Thing, make_thing
from kg.evaluate.matching import count_common, same_document, same_thing
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Span, Tenure, When

GOLD = Path(__file__).parent / "annotations" / "dev-ru"

PUTIN = make_thing("Person", ("Владимир Путин", "Путин"))
TOKAYEV = make_thing("Person", ("Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"))
RUSSIA = make_thing("Country", ("Россия",), "RU")
KAZAKHSTAN = make_thing("Country", ("Казахстан",), "KZ")
ASTANA = make_thing("City", ("Астана",))

CONTENT = "Путин прибыл в Астану\nПутин и Токаев провели переговоры. Потом они подписали план."
TALKS = EventFact(
    type="Talks",
    status="occurred",
    rank=None,
    date="2024-11-27",
    evidence=("Путин и Токаев провели переговоры.",),
    participants=(PUTIN, TOKAYEV),
    countries=(RUSSIA, KAZAKHSTAN),
    target=(),
    places=(ASTANA, KAZAKHSTAN),
)
VISIT = replace(TALKS, type="Visit", rank="state", evidence=("Путин прибыл в Астану",), participants=(PUTIN,))
PLAN = DocumentFact("Plan", "План действий на три года", (RUSSIA, KAZAKHSTAN), "signed")
POSITION = PositionFact(PUTIN, RUSSIA)
ARTICLE = Facts("a", CONTENT, (VISIT, TALKS), (PLAN,), (POSITION,))
EMPTY = Facts("b", "Погода\nДождь.")

# which two things are the same
SAME = [
    (RUSSIA, make_thing("Country", ("РФ",), "RU"), True),
    (RUSSIA, make_thing("Country", ("Россия",)), False),
    (RUSSIA, make_thing("City", ("Россия",)), False),
    (PUTIN, make_thing("Person", ("Vladimir Putin", "путин")), True),
    (TOKAYEV, make_thing("Person", ("Qasym-Zhomart Tokayev",)), False),
    (TOKAYEV, make_thing("Person", ("Kasym Tokayev",)), True),
    (TOKAYEV, make_thing("Person", ("К. Токаев",)), True),
    (PUTIN, make_thing("Organization", ("Путин",)), False),
    (make_thing("City", ("Орёл",)), make_thing("Region", ("«Орел»",)), True),
]


def score(*events: EventFact) -> Scores:
    return score_articles([ARTICLE], {"a": replace(ARTICLE, events=events)})


def figures(scores: Scores, name: str) -> tuple[float, float, float]:
    measure = scores.find(name)
    assert measure is not None
    return measure.precision, measure.recall, measure.f1


@pytest.mark.parametrize(("one", "other", "expected"), SAME)
def test_same_thing(one: Thing, other: Thing, expected: bool) -> None:
    assert same_thing(one, other) is same_thing(other, one) is expected


def test_each_partner_is_used_once() -> None:
    assert count_common((RUSSIA, RUSSIA, PUTIN), (RUSSIA, PUTIN, ASTANA)) == 2


def test_perfect_output_scores_one() -> None:
    gold = list(read_annotations(GOLD))
    scores = score_articles(gold, {facts.id: facts for facts in gold})
    assert {(m.precision, m.recall, m.f1) for m in scores.measures} == {(1.0, 1.0, 1.0)}
    assert {share for _, share in scores.shares} == {1.0}
    assert (scores.false_alarms, scores.evidence, scores.articles, scores.missing) == (0.0, 1.0, 32, 0)


def test_no_output_scores_zero() -> None:
    scores = score_articles([ARTICLE, EMPTY], {})
    assert {m.f1 for m in scores.measures} == {0.0}
    assert (scores.missing, scores.evidence, scores.false_alarms) == (2, None, 0.0)


def test_one_of_two_events() -> None:
    scores = score(TALKS)
    assert figures(scores, "events") == figures(scores, "whole") == (1.0, 0.5, 0.667)
    assert figures(scores, "triples") == (1.0, 0.545, 0.706)  # 6 of 11
    assert [(m.name, m.f1, m.gold) for m in scores.types] == [("Talks", 1.0, 1), ("Visit", 0.0, 1)]
    assert [event.type for event in scores.comparisons[0].missed] == ["Visit"]


def test_confused_type_counts_only_in_the_loose_measure() -> None:
    scores = score(replace(TALKS, type="Meeting"), VISIT)
    assert figures(scores, "events") == (0.5, 0.5, 0.5)
    assert figures(scores, "events~") == (1.0, 1.0, 1.0)
    assert figures(scores, "participants") == (0.333, 0.333, 0.333)
    assert [event.type for event in scores.comparisons[0].extra] == ["Meeting"]


def test_wrong_date_spoils_the_whole_but_not_the_match() -> None:
    scores = score(replace(TALKS, date="2024-11"), VISIT)
    assert figures(scores, "events") == (1.0, 1.0, 1.0)
    assert figures(scores, "whole") == (0.5, 0.5, 0.5)
    assert dict(scores.shares) == {"date": 0.5, "status": 1.0, "rank": 1.0, "document status": 1.0}


def test_stranger_makes_no_match() -> None:
    nobody = replace(TALKS, participants=(ASTANA,), countries=(), places=())
    assert figures(score(nobody), "events") == (0.0, 0.0, 0.0)


def test_of_two_candidates_the_one_with_overlapping_quote_is_taken() -> None:
    far = replace(TALKS, evidence=("Потом они подписали план.",), participants=(PUTIN, TOKAYEV))
    near = replace(TALKS, participants=(TOKAYEV,), date=None)
    scores = score(far, near)
    assert [event.evidence for event in scores.comparisons[0].extra] == [near.evidence]
    assert [event.evidence for event in score(replace(far, date=None), near).comparisons[0].extra] == [far.evidence]


def test_status_of_sanctions_is_not_counted() -> None:
    gold = replace(ARTICLE, events=(replace(TALKS, type="Sanctions"),))
    ours = replace(ARTICLE, events=(replace(TALKS, type="Sanctions", status="planned"),))
    scores = score_articles([gold], {"a": ours})
    assert dict(scores.shares)["status"] == 0.0
    assert figures(scores, "whole") == (0.0, 0.0, 0.0)


def test_false_alarms_and_quotes() -> None:
    loud = replace(EMPTY, events=(TALKS, replace(TALKS, evidence=("Дождь.",)), replace(TALKS, evidence=())))
    scores = score_articles([ARTICLE, EMPTY], {"b": loud})
    assert scores.false_alarms == 3.0
    assert scores.evidence == 0.333


def test_document_by_party_or_by_label() -> None:
    assert same_document(replace(PLAN, label="Другой", parties=(RUSSIA,)), PLAN)
    assert same_document(replace(PLAN, label="«план действий на два года»", parties=()), PLAN)
    assert not same_document(replace(PLAN, label="План работ", parties=()), PLAN)
    assert not same_document(replace(PLAN, kind="Treaty"), PLAN)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"entities": {}, "id": "x"}', '{"entities": 5}'])
def test_broken_annotation_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(DataError, match=r"a\.json: not an annotated article"):
        read_annotation(path)


def test_folder_without_annotations(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no annotated article"):
        read_annotations(tmp_path)


def test_extraction_says_what_its_graph_would() -> None:
    person = Entity("person/putin", "Person", "Владимир Путин", "Vladimir Putin", aliases=("В. Путин",))
    russia = Entity("country/RU", "Country", "Россия", "Russia", iso2="RU")
    span = Span(0, 5)
    event = Event(
        key="e1",
        type="Visit",
        status="occurred",
        label="визит",
        arguments=(Argument("participant", person), Argument("participant", person, span), Argument("host", russia)),
        evidence=(Span(0, 21),),
        trigger=span,
        when=When("2024-11-27", "2024-11-28"),
        rank="state",
    )
    document = Document("d1", "Treaty", "Договор", "in_force", (russia, russia), (span,))
    tenure = Tenure(person, "президент", russia, (span,))
    article = Article("a", "и далее", title="Путин прибыл в Астану", published=datetime.date(2024, 11, 27))
    facts = extraction_facts(Extraction(article, (), (event,), (document,), (tenure, tenure)))
    country = make_thing("Country", ("Россия", "Russia"), "RU")
    thing = make_thing("Person", ("Владимир Путин", "Vladimir Putin", "В. Путин"))
    assert facts == Facts(
        id="a",
        content="Путин прибыл в Астану\nи далее",
        events=(
            EventFact(
                type="Visit",
                status="occurred",
                rank="state",
                date="2024-11-27/2024-11-28",
                evidence=("Путин прибыл в Астану",),
                participants=(thing,),
                countries=(),
                target=(),
                places=(),
            ),
        ),
        documents=(DocumentFact("Treaty", "Договор", (country,), "inforce"),),
        positions=(PositionFact(thing, country),),
    )


EVENTS = st.lists(
    st.sampled_from((TALKS, VISIT)).flatmap(
        lambda e: st.builds(
            replace,
            st.just(e),
            type=st.sampled_from(("Talks", "Meeting", "Visit", "Statement")),
            status=st.sampled_from(("planned", "occurred")),
            participants=st.lists(st.sampled_from((PUTIN, TOKAYEV, ASTANA)), max_size=3).map(tuple),
        )
    ),
    max_size=4,
).map(tuple)


@given(ours=EVENTS, gold=EVENTS)
def test_figures_hold_together(ours: tuple[EventFact, ...], gold: tuple[EventFact, ...]) -> None:
    scores = score_articles([replace(ARTICLE, events=gold)], {"a": replace(ARTICLE, events=ours)})
    assert all(0 <= m.precision <= 1 and 0 <= m.recall <= 1 for m in scores.measures)
    assert figures(scores, "whole")[1] <= figures(scores, "events")[1] <= figures(scores, "events~")[1]

"""Gold against what the pipeline finds in made-up texts, through the real pipeline and the real tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.bench import make_parser
from kg.corpora.brat import Mark, read_brat
from kg.corpora.factrueval import read_factrueval
from kg.corpora.facts import FactComparison, compare_facts
from kg.corpora.linking import Catalogue, Link, compare_links, find_link
from kg.corpora.names import same_person, same_place
from kg.corpora.reading import read_documents
from kg.records import Entity, Mention, Span
from kg.text.knowledge import load_gazetteer

TEXT = (
    "Путин встретился с Токаевым\n"
    "Президент России Владимир Путин 3 марта 2021 года провёл встречу в Сочи с президентом Казахстана "
    "Касым-Жомартом Токаевым.\n"
)
COREF = (
    "1\nfirstname Владимир\nlastname Путин\n\n2\nfirstname Касым-Жомарт\nlastname Токаев\n\n"
    "3\nname Россия\n\n4\nname Дания\n"
)
FACTS = (
    "1-0 Meeting\nParticipant obj1 Путин Владимир\nParticipant obj2 Токаев Касым-Жомарт\n\n"
    "1-1 Occupation\nWho obj1 Путин Владимир\nWhere obj3 Россия\n\n"
    "1-2 Occupation\nWho obj2 Токаев Касым-Жомарт\nWhere obj4 Дания\n"
)


@pytest.fixture
def factrueval(tmp_path: Path) -> Path:
    for suffix, text in {"txt": TEXT, "spans": "", "objects": "", "coref": COREF, "facts": FACTS}.items():
        (tmp_path / f"book_1.{suffix}").write_text(text)
    return tmp_path


@pytest.fixture
def nerel(tmp_path: Path) -> Path:
    marks = [
        ("PERSON", "Владимир Путин", "Q7747"),
        ("COUNTRY", "России", "Q159"),
        ("CITY", "Сочи", "Q900000001"),
        ("PERSON", "Касым-Жомартом Токаевым", "Q7747"),
        ("COUNTRY", "Казахстана", "Q900000002"),
        ("ORGANIZATION", "президентом", "NULL"),
    ]
    lines = []
    for n, (kind, text, qid) in enumerate(marks):
        start = TEXT.index(text)
        lines.append(f"T{n}\t{kind} {start} {start + len(text)}\t{text}\nN{n}\tReference T{n} Wikidata:{qid}\t{text}")
    (tmp_path / "a.ann").write_text("\n".join(lines))
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path


@pytest.fixture
def comparison(factrueval: Path, nlp: Language) -> FactComparison:
    ((document, reading),) = read_documents(read_factrueval(factrueval), nlp)
    return compare_facts(document, reading, load_gazetteer())


@pytest.fixture
def links(nerel: Path, nlp: Language) -> dict[str, Link]:
    documents = list(read_brat(nerel))
    catalogue = Catalogue(load_gazetteer(), documents)
    ((document, reading),) = read_documents(documents, nlp)
    return {link.mark.text: link for link in compare_links(document, reading, catalogue)}


def test_a_meeting_is_found_by_its_participants(comparison: FactComparison) -> None:
    (meeting,) = comparison.meetings
    assert meeting.names == ("Путин Владимир", "Токаев Касым-Жомарт")
    assert meeting.found is not None
    assert comparison.wrong == ()


def test_posts_are_pairs_of_person_and_place(comparison: FactComparison) -> None:
    assert [(post.name, post.found, post.known) for post in comparison.posts] == [
        ("Путин Владимир", True, True),
        ("Токаев Касым-Жомарт", False, True),
    ]
    assert {(post.holding.person.id, post.right) for post in comparison.own} == {
        ("person/vladimir-putin", True),
        ("person/kassym-jomart-tokayev", False),
    }


VERDICTS = [
    ("Владимир Путин", "right"),
    ("России", "right"),
    ("Сочи", "right"),  # by name: cities have no Wikidata ids
    ("Касым-Жомартом Токаевым", "wrong"),
    ("Казахстана", "false"),
]


@pytest.mark.parametrize(("text", "verdict"), VERDICTS)
def test_a_link_is_judged_by_its_wikidata_id(links: dict[str, Link], text: str, verdict: str) -> None:
    assert links[text].verdict == verdict


def test_of_two_readings_that_of_the_mark_s_kind_counts() -> None:
    russia, moscow = Entity("country/RU", "Country", "Россия"), Entity("city/moscow", "City", "Москва")
    mentions = [Mention(Span(0, 6), russia), Mention(Span(0, 6), moscow)]
    assert find_link(Mark("T1", "CITY", (Span(0, 6),), "Москва"), 0, mentions) == moscow
    assert find_link(Mark("T1", "COUNTRY", (Span(0, 6),), "Москва"), 0, mentions) == russia
    assert find_link(Mark("T1", "PERSON", (Span(0, 6),), "Москва"), 0, mentions) == russia
    assert find_link(Mark("T1", "CITY", (Span(4, 10),), "ва и е"), 0, mentions) is None


def test_mentions_without_a_reference_are_left_out(links: dict[str, Link]) -> None:
    assert "президентом" not in links


GEORGIA = Entity("country/GE", "Country", "Грузия", "Georgia", iso2="GE")
CLUB = Entity("organization/klub", "Organization", "Клуб друзей севера", known=False)
PLACES = [
    (GEORGIA, "Грузия", True),
    (GEORGIA, "парламент Грузии", True),
    (GEORGIA, "грузинский парламент", True),
    (GEORGIA, "Абхазия", False),
    (CLUB, "клуб друзей севера", True),
    (CLUB, "друзья юга", False),
]


@pytest.mark.parametrize(("entity", "name", "same"), PLACES)
def test_places_are_the_same_by_name(entity: Entity, name: str, same: bool) -> None:
    assert same_place(entity, [name], load_gazetteer()) is same


def test_persons_are_the_same_by_surname() -> None:
    person = Entity("person/x", "Person", "Анна де Витт")
    assert same_person(person, ["де Витт"])
    assert not same_person(person, ["Витте"])
    assert not same_person(person, [])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "line"), [("factrueval", "meetings: 1 of 1 found"), ("nerel", "PERSON ")])
def test_the_command_prints_figures(
    name: str, line: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = make_parser().parse_args([name, str(request.getfixturevalue(name)), "--errors"])
    arguments.run(arguments)
    assert line in capsys.readouterr().out


def test_an_empty_folder_is_one_line(tmp_path: Path) -> None:
    arguments = make_parser().parse_args(["nerel", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"holds no \.ann files"):
        arguments.run(arguments)

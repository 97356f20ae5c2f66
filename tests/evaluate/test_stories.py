"""The table of stories: what is read, how rows meet what was found, how persons are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate.stories import Row, Stories, read_stories, score_stories
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, When

HEAD = "kind\tarticle\ttype\tkey\tactors\tdate\tgroup\n"
PUTIN = Entity("person/vladimir-putin", "Person", "Владимир Путин")
AIDE = Entity("person/иван", "Person", "Иван", known=False)
SPAN = Span(0, 5)


def make(
    id_: str, *events: Event, documents: tuple[Document, ...] = (), mentions: tuple[Mention, ...] = ()
) -> Extraction:
    article = Article(id_, "Владимир Путин и Иван. Путин ушёл.", title="Т")
    return Extraction(article, events=events, documents=documents, mentions=mentions)


def visit(key: str, day: str, type_: str = "Visit") -> Event:
    return Event(key, type_, "occurred", "", (Argument("participant", PUTIN),), (SPAN,), SPAN, When(day))


def row(kind: str, article: str, type_: str, key: str, group: str, date: str = "") -> Row:
    return Row(kind, article, type_, key, frozenset({PUTIN.id}), date, group)


def test_rows_are_aligned_by_type_actors_and_date() -> None:
    extraction = make("a", visit("e1", "2025-06-01"), visit("e2", "2025-06-02"), visit("e3", "2025-06-02", "Summit"))
    stories = Stories(
        Path(),
        (
            row("event", "a", "Visit", "второй", "two", "2025-06-02"),
            row("event", "a", "Visit", "первый", "one", "2025-06-01"),
            row("event", "a", "PhoneCall", "звонок", "call"),
            row("event", "gone", "Visit", "нет", "none"),
            row("apart", "", "", "one", "two"),
        ),
    )
    right = score_stories(stories, {"a": extraction}, {("a", "e1"): "x", ("a", "e2"): "y"})
    assert (right.events.f1, right.events.things, right.confused) == (1, 2, ())
    assert [missed.key for missed in right.missed_events] == ["звонок", "нет"]
    wrong = score_stories(stories, {"a": extraction}, {("a", "e1"): "x", ("a", "e2"): "x"})
    assert (wrong.events.precision, wrong.confused) == (0.5, (("one", "two"),))


def test_documents_are_aligned_by_kind_and_title() -> None:
    document = Document("d1", "Treaty", "Договор о дружбе между странами", "signed", (), (SPAN,))
    stories = Stories(
        Path(), (row("document", "a", "Treaty", "договор о дружбе", "t"), row("document", "a", "Plan", "договор", "p"))
    )
    grouping = score_stories(stories, {"a": make("a", documents=(document,))}, {("a", "d1"): "x"})
    assert grouping.documents.things == 1
    assert [missed.group for missed in grouping.missed_documents] == ["p"]


def test_every_place_of_a_name_counts() -> None:
    mentions = (Mention(Span(2, 16), PUTIN), Mention(Span(19, 23), AIDE))
    rows = (
        row("person", "a", "", "Путин", PUTIN.id),
        row("person", "a", "", "Владимир Путин", PUTIN.id),
        row("person", "a", "", "Иван", "?"),
    )
    persons = score_stories(Stories(Path(), rows), {"a": make("a", mentions=mentions)}, {}).persons
    assert (persons.mentions, persons.found, persons.right) == (3, 2, 2)
    assert persons.accuracy == pytest.approx(2 / 3)
    assert persons.wrong == ("a Путин: not found, not person/vladimir-putin",)


@pytest.mark.parametrize(
    ("text", "message"),
    [("a\tb\n", "row 1: the columns"), (HEAD + "event\ta\n", "row 2: not 7 cells"), (HEAD + "x" + "\t" * 6, "row 2")],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "gold.tsv").write_text(text)
    with pytest.raises(DataError, match=message):
        read_stories(tmp_path)
    with pytest.raises(DataError, match="No such file"):
        read_stories(tmp_path / "none")

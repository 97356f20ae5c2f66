"""Documents: where a title begins and ends, its kind, its name in the dictionary form, and what becomes of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from kg.config import data_path
from kg.records import Article, Extraction
from kg.sources.reading import read_articles
from kg.text.components.documents import find_papers, group_papers, load_naming
from kg.text.extract import extract_article

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = "Treaty Agreement JointStatement Declaration Memorandum Protocol Contract Plan Communique Convention Resolution"
# text · kind and label of each paper in it
TABLE = [
    ("Президенты подписали Договор о дружбе.", [("Treaty", "договор о дружбе")]),
    ("Подписано соглашение о безвизовом режиме.", [("Agreement", "соглашение о безвизовом режиме")]),
    ("Они приняли совместное заявление.", [("JointStatement", "совместное заявление")]),
    ("Министр сделал заявление для прессы.", []),
    ("Стороны приняли Душанбинскую декларацию.", [("Declaration", "душанбинская декларация")]),
    ("Подписан меморандум о взаимопонимании.", [("Memorandum", "меморандум о взаимопонимании")]),
    ("Ратифицирован протокол к соглашению.", [("Protocol", "протокол к соглашению")]),
    ("Утверждена дорожная карта.", [("Plan", "дорожная карта")]),
    ("На карте отмечены посты.", []),
    ("Опубликовано коммюнике.", [("Communique", "коммюнике")]),
    ("Совет Безопасности принял резолюцию.", [("Resolution", "резолюция")]),
    ("Страны присоединились к конвенции о правах ребёнка.", [("Convention", "конвенция о правах ребенка")]),
    ("Подписан пакет документов.", [("Package", "пакет документов")]),
    (
        "Подписаны договор о границе и меморандум о торговле.",
        [("Treaty", "договор о границе"), ("Memorandum", "меморандум о торговле")],
    ),
    (
        "Подписан договор о стыке границ Чили, Перу и Боливии.",
        [("Treaty", "договор о стыке границ чили, перу и боливии")],
    ),
    ("Соглашение, подписанное в Баку, вступит в силу.", [("Agreement", "соглашение")]),
    ("Программа «Один пояс, один путь» одобрена.", [("Plan", "программа «один пояс, один путь»")]),
]


def papers(nlp: Language, text: str) -> list[tuple[str, str]]:
    found = find_papers(nlp(text))
    return [(p.kind, p.label.lower().replace("ё", "е")) for p in found]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_titles_and_kinds(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert papers(nlp, text) == expected


def test_every_kind_has_a_name() -> None:
    naming = load_naming()
    assert {*naming.kinds.values(), *naming.plural.values()} == {*KINDS.split(), "Package"}
    assert set(naming.needs) <= set(naming.kinds)


def test_papers_of_firms_have_no_countries_for_parties(nlp: Language) -> None:
    (article,) = read_articles([data_path("articles", "ru-012.json")])
    assert isinstance(article, Article)
    extraction = extract_article(nlp, article)
    assert isinstance(extraction, Extraction)
    assert extraction.documents
    assert all(not document.parties for document in extraction.documents)


def test_a_later_mention_is_the_same_paper(nlp: Language) -> None:
    doc = nlp("Подписано соглашение о воздушном сообщении. Соглашение вступит в силу летом. Принята декларация.")
    assert [len(group) for group in group_papers(list(find_papers(doc)))] == [2, 1]


def test_titles_that_share_nothing_are_two_papers(nlp: Language) -> None:
    doc = nlp("Подписаны соглашение о воздушном сообщении и соглашение о визах.")
    assert len(group_papers(list(find_papers(doc)))) == 2


def extract(nlp: Language, text: str, title: str) -> Extraction:
    found = extract_article(nlp, Article("a", text, title=title, published=datetime.date(2025, 11, 26)))
    assert isinstance(found, Extraction), found
    return found


def test_a_signed_paper_knows_its_parties_and_where_it_stands(nlp: Language) -> None:
    text = "Владимир Путин и Садыр Жапаров подписали в Бишкеке Договор о союзничестве."
    found = extract(nlp, text, "Президенты России и Киргизии подписали договор")
    paper = next(d for d in found.documents if d.kind == "Treaty")
    assert paper.status == "signed"
    assert {e.iso2 for e in paper.parties} == {"RU", "KG"}
    assert found.article.quote(paper.evidence[0]) == "Договор о союзничестве"
    assert any(paper.key in event.documents for event in found.events if event.type == "Signing")

"""kg.load: an ordinary spaCy Language whose parts can be left out, and that takes any text."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.errors import AnalysisError
from kg.records import Article, Extraction
from kg.text.extract import doc_extraction, extract_article, extract_articles
from kg.text.pipeline import PIPELINES, article_doc
from kg.text.tree import is_tree
from tests.text.expectations import read_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "Президент России Владимир Путин прибыл с государственным визитом в Киргизию. Его встретил Садыр Жапаров."
ODD = {
    "empty": "",
    "newline": "\n",
    "blanks": " \n \n\t",
    "full stop": ".",
    "emoji": "🇰🇬 🤝 🇷🇺 Путин встретился с Жапаровым 👍🏽",
    "marks": "«»—…!?()[]" * 20,
    "Latin": "Putin met Japarov in Bishkek on November 26.",
    "Arabic": "التقى الرئيس بوتين نظيره",
    "one word": "переговоры",
    "zero width": "Пу\u200bтин\u00ad встретил\ufeff Жапарова",
    "no blanks": "Путин" * 500,
    "numbers": "1 " * 500,
    "capitals": TEXT.upper(),
}


def check(doc: Doc) -> None:
    """What holds of any analysed text."""
    for sentence in doc.sents:
        heads = [0 if t.head.i == t.i else t.head.i - sentence.start + 1 for t in sentence]
        assert is_tree(np.array(heads)), sentence.text
    found = doc_extraction(doc)
    for span in [s for event in found.events for s in event.evidence] + [m.span for m in found.mentions]:
        assert found.article.content[span.start : span.end].strip()


def analyse(nlp: Language, texts: Sequence[str]) -> list[Doc]:
    articles = [Article(id=str(n), text=t, published=datetime.date(2025, 11, 26)) for n, t in enumerate(texts)]
    return list(nlp.pipe([article_doc(nlp, a) for a in articles]))


def test_it_is_a_spacy_language(nlp: Language) -> None:
    assert isinstance(nlp, Language)
    assert tuple(nlp.pipe_names) == PIPELINES["ru"]
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_plain_text_is_analysed_without_an_article(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [e.type for e in doc._.events]
    assert {t.pos_ for t in doc} >= {"NOUN", "VERB", "PROPN"}
    assert "PER" in {e.label_ for e in doc.ents}
    assert doc[3].lemma_ == "путин"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no pipeline for language 'xx'; there is one for ru"):
        kg.load("xx")


def test_entities_show_in_the_terms_of_spacy(nlp: Language) -> None:
    doc = nlp("Владимир Путин прибыл в Астану. Президент России проведёт переговоры.")
    assert [(ent.text, ent.kb_id_) for ent in doc.ents][:2] == [
        ("Владимир Путин", "person/vladimir-putin"),
        ("Астану", "city/astana"),
    ]
    assert ("Президент России", "Person", "person/vladimir-putin") in [
        (span.text, span.label_, span.kb_id_) for span in doc.spans["mentions"]
    ]


def test_components_can_be_excluded() -> None:
    names = ("event_finder", "document_finder")
    small = kg.load("ru", exclude=names)
    assert not set(names) & set(small.pipe_names)
    doc = small(TEXT)
    assert doc._.refs
    assert not doc._.events


def test_components_can_be_disabled(nlp: Language) -> None:
    with nlp.select_pipes(disable=["event_finder", "document_finder"]):
        assert not nlp(TEXT)._.events
    assert nlp(TEXT)._.events


def test_components_can_be_added(nlp: Language) -> None:
    own = kg.load("ru", exclude=("document_finder",))
    own.add_pipe("sentencizer", first=True)
    assert own.pipe_names[0] == "sentencizer"
    assert len(list(own(TEXT).sents)) == 2


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts(nlp: Language, text: str) -> None:
    (doc,) = analyse(nlp, [text])
    check(doc)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_give_an_extraction(nlp: Language, text: str) -> None:
    for article in (Article("a", text), Article("a", "Текст.", title=text), Article("a", text, lang="en", title=text)):
        assert isinstance(extract_article(nlp, article), Extraction)


def test_long_line(nlp: Language) -> None:
    (doc,) = analyse(nlp, ["Путин и Жапаров обсудили торговлю, " * 500])
    assert len(doc) > 3000
    check(doc)


def test_batches_give_what_texts_give_alone(nlp: Language) -> None:
    articles = [case.article() for case in read_cases()][::12] + [Article(n, t) for n, t in ODD.items()]
    together = list(extract_articles(nlp, articles))
    assert together == [extract_article(nlp, a) for a in articles]
    assert list(extract_articles(nlp, reversed(articles)))[::-1] == together


def test_nothing_is_remembered_between_texts(nlp: Language) -> None:
    first = extract_article(nlp, Article("a", TEXT))
    extract_article(nlp, Article("b", "Король Карл III принял посла Монголии."))
    assert extract_article(nlp, Article("a", TEXT)) == first


@settings(max_examples=40)
@given(st.text(max_size=60) | st.text(alphabet="Путин в Киргизии.\n«» визит,12–3ё", max_size=60))
def test_any_text(nlp: Language, text: str) -> None:
    (doc,) = analyse(nlp, [text])
    check(doc)


def test_what_is_too_long_for_an_article_is_an_error(nlp: Language) -> None:
    error = extract_article(nlp, Article("book", "Слово. " * 50_000))
    assert isinstance(error, AnalysisError)
    assert str(error) == "article 'book': 350,001 characters are too long for one article (the most is 300,000)"


def test_a_long_list_of_names_takes_no_long_time(nlp: Language) -> None:
    letters = "абвгдежзиклмнопрст"
    names = [f"Иван {a.upper()}{b}{c}{a}ов" for a in letters for b in "аеио" for c in letters]
    start = time.process_time()
    (doc,) = analyse(nlp, ["Список участников\n" + ", ".join(names)])
    assert len({ref.entity.id for ref in doc._.refs}) > 1000
    assert time.process_time() - start < 10

"""Duplicates: what says the same is left out with the id of the first; what says more is not."""

from __future__ import annotations

import datetime
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import Duplicate, ReadError
from kg.records import Article
from kg.sources.duplicates import Likenesses, Limits
from kg.sources.reading import ReadSettings
from kg.sources.shingles import find_likeness, make_print
from tests.sources.making import BODY, TEXT, TITLE, make_page, make_warc, read_all, write

FIRST = Article("a", TEXT, title=TITLE, published=datetime.date(2024, 11, 27))
LIMITS = Limits(likeness=0.8, days=7, window=4)
SAME = {
    "letter for letter": TEXT,
    "other marks": TEXT.replace(".", " ."),
    "other case": TEXT.upper(),
    "a word more": TEXT + "\nСообщается далее.",
    "a word less": TEXT.replace("уже ", ""),
    "nothing new": "\n".join(BODY) + "\n" + BODY[0].split(". ", 1)[0],
}
OTHER = {
    "another day": TEXT.replace("27 ноября", "28 ноября"),
    "another person": TEXT.replace("Владимир Путин", "Дмитрий Медведев"),
    "another country": TEXT.replace("Казахстан", "Туркменистан"),
    "a name more": TEXT + "\nПриехал и Лавров.",
    "half of it": BODY[0],
    "other words": "Министры двух стран обсудили в Минске торговлю лесом и зерном, сообщает посольство.",
}


def find(*articles: Article) -> str | None:
    """What the last article is found to repeat."""
    likenesses = Likenesses(LIMITS)
    found = [likenesses.find(article) for article in articles][-1]
    return found.of if found else None


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_same(text: str) -> None:
    found = Likenesses(LIMITS)
    assert found.find(FIRST) is None
    likeness = found.find(replace(FIRST, id="b", text=text))
    assert likeness is not None
    assert likeness.of == "a"
    assert 0.8 <= likeness.likeness <= 1


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_other(text: str) -> None:
    assert find(FIRST, replace(FIRST, id="b", text=text)) is None


def test_same_text_weeks_later_is_other_news() -> None:
    later = datetime.date(2024, 12, 27)
    assert find(FIRST, replace(FIRST, id="b", published=later)) is None
    assert find(FIRST, replace(FIRST, id="b", published=None)) == "a"


def test_window_forgets_what_is_alike_but_not_what_is_the_same() -> None:
    others = [Article(f"o{n}", f"Слово {n} " * 30) for n in range(9)]
    assert find(FIRST, *others, replace(FIRST, id="b")) == "a"
    assert find(FIRST, *others, replace(FIRST, id="b", text=SAME["a word more"])) is None
    assert find(FIRST, *others[:2], replace(FIRST, id="b", text=SAME["a word more"])) == "a"


def test_estimate_is_near_the_share_in_common() -> None:
    words = [f"слово{n}" for n in range(1000)]
    first, second = make_print(" ".join(words[:800])), make_print(" ".join(words[200:]))
    assert find_likeness(first.sketch, second.sketch) == pytest.approx(0.6, abs=0.15)
    assert find_likeness(first.sketch, make_print("совсем другие слова и ничего более").sketch) < 0.1


def test_prints_are_always_the_same() -> None:
    assert make_print(TEXT).digest.hex() == "f5f8ce075fdc40eb"
    assert int(make_print(TEXT).sketch.sum(dtype="uint64")) == 6828704932


def test_page_under_several_addresses_is_read_once(tmp_path: Path) -> None:
    page = make_page().encode()
    raw = make_warc([(f"https://news.example/{n}", page, "text/html") for n in range(3)])
    article, *others = read_all(write(tmp_path / "a.warc.gz", raw))
    assert isinstance(article, Article)
    for other in others:
        assert isinstance(other, Duplicate)
        assert other.of == article.id
        assert other.id != article.id
        assert str(other).endswith(f"the article {article.id!r} says the same, and was read before")
    assert [other.url for other in others if isinstance(other, Duplicate)] == [
        "https://news.example/1",
        "https://news.example/2",
    ]


def test_same_article_twice_is_a_duplicate_and_the_same_id_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"{TITLE}\n{TEXT}")
    write(tmp_path / "b.txt", f"{TITLE}\n{TEXT}")
    write(tmp_path / "c.json", [{"id": "x", "text": "один"}, {"id": "x", "text": "один"}])
    kinds = [type(read) for read in read_all(tmp_path)]
    assert kinds == [Article, Duplicate, Article, ReadError]
    kinds = [type(read) for read in read_all(tmp_path, settings=ReadSettings(unique=False))]
    assert kinds == [Article, ReadError, Article, ReadError]


def test_made_up_news_has_no_duplicates() -> None:
    folder = Path(__file__).parents[1] / "annotations"
    assert not [read for read in read_all(folder) if isinstance(read, Duplicate)]


def test_duplicate_goes_through_a_pickle() -> None:
    duplicate = Duplicate("a.html", "b", "a", 0.9, "https://news.example/")
    again = pickle.loads(pickle.dumps(duplicate))
    assert (str(again), again.of, again.url) == (str(duplicate), "a", duplicate.url)

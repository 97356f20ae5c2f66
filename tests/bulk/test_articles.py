"""Made-up articles: always the same, never alike, and read as news is."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from kg.bulk.articles import Name, dump_articles, make_articles
from kg.bulk.building import build
from kg.graph.store import open_store
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    from spacy.language import Language


def test_the_same_number_is_the_same_article() -> None:
    articles = list(make_articles(30))
    assert articles == list(make_articles(30))
    assert articles[20:] == list(make_articles(10, start=20))
    assert len({article.content for article in articles}) == 30


def test_they_are_read_back(tmp_path: Path) -> None:
    out = io.BytesIO()
    dump_articles(5, out)
    (tmp_path / "a.jsonl").write_bytes(out.getvalue())
    assert list(read_articles([tmp_path / "a.jsonl"])) == list(make_articles(5))


def test_names_are_declined() -> None:
    assert f"{Name('Владимир Путин'):}" == "Владимир Путин"
    assert "{who.ablt}".format(who=Name("Владимир Путин")) == "Владимиром Путиным"
    assert "{land.accs}".format(land=Name("Франция")) == "Францию"


def test_some_tell_of_the_same(nlp: Language) -> None:
    with open_store(None) as store:
        summary = build(make_articles(30), store, nlp=nlp)
    assert summary.events > 100
    assert summary.merged > 0

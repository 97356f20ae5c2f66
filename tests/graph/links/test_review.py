"""Doubtful pairs as a table and as a page; what articles say stays text."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.graph.links.linking import link_store
from kg.graph.links.review import Pair, defuse, dump_csv, dump_html, find_doubtful
from kg.graph.store import Store, open_store
from kg.records import Article, Extraction, Span
from kg.resolve.decisions import Decisions, read_decisions
from tests.graph.links.conftest import put
from tests.graph.sample import JAPAROV, KYRGYZSTAN, PUTIN, RUSSIA, TALKS, argue

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> "\' &lt; %%b%% \u202e=cmd()'


def tell(id_: str, text: str) -> Extraction:
    """Talks without a place, a day apart from the next: neither surely one event nor surely two."""
    article = Article(id_, text, title=f"=1+1 {HOSTILE}", published=datetime.date(2025, 11, 26), source=HOSTILE)
    day = "2025-11-26" if id_ == "a" else "2025-11-27"
    event = replace(
        TALKS,
        label=f"={HOSTILE}",
        arguments=argue(participant=(PUTIN, JAPAROV), country=(RUSSIA, KYRGYZSTAN)),
        evidence=(Span(len(article.title) + 1, len(article.content)),),
        documents=(),
        part_of=None,
        when=replace(TALKS.when, start=day) if TALKS.when else None,
        topics=(),
    )
    return Extraction(article, events=(event,))


@pytest.fixture
def doubtful() -> Iterator[Store]:
    with open_store(None) as store:
        put(store, tell("a", f"Переговоры прошли. {HOSTILE}"), tell("b", f"Беседа прошла. {HOSTILE}"))
        link_store(store)
        yield store


def find(store: Store) -> tuple[Pair, ...]:
    return find_doubtful(store, Decisions())


def test_a_narrow_pair_is_listed_with_both_sides(doubtful: Store) -> None:
    (pair,) = find(doubtful)
    assert 0.3 <= pair.verdict.score <= 0.85
    assert {pair.a.article, pair.b.article} == {"article/a", "article/b"}
    assert {pair.a.quote[:9], pair.b.quote[:6]} & {"Переговор", "Беседа"}
    assert "next_day" in pair.verdict.reasons


def test_filled_table_is_read_as_decisions(doubtful: Store, tmp_path: Path) -> None:
    before = set(doubtful.quads())
    rows = list(csv.reader(io.StringIO(dump_csv(find(doubtful)))))
    assert rows[0][:6] == ["a", "b", "decision", "who", "when", "note"]
    for answer in ("same", "different"):
        rows[1][2] = answer
        path = tmp_path / "review.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        decisions = read_decisions(path, doubtful.base)
        link_store(doubtful, decisions)
        merged = list(doubtful.query("SELECT DISTINCT ?m WHERE { ?m dkg:merges ?part }"))  # type: ignore[arg-type]
        assert len(merged) == (answer == "same")
        assert find_doubtful(doubtful, decisions) == ()
    link_store(doubtful)
    assert set(doubtful.quads()) == before


def test_untouched_table_decides_nothing(doubtful: Store, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    path.write_text(dump_csv(find(doubtful)), encoding="utf-8")
    assert read_decisions(path).rows == {}


@pytest.mark.parametrize("text", ["=1+1", "+7", "-x", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert not defuse(text).startswith(("=", "+", "-", "@"))


def test_rows_stay_rows_and_formulas_text(doubtful: Store) -> None:
    rows = list(csv.reader(io.StringIO(dump_csv(find(doubtful)))))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[1])
    assert not any(control in cell for cell in rows[1] for control in "\u202e\n")


def test_page_has_a_strict_policy_and_no_markup_of_articles(doubtful: Store) -> None:
    page = dump_html(find(doubtful))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "script-src" not in policy[1]
    assert "unsafe" not in policy[1]
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http" not in page.split("<body>")[1]


def test_page_in_a_browser(doubtful: Store, tmp_path: Path, browser: Browser) -> None:
    path = tmp_path / "review.html"
    path.write_text(dump_html(find(doubtful)), encoding="utf-8")
    requests: list[str] = []
    faults: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(path.as_uri())
    assert page.locator("section").count() == 1
    assert page.locator("article").count() == 2
    assert "<script>alert(1)</script>" in page.locator("blockquote").first.inner_text()
    assert page.locator("blockquote").first.evaluate("e => getComputedStyle(e).whiteSpace") == "pre-line"
    page.close()
    assert requests == [path.as_uri()]
    assert faults == []

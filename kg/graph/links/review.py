"""Doubtful pairs: what was or was not brought together by a narrow margin, with the words of both articles."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from typing import TypeVar

from kg.config import data_path
from kg.graph.links.bearers import find_names
from kg.graph.links.reading import Reader
from kg.graph.links.sides import Side, make_side
from kg.graph.namespaces import DCTERMS
from kg.graph.ontology import DKG
from kg.graph.payload import clean
from kg.graph.store import Store
from kg.graph.view import hash_source
from kg.resolve.accounts import Account
from kg.resolve.components import Matcher, MemoryIndex, Resolver, document_matcher, event_matcher
from kg.resolve.decisions import COLUMNS, THINGS, Decisions
from kg.resolve.settings import Settings, load_settings
from kg.resolve.verdicts import Verdict

A = TypeVar("A", bound=Account)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts or names that may be one; ``merged`` tells whether they are taken for one now."""

    a: Side
    b: Side
    verdict: Verdict
    merged: bool


def find_doubtful(store: Store, decisions: Decisions, settings: Settings | None = None) -> tuple[Pair, ...]:
    """The pairs of accounts that score near the threshold, the most doubtful first; then names, the likeliest first.

    What somebody decided is left out.
    """
    settings = settings or load_settings()
    reader = Reader(store, settings, decisions)
    articles = sorted({reader.node(f"article/{name}") for name in list_articles(reader)}, key=str)
    events = (reader.event(id_) for article in articles for id_ in reader.list_events(article))
    documents = (reader.document(id_) for article in articles for id_ in reader.list_documents(article))
    found = (
        *compare_all(filter(None, events), event_matcher(settings), decisions),
        *compare_all(filter(None, documents), document_matcher(settings), decisions),
    )
    threshold = settings.thresholds["merge"]
    named = sorted(find_names(reader, decisions), key=lambda pair: (-pair[2].score, pair[:2]))
    ordered = [*sorted(found, key=lambda pair: (abs(pair[2].score - threshold), pair[:2])), *named]
    return tuple(Pair(make_side(reader, a), make_side(reader, b), v, is_merged(reader, a, b)) for a, b, v in ordered)


def list_articles(reader: Reader) -> Iterator[str]:
    """The names of all articles' graphs."""
    quads = reader.inner.quads_for_pattern(None, DCTERMS.identifier, None, None)
    return (reader.id(quad.subject).removeprefix("article/") for quad in quads)


def compare_all(accounts: Iterable[A], matcher: Matcher[A], decisions: Decisions) -> Iterator[tuple[str, str, Verdict]]:
    """The pairs of one sort that score near the threshold."""
    index = MemoryIndex(accounts, matcher)
    resolver = Resolver(index, matcher, decisions)
    low, high = matcher.settings.thresholds["doubt_low"], matcher.settings.thresholds["doubt_high"]
    for a in sorted(index.accounts):
        for b in sorted(resolver.find_candidates(a)):
            if a < b and decisions.find(a, b) is None:
                verdict = resolver.compare(a, b)
                if verdict.veto is None and low <= verdict.score <= high:
                    yield a, b, verdict


def is_merged(reader: Reader, a: str, b: str) -> bool:
    """Whether two accounts stand in one group now; of names, whether they are parts of one person's."""
    if a.startswith(THINGS):
        return reader.things.locate(a) == reader.things.locate(b)
    same = DKG.sameEvent if a.startswith("event/") else DKG.sameDocument
    one, other = (reader.follow(reader.node(id_), same) for id_ in (a, b))
    return bool(one) and one == other


def dump_csv(pairs: Iterable[Pair]) -> str:
    """A table that can be filled in and read as decisions."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [field.name for field in fields(Side)]
    sides = [f"{side}_{name}" for side in "ab" for name in names[1:]]
    writer.writerow([*COLUMNS, "score", "merged", "why", *sides])
    for pair in pairs:
        cells = [pair.a.id, pair.b.id, *[""] * 4, f"{pair.verdict.score:.3f}", "yes" if pair.merged else "no"]
        texts = [pair.verdict.explanation, *astuple(pair.a)[1:], *astuple(pair.b)[1:]]
        writer.writerow([*cells, *(defuse(text) for text in texts)])
    return out.getvalue()


def defuse(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula."""
    line = " ".join(clean(text).split())
    return f"'{line}" if line.startswith(FORMULA) else line


def dump_html(pairs: Iterable[Pair]) -> str:
    """A page without scripts that loads nothing; what articles say stands in it as text."""
    style = read_part("review.css")
    sections = [fill("pair.html", dump_pair(pair)) for pair in pairs]
    policy = f"default-src 'none'; style-src {hash_source(style)}; base-uri 'none'; form-action 'none'"
    parts = {"policy": policy, "style": style, "number": str(len(sections)), "pairs": "".join(sections)}
    return fill("template.html", parts)


def dump_pair(pair: Pair) -> dict[str, str]:
    """The parts of one pair."""
    return {
        "score": f"{pair.verdict.score:.2f}",
        "state": read_part("merged.txt" if pair.merged else "apart.txt").strip(),
        "why": html.escape(pair.verdict.explanation),
        "a": fill("side.html", dump_side(pair.a)),
        "b": fill("side.html", dump_side(pair.b)),
    }


def dump_side(side: Side) -> dict[str, str]:
    """The parts of one account."""
    parts = {
        "label": side.label,
        "facts": " · ".join(filter(None, (side.type, side.status, side.date))),
        "quote": side.quote,
        "source": " · ".join(filter(None, (side.published, side.outlet, side.title, side.article))),
        "id": side.id,
    }
    return {name: html.escape(clean(text)) for name, text in parts.items()}


def fill(name: str, parts: dict[str, str]) -> str:
    """A template with its parts in place."""
    return "".join(parts.get(piece, piece) for piece in read_part(name).split("%%"))


def read_part(name: str) -> str:
    """A file of data/review."""
    return data_path("review", name).read_text(encoding="utf-8")

"""A briefing as one HTML page to print: no script, nothing that is loaded, every text of the graph shown as text."""

from __future__ import annotations

from kg.config import data_path
from kg.graph.report.briefing import Briefing
from kg.graph.report.dates import format_date
from kg.graph.report.pen import NAME, Pen, escape, load_words
from kg.graph.report.sections import list_sections
from kg.graph.stretch import Stretch
from kg.graph.terms import Terms
from kg.graph.view import hash_source


def make_report(briefing: Briefing, terms: Terms, language: str) -> str:
    """The page, in Russian ("ru") or English ("en")."""
    numbers = {source: number for number, source in enumerate(briefing.sources, 1)}
    pen = Pen(language, terms, load_words(language), numbers)
    style = read_part("report.css")
    subject = pen.speak(briefing.subject.label) or briefing.subject.iri
    based = pen.word("based", articles=len(numbers)) + (" " + pen.word("cut") if briefing.cut else "")
    parts = {
        "language": language,
        "policy": f"default-src 'none'; style-src {hash_source(style)}; base-uri 'none'; form-action 'none'",
        "style": style,
        "title": f"{escape(subject, NAME)} · {pen.word('briefing')}",
        "subject": escape(subject, NAME),
        "kind": f"{pen.word('briefing')} · {pen.term(briefing.subject.type)}",
        "period": describe_time(briefing.time, pen),
        "based": based,
        "sections": "\n".join(filter(None, list_sections(briefing, pen))),
    }
    return "".join(parts.get(piece, piece) for piece in read_part("template.html").split("%%"))


def describe_time(time: Stretch, pen: Pen) -> str:
    """The time that is told of, in words."""
    first = pen.word("from", day=format_date(time.first.isoformat(), pen.language)) if time.first else ""
    last = pen.word("to", day=format_date(time.last.isoformat(), pen.language)) if time.last else ""
    return " ".join(filter(None, (first, last))) or pen.word("all_time")


def read_part(name: str) -> str:
    """A file of data/report."""
    return data_path("report", name).read_text(encoding="utf-8")

"""What ``kg report`` does."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.cli.emptiness import check_articles
from kg.cli.output import make_console, open_output
from kg.graph.lookup import find_thing
from kg.graph.report.briefing import read_briefing
from kg.graph.report.page import make_report
from kg.graph.store import Store
from kg.graph.stretch import Stretch
from kg.graph.terms import load_terms


def find_subject(store: Store, country: str | None, entity: str | None) -> str:
    """The IRI of the thing that is asked for. Raises BadParameter for none or two, QueryError for an unknown one."""
    if (country is None) == (entity is None):
        raise typer.BadParameter("name what the briefing is about: --country or --entity, one of them")
    check_articles(store)
    return find_thing(store, country or entity or "", "Country" if country else None).value


def write_report(store: Store, thing: str, time: Stretch, output: Path, language: str) -> None:
    """Write the briefing about a thing. Raises EmptyError where nothing is told of it."""
    terms = load_terms()
    with make_console(stderr=True).status("writing"):
        page = make_report(read_briefing(store, thing, time, terms), terms, language)
    with open_output(output) as out:
        out.write(page.encode("utf-8", "replace"))

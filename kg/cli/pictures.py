"""What ``kg view`` does: options to a part of the network, and this to a page, a picture or a file."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.options import parse_settings
from kg.cli.output import STDOUT, open_output, show_share
from kg.errors import EmptyError, KgError

if TYPE_CHECKING:
    from kg.graph.layout import Report
    from kg.graph.network import Network
    from kg.graph.pictures.picture import Picture as Drawn
    from kg.graph.pictures.ties import Ties
    from kg.graph.selection import Selection
    from kg.graph.store import Store
    from kg.graph.stretch import Stretch
    from kg.graph.terms import Terms

EVERYTHING = 10**9
DRAWN = 150  # nodes of a picture that can be read on a page
TITLE = "Diplomatic KG"
NOTHING = "nothing in the store fits what was asked for; nothing is written"


class Picture(StrEnum):
    """What the network is written as."""

    HTML = "html"
    PNG = "png"
    SVG = "svg"
    GRAPHML = "graphml"


class Level(StrEnum):
    """What the nodes are."""

    ACTORS = "actors"
    EVENTS = "events"


class Language(StrEnum):
    """The languages of pages and pictures."""

    RU = "ru"
    EN = "en"


SUFFIXES = {f".{name.value}": name for name in Picture} | {".htm": Picture.HTML}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user wants to see, with things as they were written; ``query`` and its settings say where from."""

    things: tuple[str, ...]
    hops: int
    time: Stretch
    types: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    most: int | None = None
    query: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    mentions: bool = False
    level: Level = Level.ACTORS


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, and how it is called and spoken of."""

    network: Network
    title: str
    level: str
    language: str
    most: int | None = None
    chosen: tuple[str, ...] = ()


def choose_output(output: Path | None, format: Picture | None) -> tuple[Path, Picture]:
    """The file and its format: what was asked for, else by the suffix, else a page. Raises BadParameter."""
    if output is None:
        chosen = format or Picture.HTML
        return Path(f"kg.{chosen}"), chosen
    by_suffix = SUFFIXES.get(output.suffix.lower())
    if format is None and by_suffix is None and output.suffix:
        known = ", ".join(SUFFIXES)
        raise typer.BadParameter(f"{output}: the suffix says no format; there are {known}, or name a --format")
    return output, format or by_suffix or Picture.HTML


def choose_level(given: Level | None, format: Picture, query: str | None) -> Level:
    """The level that was asked for; else actors, but all that there is for other programs and in answers of queries."""
    return given or (Level.EVENTS if format is Picture.GRAPHML or query else Level.ACTORS)


def bind_settings(query: str | None, written: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The values of ``--set``. Raises BadParameter where there is no query that they could be meant for."""
    settings = tuple(parse_settings(written).items())
    if settings and query is None:
        raise typer.BadParameter("it goes with --query only", param_hint="--set")
    return settings


def write_view(store: Store, wish: Wish, target: Path, format: Picture, language: Language) -> None:
    """Write what is wanted. Raises EmptyError where nothing is, QueryError where a thing is unknown."""
    from kg.graph.terms import load_terms

    terms = load_terms()
    with show_share("drawing", "nodes") as report:
        body = WRITERS[format](make_sheet(store, wish, format, language, terms), terms, report)
    with open_output(target) as out:
        out.write(body)


def make_sheet(store: Store, wish: Wish, format: Picture, language: Language, terms: Terms) -> Sheet:
    """The part of the network that is wanted; of actors, which stand for several events, the most are chosen later."""
    from kg.graph.selection import Selection, select_network

    most = wish.most or (DRAWN if format in (Picture.PNG, Picture.SVG) else None)
    folded = wish.level is Level.ACTORS and format is not Picture.HTML
    things = find_things(store, wish.things)
    chosen = Selection(things, wish.hops, wish.time, wish.types, wish.statuses, None if folded else most)
    network = select_network(read_network(store, wish, chosen, terms), chosen, terms)
    check_found(store, network, chosen)
    names = [network.nodes[iri]["record"].label for iri in things]
    title = " · ".join(label.en if language is Language.EN else label.ru for label in names) or TITLE
    return Sheet(network, title, wish.level.value, language.value, most, things)


def read_network(store: Store, wish: Wish, chosen: Selection, terms: Terms) -> Network:
    """The part of the store that is asked for, or the answer of the query."""
    from kg.graph.edgelist import make_answer_network
    from kg.graph.queries import run_query
    from kg.graph.selection import Selection

    if wish.query is None:
        return read_part(store, chosen, wish.mentions, terms)
    network = read_part(store, Selection(), wish.mentions, terms)
    table = run_query(store, wish.query, dict(wish.settings), mentions=wish.mentions)
    return make_answer_network(store, network, table, terms)


def read_part(store: Store, chosen: Selection, mentions: bool, terms: Terms) -> Network:
    """The network of a part, by way of an excerpt in memory, where queries take half the time; of an endpoint all."""
    from kg.graph.excerpt import make_excerpt
    from kg.graph.network import make_network
    from kg.graph.remote import RemoteStore

    if isinstance(store, RemoteStore):
        return make_network(store, mentions=mentions, terms=terms)
    with make_excerpt(store, chosen, EVERYTHING, mentions=mentions)[0] as excerpt:
        return make_network(excerpt, mentions=mentions, terms=terms)


def find_things(store: Store, written: tuple[str, ...]) -> tuple[str, ...]:
    """The IRIs of things. Raises QueryError for one that is unknown or not the only one of its name."""
    from kg.graph.lookup import find_thing

    return tuple(dict.fromkeys(find_thing(store, name).value for name in written))


def check_found(store: Store, network: Network, wanted: Selection) -> None:
    """Raises EmptyError where nothing is left but what was asked for itself."""
    from kg.cli.emptiness import check_articles
    from kg.graph.selection import is_bare

    check_articles(store)
    if is_bare(network, wanted):
        raise EmptyError(NOTHING)


def write_page(sheet: Sheet, terms: Terms, report: Report) -> bytes:
    from kg.graph.view import make_page

    page = make_page(sheet.network, sheet.title, sheet.language, terms=terms, level=sheet.level, report=report)
    return page.encode("utf-8", "replace")


def write_svg(sheet: Sheet, terms: Terms, report: Report) -> bytes:
    from kg.graph.pictures.svg import dump_svg

    return dump_svg(draw(sheet, terms, report))


def write_png(sheet: Sheet, terms: Terms, report: Report) -> bytes:
    from kg.graph.pictures.png import dump_png

    return dump_png(draw(sheet, terms, report))


def draw(sheet: Sheet, terms: Terms, report: Report) -> Drawn:
    from kg.graph.pictures.picture import make_picture

    return make_picture(fold(sheet), terms, sheet.title, sheet.language, report)


def fold(sheet: Sheet) -> Ties:
    """The graph of the level. Raises EmptyError where it has no node."""
    from kg.graph.pictures.ties import make_ties

    ties = make_ties(sheet.network, sheet.level, sheet.most, sheet.chosen)
    if not ties:
        raise EmptyError(NOTHING)
    return ties


def write_graphml(sheet: Sheet, terms: Terms, report: Report) -> bytes:
    from kg.graph.pictures.graphml import dump_actors, dump_events

    return dump_events(sheet.network) if sheet.level == Level.EVENTS else dump_actors(fold(sheet))


def open_file(path: Path, wanted: bool) -> None:
    """Show a file in the browser, if it is wanted. Raises KgError where there is no file, or no browser."""
    if wanted and str(path) == STDOUT:
        raise KgError("--open shows files, and this is standard output")
    if wanted and not webbrowser.open(path.resolve().as_uri()):
        raise KgError(f"{path}: there is no browser to show it in")


WRITERS: dict[Picture, Callable[[Sheet, Terms, Report], bytes]] = {
    Picture.HTML: write_page,
    Picture.PNG: write_png,
    Picture.SVG: write_svg,
    Picture.GRAPHML: write_graphml,
}

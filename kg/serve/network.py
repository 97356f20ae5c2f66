"""The network over HTTP: as a page, or as the data of one, all of it or around some things."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from kg.graph.drawing import make_levels
from kg.graph.excerpt import make_excerpt
from kg.graph.lookup import find_thing
from kg.graph.network import Network, make_network
from kg.graph.payload import Setting, make_payload
from kg.graph.selection import Selection, is_bare, parse_statuses, parse_types, select_network
from kg.graph.store import Store
from kg.graph.stretch import parse_stretch
from kg.graph.terms import Terms, load_terms
from kg.graph.view import CORE_SIZE, DEFAULT_TITLE, make_page
from kg.serve.desk import Desk, NotFoundError, finish_spool
from kg.serve.messages import Reply, ViewCall
from kg.serve.requests import Fields, RefusedError, parse_fields

PAGE = (("Content-Security-Policy", "frame-ancestors 'none'"),)  # the page itself names what may run
HTML, JSON = "text/html; charset=utf-8", "application/json"
CHOICES = {"level": ("actors", "events"), "lang": ("ru", "en")}
NUMBERS = {"hops": (1, 3), "nodes": (1, 10_000)}  # the least and the most
MANY = ("entity", "type", "status")
DATES = ("since", "until")
SOURCE = "view/data"  # where the page finds more, from where it stands itself
COMMON = frozenset({"strings", "kinds", "regions", "tones"})
NEAR = 500  # nodes around a thing, if the client does not say how many
STATEMENTS = 2_000  # events and documents that are looked at for them


def read_view_call(request: Request, most: int, data: bool) -> ViewCall:
    """What is asked of /view or /view/data. Raises RefusedError."""
    fields = parse_fields(request.scope["query_string"], most)
    known = {*MANY, *DATES, *CHOICES, *NUMBERS}
    for name, _ in fields.pairs:
        if name not in known:
            raise RefusedError(400, f"there is no parameter {name!r} here; there are {', '.join(sorted(known))}")
    return ViewCall(
        entities=fields.all("entity"),
        hops=read_number(fields, "hops") or 1,
        since=fields.one("since"),
        until=fields.one("until"),
        types=fields.all("type"),
        statuses=fields.all("status"),
        nodes=read_number(fields, "nodes"),
        level=read_choice(fields, "level"),
        language=read_choice(fields, "lang"),
        data=data,
    )


def read_number(fields: Fields, name: str) -> int | None:
    """A number within its bounds; None where it is missing. Raises RefusedError."""
    written, (least, most) = fields.one(name), NUMBERS[name]
    if written is None:
        return None
    if not (
        written.isascii() and written.isdigit() and len(written) <= len(str(most)) and least <= int(written) <= most
    ):
        raise RefusedError(400, f"{name} is {written[:40]!r}, not a number from {least} to {most}")
    return int(written)


def read_choice(fields: Fields, name: str) -> str:
    """One of CHOICES, the first if it is missing. Raises RefusedError."""
    written = fields.one(name)
    if written is not None and written not in CHOICES[name]:
        raise RefusedError(400, f"{name} is {written[:40]!r}, not one of {', '.join(CHOICES[name])}")
    return written or CHOICES[name][0]


def answer_view(desk: Desk, call: ViewCall) -> Reply:
    """The page of what is asked for, or its data. Raises QueryError for what is malformed or unknown."""
    terms = load_terms()
    selection = make_selection(desk.store, call)
    with open_part(desk.store, selection) as (store, cut):
        network = select_network(make_network(store, desk.store.base, terms), selection, terms)
    if call.entities and is_bare(network, selection):
        raise NotFoundError("no event or document names that, in that time and of these types")
    title = " · ".join(name_thing(network, iri, call.language) for iri in selection.things) or DEFAULT_TITLE
    write = write_data if call.data else write_page
    body = write(network, terms, Setting(title, call.language, call.level, CORE_SIZE), cut)
    with desk.open_spool() as spool:
        spool.write(body.encode("utf-8", "replace"))
        return finish_spool(spool, JSON if call.data else HTML, () if call.data else PAGE)


def make_selection(store: Store, call: ViewCall) -> Selection:
    """What a call asks for. Raises QueryError."""
    things = dict.fromkeys(find_thing(store, written).value for written in call.entities)
    return Selection(
        things=tuple(things),
        hops=call.hops,
        time=parse_stretch(call.since, call.until),
        types=parse_types(call.types),
        statuses=parse_statuses(call.statuses),
        most=call.nodes or (NEAR if things else NUMBERS["nodes"][1]),
    )


@contextmanager
def open_part(store: Store, selection: Selection) -> Iterator[tuple[Store, bool]]:
    """The store around the things of a selection, and whether there is more; the store itself where there are none."""
    if not selection.things:
        yield store, False
        return
    excerpt, cut = make_excerpt(store, selection, STATEMENTS)
    with excerpt:
        yield excerpt, cut


def name_thing(network: Network, iri: str, language: str) -> str:
    label = network.nodes[iri]["record"].label if iri in network else None
    return (label.en if language == "en" else label.ru) if label else iri


def write_page(network: Network, terms: Terms, setting: Setting, cut: bool) -> str:
    title, language = setting.title, setting.language
    return make_page(network, title, language, setting.size, terms, level=setting.level, source=SOURCE)


def write_data(network: Network, terms: Terms, setting: Setting, cut: bool) -> str:
    """The page's data for a part of the network, without what every page has.

    ``cut`` says that the store has more of it than was looked at.
    """
    payload = make_payload(network, make_levels(network, setting.size), terms, setting)
    values = {name: value for name, value in payload.items() if name not in COMMON}
    return json.dumps({**values, "cut": cut}, ensure_ascii=False)

"""Parameters of queries: what users write for them, read as the term that the query binds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.literals import make_text
from kg.graph.lookup import find_thing
from kg.graph.namespaces import XSD
from kg.graph.ontology import DKG, format_term
from kg.graph.results import make_boolean
from kg.graph.store import Store
from kg.graph.stretch import parse_bounds

OR = "|"  # between the texts of a kind that lists them


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that a user may or must bind."""

    name: str
    kind: str
    optional: bool
    description: str


def parse_value(store: Store, kind: str, written: str) -> NamedNode | Literal:
    """The term for one parameter: by PARSERS, or a thing of the class that ``kind`` names. Raises QueryError."""
    if OR in kind:
        return parse_choice(kind.split(OR), written)
    if kind in PARSERS:
        return PARSERS[kind](store, written)
    return find_thing(store, written, kind)


def parse_choice(choices: Sequence[str], written: str) -> Literal:
    """One of some texts."""
    if written not in choices:
        raise QueryError(f"{written!r} is not one of {', '.join(choices)}")
    return make_text(written)


def parse_date(store: Store, written: str) -> Literal:
    """A day; a year or month stands for its first day."""
    return make_day(parse_bounds(written)[0])


def parse_last_day(store: Store, written: str) -> Literal:
    """A day that is the end of something; a year or month stands for its last day."""
    return make_day(parse_bounds(written)[1])


def make_day(day: datetime.date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def parse_number(store: Store, written: str) -> Literal:
    """A whole number."""
    if not re.fullmatch(r"[+-]?\d{1,18}", written):
        raise QueryError(f"{written!r} is not a whole number")
    return Literal(int(written))


def parse_flag(store: Store, written: str) -> Literal:
    """Yes or no."""
    if written.lower() not in FLAGS:
        raise QueryError(f"{written!r} is neither yes nor no")
    return make_boolean(FLAGS[written.lower()])


def parse_text(store: Store, written: str) -> Literal:
    return make_text(written)


def parse_term(store: Store, written: str) -> NamedNode:
    """A term of the ontology: ``state``, ``dkg:state``."""
    name = format_term(written.removeprefix("dkg:"))
    if name not in DKG:
        raise QueryError(f"the ontology has no term {name!r}")
    return DKG[name]


def parse_thing(store: Store, written: str) -> NamedNode:
    return find_thing(store, written)


FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
PARSERS: dict[str, Callable[[Store, str], NamedNode | Literal]] = {
    "date": parse_date,
    "flag": parse_flag,
    "lastday": parse_last_day,
    "number": parse_number,
    "text": parse_text,
    "term": parse_term,
    "thing": parse_thing,
}

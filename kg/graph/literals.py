"""Literals that every RDF syntax can carry, from whatever stands in an article."""

from __future__ import annotations

import datetime
import math
import re

from pyoxigraph import Literal

from kg.graph.namespaces import XSD

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
SURROGATE = re.compile(r"[\ud800-\udfff]")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def make_text(value: str, lang: str | None = None) -> Literal:
    """A string, with its language where that is a well-formed tag; lone surrogates become U+FFFD."""
    value = SURROGATE.sub("�", value)
    tag = format_language(lang) if lang else None
    return Literal(value, language=tag) if tag else Literal(value)


def make_name(value: str, lang: str) -> Literal:
    """A name; one in Cyrillic letters inside an article of another script is Russian."""
    tag = format_language(lang)
    return make_text(value, "ru" if tag == "en" and CYRILLIC.search(value) else tag)


def format_language(lang: str) -> str | None:
    """The language tag ("ru_RU" gives "ru-ru"), or None for what is not one."""
    tag = lang.strip().replace("_", "-").lower()
    return tag if LANGUAGE_TAG.match(tag) else None


def make_date(partial: str) -> Literal:
    """A partial ISO date with the datatype that its form has."""
    datatype = DATATYPES[(partial.startswith("--"), partial.lstrip("-").count("-"))]
    return Literal(partial, datatype=XSD[datatype])


def make_day(day: datetime.date) -> Literal:
    """A day as xsd:date."""
    return Literal(day.isoformat(), datatype=XSD.date)


def make_decimal(value: float) -> Literal | None:
    """A share between 0 and 1 in canonical form, three digits; None for what is not a number."""
    if math.isnan(value):
        return None
    text = f"{min(max(value, 0.0), 1.0):.3f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD.decimal)


def make_integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=XSD.integer)


DATATYPES = {
    (False, 2): "date",
    (False, 1): "gYearMonth",
    (False, 0): "gYear",
    (True, 1): "gMonthDay",
    (True, 0): "gMonth",
}

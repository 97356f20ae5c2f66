"""The fields of an article: from a JSON value or a plain text to a checked Article."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.records import Article
from kg.sources.columns import FIELDS, load_reading

TEXT_FIELDS = ("lang", "title", "text", "url", "source")
JSON_NAMES = {type(None): "null", list: "a list", str: "a text", bool: "true or false"}
YEARS = range(1600, 2200)
NEWLINES = re.compile("\r\n?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+\d{1,2}:\d\d(?::\d\d)?)?\Z", re.ASCII)


def json_value(text: str, where: str) -> Any:
    """The value of a JSON text. Raises ReadError with line and column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(where, f"not JSON: {error.msg} (line {error.lineno}, column {error.colno} of it)") from None
    except RecursionError:
        raise ReadError(where, "not an article: JSON nested too deep") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise ReadError(where, f"not an article: {str(error).partition(';')[0]}") from None


def json_article(value: object, where: str) -> Article:
    """The article of a JSON object; unknown fields are ignored. Raises ReadError that names the field."""
    if not isinstance(value, dict):
        found = JSON_NAMES.get(type(value), "a number")
        raise ReadError(where, f"not an article: expected a JSON object, found {found}")
    if value.get("text") is None:
        raise ReadError(where, 'no "text"')
    given = {
        name: parse_text(value[name], name, where) for name in (*TEXT_FIELDS, "text") if value.get(name) is not None
    }
    return check_article(
        Article(
            id=parse_id(value.get("id"), where),
            text=given["text"],
            lang=given.get("lang") or "ru",
            title=given.get("title", ""),
            published=parse_published(value.get("published"), where),
            url=given.get("url") or None,
            source=given.get("source") or None,
        ),
        where,
    )


def rename_fields(value: object, columns: tuple[tuple[str, str], ...]) -> object:
    """The JSON value with the fields of an article by their own names.

    ``columns`` (field, name in the file) say which those are; of other fields that are missing the usual names count.
    """
    if not isinstance(value, dict):
        return value
    given = {field: value[name] for field, name in columns if name in value}
    missing = [field for field in FIELDS if field not in given and value.get(field) is None]
    usual = {field: found for field in missing if (found := find_usual(value, field)) is not None}
    return value | given | usual


def find_usual(value: dict[str, object], field: str) -> str | None:
    """The text under the first of a field's usual names."""
    found = (value.get(name) for name in load_reading("columns")[field])
    return next((text for text in found if isinstance(text, str)), None)


def text_article(text: str, where: str) -> Article:
    """The article of a plain text: the first line that is not blank is the title, the rest the body."""
    title, _, body = text.lstrip("\n").partition("\n")
    while not title.strip() and body:
        title, _, body = body.partition("\n")
    return check_article(Article(id="", title=title, text=body), where)


def check_article(article: Article, where: str) -> Article:
    """The article with an id. Raises ReadError for one that is empty or cannot be written as UTF-8."""
    for name in ("id", *TEXT_FIELDS):
        check_characters(getattr(article, name) or "", name, where)
    if not article.content.strip():
        raise ReadError(where, "the article is empty")
    return article if article.id else with_id(article)


def check_characters(value: str, name: str, where: str) -> None:
    """Raises ReadError for what JSON escapes can smuggle in: a NUL, half of a surrogate pair."""
    if "\0" in value:
        raise ReadError(where, f'"{name}" has a NUL at character {value.index(chr(0))}')
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ReadError(where, f'"{name}" has half of a surrogate pair at character {error.start}') from None


def with_id(article: Article) -> Article:
    """The article with an id made of its content, so that the same article always has the same."""
    published = article.published.isoformat() if article.published else ""
    parts = (article.title, article.text, published, article.url or "", article.source or "")
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return replace(article, id=digest[:16])


def is_made(article: Article) -> bool:
    """Whether the id is made of the content, which must not have been changed since."""
    return with_id(article).id == article.id


def parse_text(value: object, name: str, where: str) -> str:
    """A field that holds a string, its line ends made LF."""
    if not isinstance(value, str):
        raise ReadError(where, f'"{name}" is not a string but {type(value).__name__}')
    return NEWLINES.sub("\n", value)


def parse_id(value: object, where: str) -> str:
    """The id as a string; "" where none is given."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ReadError(where, f'"id" is not a string but {type(value).__name__}')
    return str(value).strip()


def parse_published(value: object, where: str) -> datetime.date | None:
    """The day of a date or time; None where none is given. 0001 and 9999 stand for "unknown" in exports."""
    if value is None or value == "":
        return None
    try:
        day = parse_day(value.strip())  # type: ignore[attr-defined]
    except (ValueError, AttributeError):
        raise ReadError(where, f'"published" is {value!r}, not a date such as 2025-11-26') from None
    if day.year not in YEARS:
        raise ReadError(where, f'"published" is {value!r}: no newspaper is of that year')
    return day


def parse_day(text: str) -> datetime.date:
    """The day of an ISO 8601 date or time, or of one with dots, day first, as Russian tables have it.

    Raises ValueError.
    """
    dotted = DOTTED.match(text)
    if dotted is None:
        return datetime.datetime.fromisoformat(text).date()
    day, month, year = map(int, dotted.groups())
    return datetime.date(year, month, day)

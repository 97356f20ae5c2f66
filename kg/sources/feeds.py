"""RSS and Atom: an item an article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from kg.errors import ReadError
from kg.records import Article
from kg.sources.decoding import decode_text
from kg.sources.fields import check_article, parse_published
from kg.sources.markup import fragment_text
from kg.sources.pages import XML_DECLARATION, find_charset
from kg.sources.patience import limit_time
from kg.sources.source import Placed, Source, refuse_broken

END = re.compile(r"</(?:[\w-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(source: Source) -> Iterator[Placed]:
    """The articles of a feed. Raises ReadError for what is none, or declares entities."""
    text = decode_feed(source.read_whole(), source.where, source.charset)
    feed = parse_feed(text, source.where)
    if not feed.entries:
        raise ReadError(source.where, "not a feed with items (RSS, Atom)")
    whole = len(feed.entries) - (END.search(text) is None)
    for number, entry in enumerate(feed.entries, start=1):
        place = f"{source.where} item {number}"
        if number <= whole:
            yield place, make_article(entry, feed.feed, place)
        else:
            yield place, ReadError(place, f"the feed breaks off in line {text.count(chr(10)) + 1}")


def decode_feed(raw: bytes, where: str, charset: str | None = None) -> str:
    """The text of a feed. Raises ReadError."""
    check_entities(raw, where)
    return decode_text(raw, where, charset or find_charset(raw))


def parse_feed(text: str, where: str) -> Any:
    """What feedparser makes of a feed. Raises ReadError."""
    import feedparser

    with refuse_broken(where, "not a feed that can be read"), limit_time(where):
        # a stream: feedparser takes bytes that look like an address or a path for one, and opens it
        return feedparser.parse(BytesIO(XML_DECLARATION.sub("", text).encode()))


def check_entities(raw: bytes, where: str) -> None:
    """Raises ReadError for XML that declares entities: they may swell without end, or name other files."""
    if ENTITY.search(raw):
        raise ReadError(where, "it declares XML entities, which no feed needs and bombs are made of")


def make_article(entry: Any, feed: Any, where: str) -> Article | ReadError:
    """The article of an item, or what is wrong with it."""
    try:
        with refuse_broken(where, "not an item that can be read"):
            article = entry_article(entry, feed, where)
        return check_article(article, where)
    except ReadError as error:
        return error


def entry_article(entry: Any, feed: Any, where: str) -> Article:
    """The article of an item: its content if it has one, else its summary."""
    contents = [str(content.get("value") or "") for content in entry.get("content") or ()]
    text = max([*contents, entry.get("summary") or ""], key=len)
    return Article(
        id="",
        title=" ".join(fragment_text(entry.get("title") or "").split()),
        text=fragment_text(text),
        published=parse_day(entry.get("published") or entry.get("updated"), where),
        url=entry.get("link") or None,
        source=" ".join((feed.get("title") or "").split()) or None,
    )


def parse_day(value: str | None, where: str) -> datetime.date | None:
    """The day of a feed's date (RFC 822 or ISO 8601), as it was where the news was written."""
    try:
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError):
        return parse_published(value, where)


def refuse_sitemap(source: Source) -> Iterator[Placed]:
    """Raises ReadError: a sitemap holds addresses only."""
    raise ReadError(source.where, "a sitemap, which has no articles; kg fetch gets the pages that it lists")
    yield

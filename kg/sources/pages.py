"""HTML pages: main text, title, date, source and address, without what stands around them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from typing import Any

from kg.errors import ReadError
from kg.records import Article
from kg.sources.decoding import decode_text
from kg.sources.fields import check_article, parse_published
from kg.sources.patience import limit_time
from kg.sources.source import Placed, Source, refuse_broken

LARGEST = 2**23  # bytes of a page; the largest news pages have a quarter of it
MOST_TAGS = 50_000  # trafilatura takes 7 seconds for this many, and 74 for six times as many
HEAD = 4096
LEAST = 20  # characters; what is left of a page without an article is a word of its menu
SHORTEST = "40"  # characters of a main text; trafilatura's own 250 are more than a short item of news has
DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",  # else it is today, and a page would not always be read in the same way
}
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
SITE_ENDS = (" | ", " — ", " – ", " - ", " :: ")


def read_page(source: Source) -> Iterator[Placed]:
    """The one article of a page. Raises ReadError for a page without a main text."""
    raw = source.read_whole()
    if len(raw) > LARGEST:
        raise ReadError(source.where, f"longer than {LARGEST:,} bytes, which no page of news is")
    text = decode_text(raw, source.where, source.charset or find_charset(raw))
    if text.count("<") > MOST_TAGS:
        raise ReadError(source.where, f"more than {MOST_TAGS:,} tags, which no page of news has")
    with refuse_broken(source.where, "not a page that can be read"), limit_time(source.where):
        document = extract_page(XML_DECLARATION.sub("", text), source.url)
    if document is None or len((document.text or "").strip()) < LEAST:
        raise ReadError(source.where, "no main text on this page")
    yield source.where, page_article(document, source)


def find_charset(raw: bytes) -> str | None:
    """The encoding that a page or an XML file itself declares."""
    match = XML_CHARSET.search(raw[:HEAD]) or META_CHARSET.search(raw[:HEAD])
    return match[1].decode("ascii") if match else None


@cache
def load_settings() -> ConfigParser:
    """The settings of trafilatura, which is slow to import and tells a log of each page that has no text."""
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    settings: ConfigParser = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", SHORTEST)
    return settings


def extract_page(text: str, url: str | None) -> Any:
    """What trafilatura finds; dates only where the page states them, as a guessed one is worse than none."""
    from trafilatura import bare_extraction

    return bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=DATES,
        config=load_settings(),
    )


def page_article(document: Any, source: Source) -> Article:
    """The article of what was found."""
    title = cut_site(" ".join((document.title or "").split()), document.sitename)
    lines = document.text.strip().split("\n")
    body = lines[1:] if title and lines[0].strip() == title else lines
    return check_article(
        Article(
            id="",
            title=title,
            text="\n".join(body),
            published=parse_published(document.date, source.where),
            url=source.url or document.url or None,
            source=document.sitename or document.hostname or None,
        ),
        source.where,
    )


def cut_site(title: str, site: str | None) -> str:
    """The title without the name of the site at its end."""
    ends = [f"{mark}{site}" for mark in SITE_ENDS] if site else []
    return next((title.removesuffix(end) for end in ends if title.endswith(end)), title)

"""What a stream is: its content where that tells, else its suffix."""

from __future__ import annotations

import re

HEAD = 4096  # bytes looked at
ZIP_MAGIC = b"PK\3\4"
MAGIC = {
    b"\x1f\x8b": ".gz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"%PDF-": ".pdf",
    b"PAR1": ".parquet",
    b"WARC/": ".warc",
    b"PK\5\6": ".zip",  # an empty one
}
OFFICE_MEMBERS = (b"[Content_Types].xml", b"word/", b"_rels/.rels")
PROLOG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?[^>]*>\s*)*", re.DOTALL)
HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
DOCTYPE = rb"(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)?"
FEED = re.compile(DOCTYPE + rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.DOTALL)
SITEMAP = re.compile(DOCTYPE + rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.DOTALL)
MARKUP = frozenset({"", ".txt", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom"})


def find_form(head: bytes, suffix: str) -> str:
    """The suffix that fits the first bytes of a stream: what they say for sure, else the one it has."""
    if head.startswith(ZIP_MAGIC):
        return ".docx" if suffix == ".docx" or any(name in head[:200] for name in OFFICE_MEMBERS) else ".zip"
    magic = next((form for mark, form in MAGIC.items() if head.startswith(mark)), None)
    return magic or (find_markup(head, suffix) if suffix in MARKUP else suffix)


def find_markup(head: bytes, suffix: str) -> str:
    """The same for what may be a page or a feed under the name of the other, or of a text."""
    prolog = PROLOG.match(head)
    start = prolog.end() if prolog else 0
    for pattern, form in ((HTML, ".html"), (FEED, ".xml"), (SITEMAP, ".sitemap")):
        if pattern.match(head, start):
            return form
    return suffix

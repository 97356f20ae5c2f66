"""Pages that list other pages: sitemaps and feeds."""

from __future__ import annotations

import zlib
from io import BytesIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from kg.errors import FetchError, ReadError
from kg.fetch.client import Answer
from kg.sources.feeds import decode_feed, parse_feed
from kg.sources.sniffing import find_markup
from kg.sources.warc import Response, decode_body

WINDOW = 47  # gzip, by its own header
MOST = 50_000  # addresses; no sitemap may have more


def find_links(answer: Answer, limit: int) -> list[str] | None:
    """The addresses that a sitemap or feed lists; None for any other page. Raises FetchError for a broken one."""
    try:
        body = unpack(answer, limit)
        form = find_markup(body[:4096], "")
        if form == ".sitemap":
            return sitemap_links(body)
        if form == ".xml":
            links = [entry.get("link") for entry in parse_feed(decode_feed(body, answer.url), answer.url).entries]
            return [link for link in links if link][:MOST]
    except (ParseError, DefusedXmlException, zlib.error, LookupError, ValueError) as error:
        raise FetchError(answer.url, f"a broken sitemap: {error}"[:200]) from None
    except ReadError as error:
        raise FetchError(answer.url, error.what) from None
    return None


def unpack(answer: Answer, limit: int) -> bytes:
    """The body; also of a sitemap.xml.gz, which is packed without saying so."""
    headers = {name.lower(): value for name, value in answer.headers if name.lower() != "transfer-encoding"}
    body = decode_body(Response(answer.status, headers, answer.body), answer.url, limit)
    if body[:2] != b"\x1f\x8b":
        return body
    return zlib.decompressobj(WINDOW).decompress(body, limit)


def sitemap_links(body: bytes) -> list[str]:
    """The addresses in a sitemap, or of the sitemaps in an index. Raises what defusedxml raises."""
    links: list[str] = []
    for _, element in iterparse(BytesIO(body), forbid_dtd=True):
        if element.tag.rpartition("}")[2] == "loc" and element.text and len(links) < MOST:
            links.append(element.text.strip())
        element.clear()
    return links

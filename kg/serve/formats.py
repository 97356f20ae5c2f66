"""Media types of answers, and which of them a client accepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import QueryResultsFormat, RdfFormat

Syntax: TypeAlias = QueryResultsFormat | RdfFormat
HTML = "text/html"
SHORT = 300  # characters of an Accept header for which the choice is remembered; clients send the same again and again
NEGOTIATED = (("Vary", "Accept"),)  # for caches: the next client may get another format at the same address
RANGES = 64  # of an Accept header; what comes after is passed over


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type as it is answered, with what else clients call it; ``name`` is the format in URLs."""

    name: str
    media: str
    syntax: Syntax
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


ROWS = (
    Offer("json", "application/sparql-results+json", QueryResultsFormat.JSON, ("application/json",)),
    Offer("xml", "application/sparql-results+xml", QueryResultsFormat.XML, ("application/xml", "text/xml")),
    Offer("csv", "text/csv", QueryResultsFormat.CSV),
    Offer("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
)
GRAPHS = (
    Offer("turtle", "text/turtle", RdfFormat.TURTLE, ("application/x-turtle", "application/turtle")),
    Offer("ntriples", "application/n-triples", RdfFormat.N_TRIPLES, ("text/plain",)),
    Offer("xml", "application/rdf+xml", RdfFormat.RDF_XML, ("application/xml", "text/xml")),
    Offer("jsonld", "application/ld+json", RdfFormat.JSON_LD, ("application/json",)),
    Offer("nquads", "application/n-quads", RdfFormat.N_QUADS),
    Offer("trig", "application/trig", RdfFormat.TRIG),
    Offer("n3", "text/n3", RdfFormat.N3, ("text/rdf+n3",)),
)


@dataclass(frozen=True, slots=True)
class Range:
    """One element of an Accept header."""

    media: str
    quality: float

    def rate(self, media: str) -> int:
        """How narrowly it names the media type: 3 exactly, 2 by type, 1 as anything, 0 not at all."""
        if self.media == media:
            return 3
        return 2 if self.media == media.split("/")[0] + "/*" else int(self.media == "*/*")


def parse_accept(header: str) -> Iterator[Range]:
    """The elements of an Accept header; what is malformed is passed over."""
    for element in header.split(",", RANGES)[:RANGES]:
        media, *parameters = (part.strip() for part in element.lower().split(";"))
        if "/" in media:
            yield Range(media, read_quality(parameters))


def read_quality(parameters: list[str]) -> float:
    """The value of q, 1 where it is missing or no number from 0 to 1."""
    value = next((text[2:] for text in parameters if text.startswith("q=")), "1")
    try:
        quality = float(value)
    except ValueError:
        return 1.0
    return quality if 0 <= quality <= 1 else 1.0


def rate_media(ranges: tuple[Range, ...], media: str) -> float:
    """How much a client wants a media type: the quality of the narrowest range that names it."""
    rated = max(ranges, key=lambda element: element.rate(media))
    return rated.quality if rated.rate(media) else 0.0


def choose_offer(header: str, offers: tuple[Offer, ...]) -> Offer | None:
    """The offer that a client wants most, the first of several; the first of all where it says nothing.

    None where it accepts none of them.
    """
    return remember_offer(header, offers) if len(header) < SHORT else rate_offers(header, offers)


def rate_offers(header: str, offers: tuple[Offer, ...]) -> Offer | None:
    """The same, not remembered."""
    ranges = tuple(parse_accept(header))
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: rate_offer(ranges, offer))
    return best if rate_offer(ranges, best) > 0 else None


remember_offer = lru_cache(256)(rate_offers)


def rate_offer(ranges: tuple[Range, ...], offer: Offer) -> float:
    """The best of an offer's names; an alias counts only where it is named itself."""
    named = [element.quality for element in ranges if element.media in offer.aliases]
    return max((rate_media(ranges, offer.media), *named))


def wants_page(header: str) -> bool:
    """Whether a person is asking: HTML is named, and no other of our types is wanted more."""
    ranges = tuple(parse_accept(header))
    if not any(element.media == HTML for element in ranges):
        return False
    return rate_media(ranges, HTML) >= max(rate_media(ranges, offer.media) for offer in GRAPHS)


def list_media(offers: tuple[Offer, ...]) -> str:
    return ", ".join(offer.media for offer in offers)

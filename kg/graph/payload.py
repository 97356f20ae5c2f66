"""A network as the data of the page: what is drawn, and what the panel tells of each.

All text is cleaned here: no control and no bidi characters, nothing longer than a reader would read. The page
shows it as text and never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.config import NAMESPACE
from kg.graph.drawing import Json, Level, draw_levels, load_json
from kg.graph.network import Edge, Network, Node, Quote, Source, links, records
from kg.graph.terms import Label, Terms

LONGEST = 2000
UNSEEN = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{UNSEEN}\ufffe\uffff]")
REMARKS = ("conflicts", "stages")


@dataclass(frozen=True, slots=True)
class Setting:
    """How the page opens: title, language ("ru" or "en"), level ("actors" or "events"), how many nodes at most.

    ``source`` is where it finds more, "" for a page that stands alone.
    """

    title: str
    language: str = "ru"
    level: str = "actors"
    size: int = 120
    source: str = ""


def make_payload(network: Network, levels: Mapping[str, Level], terms: Terms, setting: Setting) -> Json:
    """All that the page needs, as JSON values. Nodes, quotes and sources are named by their number."""
    quotes, sources = dict[Quote, int](), dict[Source, int]()
    numbers = {iri: number for number, iri in enumerate(network)}
    return {
        "title": clean(setting.title),
        "language": setting.language,
        "level": setting.level,
        "size": setting.size,
        "source": setting.source,
        "base": network.graph["base"],
        "namespace": NAMESPACE,
        **{name: load_json(name) for name in ("strings", "kinds", "regions", "tones")},
        "terms": {name: dump_label(terms.label(name)) for name in sorted(used_terms(network))},
        "levels": draw_levels(network, levels),
        "nodes": [dump_node(node, network.graph["base"], quotes) for node in records(network)],
        "links": [dump_link(numbers[a], numbers[b], edge, quotes) for a, b, edge in links(network)],
        "quotes": [[clean(quote.text), number_of(quote.source, sources)] for quote in quotes],
        "sources": [dump_source(source) for source in sources],
    }


def dump_node(node: Node, base: str, quotes: dict[Quote, int]) -> Json:
    """What the panel tells of a node; what is not known is left out."""
    values: Json = {
        "id": shorten(node.iri.removeprefix(base), LONGEST),
        "kind": node.kind,
        "type": node.type,
        "name": dump_label(node.label),
        "aliases": [clean(alias) for alias in node.aliases],
        "matches": [clean(match) for match in node.matches],
        "iso": clean(node.iso2 or ""),
        "start": clean(node.when.start) if node.when else None,
        "end": clean(node.when.end or "") if node.when else None,
        "sort": clean(node.when.earliest or "") if node.when else None,
        "status": node.status,
        "rank": node.rank,
        "topics": list(node.topics),
        "confidence": node.confidence,
        "quotes": number_all(node.quotes, quotes),
        **{sort: [dump_label(r.label) for r in node.remarks if r.sort == sort] for sort in REMARKS},
    }
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def dump_link(source: int, target: int, edge: Edge, quotes: dict[Quote, int]) -> list[Any]:
    """Source, target and role; then, of a tenure, its title, start, end and quotes."""
    link: list[Any] = [source, target, edge.role]
    if edge.title or edge.start or edge.end or edge.quotes:
        title = dump_label(edge.title) if edge.title else None
        link += [title, clean(edge.start or ""), clean(edge.end or ""), number_all(edge.quotes, quotes)]
    return link


def dump_source(source: Source) -> Json:
    """An article; its address only if a browser may follow it."""
    values = {
        "id": source.iri.rsplit("/", 1)[-1],
        "title": source.title,
        "date": source.published,
        "outlet": source.outlet,
        "url": source.url,
    }
    return {name: clean(value) for name, value in values.items() if value} | {"open": is_web(source.url)}


def number_of(thing: Any, numbers: dict[Any, int]) -> int:
    """The number of a thing in the order of first use."""
    return numbers.setdefault(thing, len(numbers))


def number_all(found: Iterable[Quote], numbers: dict[Quote, int]) -> list[int]:
    """The numbers of some quotes."""
    return [number_of(quote, numbers) for quote in found]


def dump_label(label: Label) -> list[str]:
    """Russian and English."""
    return [clean(label.ru), clean(label.en)]


def used_terms(network: Network) -> set[str]:
    """The local names of all classes, roles, statuses, ranks and topics that the network uses."""
    names = {edge.role for _, _, edge in links(network)}
    for node in records(network):
        names |= {node.type, node.kind, *node.topics} | {name for name in (node.status, node.rank) if name}
    return names


def is_web(url: str | None) -> bool:
    """Whether an address is plain http or https and so may become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def clean(text: str) -> str:
    """Text without control and bidi characters nor what XML cannot carry, cut where nobody reads on."""
    return shorten(CONTROLS.sub("", text), LONGEST)


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"

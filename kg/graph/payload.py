"""A network as the data of the page: pyvis' nodes, edges and options, and what the panel tells of each.

All text is cleaned here: no control and no bidi characters, nothing longer than a reader would read. The page
shows it as text and never as markup.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from kg.config import data_path
from kg.graph.layout import Point
from kg.graph.network import Edge, Network, Node, Quote, Source, links, records
from kg.graph.terms import Label, Terms

Json: TypeAlias = dict[str, Any]
LONGEST = 2000
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
REMARKS = ("conflicts", "stages")
DASHED = {"planned", "prepared"}
THIN = 0.4


@dataclass(frozen=True)
class Picture:
    """What is drawn: a network, the place of each node, and the nodes to open on."""

    network: Network
    places: dict[str, Point]
    core: tuple[str, ...]


def make_payload(picture: Picture, terms: Terms, title: str, language: str) -> Json:
    """All that the page needs, as JSON values. Nodes, quotes and sources are named by their number."""
    network, quotes, sources = picture.network, dict[Quote, int](), dict[Source, int]()
    numbers = {iri: number for number, iri in enumerate(network)}
    return {
        "title": clean(title),
        "language": language,
        "strings": load_json("strings"),
        "kinds": load_json("kinds"),
        "terms": {name: dump_label(terms.label(name)) for name in sorted(used_terms(network))},
        "network": make_pyvis(picture, numbers, terms),
        "nodes": [dump_node(node, network.graph["base"], quotes) for node in records(network)],
        "links": [dump_link(numbers[a], numbers[b], edge, quotes) for a, b, edge in links(network)],
        "core": sorted(numbers[iri] for iri in picture.core),
        "quotes": [[clean(quote.text), number_of(quote.source, sources)] for quote in quotes],
        "sources": [dump_source(source) for source in sources],
    }


def make_pyvis(picture: Picture, numbers: dict[str, int], terms: Terms) -> Json:
    """The nodes, edges and options for vis-network as pyvis builds them; its templates are not used."""
    import pyvis.edge  # type: ignore[import-untyped]  # here, because pyvis draws in IPython: a second for every command
    import pyvis.network  # type: ignore[import-untyped]

    drawing = pyvis.network.Network(directed=True, cdn_resources="in_line")
    drawing.set_options(json.dumps(load_json("options")))
    kinds = load_json("kinds")
    for node in records(picture.network):
        add_node(drawing, node, numbers[node.iri], picture, kinds[node.kind], terms)
    for (source, target), edge in bundle(picture.network, numbers).items():
        # Network.add_edge looks through all nodes for every edge
        drawing.edges.append(pyvis.edge.Edge(source, target, **edge).options)
    nodes, edges, _, _, _, options = drawing.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def add_node(drawing: Any, node: Node, number: int, picture: Picture, kind: Json, terms: Terms) -> None:
    """One node as it is drawn: shape by kind, size by degree, a dashed border for what is planned."""
    x, y = picture.places[node.iri]
    drawing.add_node(
        number,
        label=shorten(title_of(node, terms), 60),
        shape=kind["shape"],
        group=node.kind,
        size=round(kind["size"] + 2.5 * math.log2(1 + picture.network.degree(node.iri)), 1),
        x=round(x),
        y=round(y),
        **({"shapeProperties": {"borderDashes": [4, 3]}} if node.status in DASHED else {}),
    )


def title_of(node: Node, terms: Terms) -> str:
    """The Russian text beside a node: a name, or the type and date of an event."""
    if node.kind != "Event":
        return node.label.ru or node.iri
    label = terms.label(node.type).ru
    return f"{label} · {node.when.start}" if node.when else label


def bundle(network: Network, numbers: dict[str, int]) -> dict[tuple[int, int], Json]:
    """One drawn edge for each pair of nodes, with the numbers of the links that it stands for.

    It is thin where it says no more than on whose behalf somebody acts, which most events say of several countries.
    """
    pairs: dict[tuple[int, int], Json] = {}
    for number, (source, target, link) in enumerate(links(network)):
        edge = pairs.setdefault((numbers[source], numbers[target]), {"links": [], "width": THIN})
        edge["links"].append(number)
        edge["width"] = max(edge["width"], THIN if link.role == "country" else 1)
        if network.nodes[source]["record"].status in DASHED:
            edge["dashes"] = True
    return pairs


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
    """Text without control and bidi characters, cut where nobody reads on."""
    return shorten(CONTROLS.sub("", text), LONGEST)


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, with an ellipsis where something was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def load_json(name: str) -> Json:
    """A JSON file of data/view."""
    values: Json = json.loads(data_path("view", f"{name}.json").read_text(encoding="utf-8"))
    return values

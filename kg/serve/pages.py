"""The page at / and its parts: what needs no worker, and what a browser may do with it."""

from __future__ import annotations

import json

from kg.config import data_path
from kg.graph.namespaces import make_prefixes
from kg.graph.view import dump_json
from kg.serve.messages import Reply, refuse
from kg.serve.openapi import Json, list_queries, make_openapi

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = (("Content-Security-Policy", POLICY),)
HTML, JSON = "text/html; charset=utf-8", "application/json"
PARTS = {
    "yasgui.min.js": (("vendor", "yasgui.min.js"), "text/javascript; charset=utf-8"),
    "yasgui.min.css": (("vendor", "yasgui.min.css"), "text/css; charset=utf-8"),
    "main.js": (("scripts", "main.js"), "text/javascript; charset=utf-8"),
    "charts.js": (("scripts", "charts.js"), "text/javascript; charset=utf-8"),
    "page.css": (("page.css",), "text/css; charset=utf-8"),
}
EXAMPLE = """SELECT DISTINCT ?date ?label ?event WHERE {
  ?event a dkg:Event ; skos:prefLabel ?label ; dkg:earliest ?date .
} ORDER BY DESC(?date) LIMIT 50"""


def make_index(base: str) -> Reply:
    """The page with the editor."""
    prefixes = make_prefixes(base)
    lines = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in ("dkg", "skos", "id"))
    data: Json = {"base": base, "prefixes": {**prefixes}, "queries": list_queries(), "example": lines + "\n" + EXAMPLE}
    parts = {"data": dump_json(data)}
    template = data_path("serve", "index.html").read_text(encoding="utf-8")
    return make_reply("".join(parts.get(piece, piece) for piece in template.split("%%")), HTML)


def make_part(name: str) -> Reply:
    """A script or style of the page."""
    if name not in PARTS:
        return refuse(404, "there is no such file")
    place, media = PARTS[name]
    body = data_path("serve", *place).read_bytes()
    return Reply(200, media, body, size=len(body))


def make_listing() -> Reply:
    return make_reply(json.dumps(list_queries(), ensure_ascii=False), JSON)


def make_description() -> Reply:
    return make_reply(json.dumps(make_openapi(), ensure_ascii=False), JSON)


def make_reply(text: str, media: str) -> Reply:
    body = text.encode("utf-8", "replace")
    return Reply(200, media, body, size=len(body), headers=SAFE)

"""The network as one self-contained HTML page: it opens from disk, loads nothing and runs only its own scripts.

The page's parts lie in data/view. The policy in its head names the hash of every script and style, so that a script
that came in with the data would not run even if the page took it for markup.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from pathlib import Path
from typing import IO

from kg.config import data_path
from kg.graph.drawing import Json, make_levels
from kg.graph.layout import Report
from kg.graph.network import Network
from kg.graph.payload import Setting, clean, make_payload
from kg.graph.terms import Terms, load_terms

DEFAULT_TITLE = "Diplomatic KG"
DEFAULT_LEVEL = "actors"
CORE_SIZE = 120
COMPRESSION = 9  # the layout takes far longer
LIBRARIES = ("vis-timeline", "vis-network")  # both name themselves vis: the DataSet of the latter remains
SCRIPTS = (
    "text", "dates", "icons", "state", "facts", "facets", "shortest", "picture", "places", "labels", "canvas", "marks",
    "quotes", "sections", "panel", "search", "filters", "timeline", "legend", "tables", "turtle", "export", "merging",
    "keys", "buttons", "main",
)  # fmt: skip
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def dump_view(
    network: Network,
    target: str | Path | IO[str],
    title: str = DEFAULT_TITLE,
    language: str = "ru",
    core_size: int = CORE_SIZE,
    *,
    level: str = DEFAULT_LEVEL,
    report: Report | None = None,
) -> None:
    """Write the page to a path (as UTF-8) or to an open text file; the arguments are those of ``make_page``."""
    page = make_page(network, title, language, core_size, level=level, report=report)
    if isinstance(target, str | Path):
        Path(target).write_text(page, encoding="utf-8", newline="\n")
    else:
        target.write(page)


def make_page(
    network: Network,
    title: str = DEFAULT_TITLE,
    language: str = "ru",
    core_size: int = CORE_SIZE,
    terms: Terms | None = None,
    *,
    level: str = DEFAULT_LEVEL,
    report: Report | None = None,
    source: str = "",
) -> str:
    """The page as text.

    ``language`` ("ru" or "en") and ``level`` ("actors" or "events") are what the page opens in, ``core_size`` is how
    many nodes it opens on at most; ``report`` is told of the layout as (nodes placed, nodes in all). ``source`` is
    where a page that a server gives finds more, relative to it: with ``?entity=`` IRI or name it answers the payload,
    as JSON, of what lies around a thing. Without it the page may not ask for anything.
    """
    levels = make_levels(network, core_size, report)
    payload = make_payload(network, levels, terms or load_terms(), Setting(title, language, level, core_size, source))
    return fill_template(payload, title, language)


def fill_template(payload: Json, title: str, language: str) -> str:
    """The template with styles, scripts and data in place, and the policy that allows only these."""
    style = read_part("view.css")
    libraries = [read_part("vendor", f"{name}.min.js") for name in LIBRARIES]
    scripts = [*libraries, *(read_part("scripts", f"{name}.js") for name in SCRIPTS)]
    parts = {
        "language": html.escape(language),
        "policy": make_policy(scripts, style, asks=bool(payload.get("source"))),
        "title": html.escape(clean(title)),
        "style": style,
        "data": pack(payload),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return "".join(parts.get(piece, piece) for piece in read_part("template.html").split("%%"))


def make_policy(scripts: list[str], style: str, *, asks: bool = False) -> str:
    """A content security policy that allows these scripts and this style, and no request unless the page ``asks``."""
    lists = [read_part("vendor", f"{name}.styles").split() for name in LIBRARIES]
    library_styles = dict.fromkeys(digest for digests in lists for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(hash_source, scripts)),
            "style-src " + " ".join((hash_source(style), *(f"'sha256-{digest}'" for digest in library_styles))),
            "img-src data: blob:",
            *(("connect-src 'self'",) if asks else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def hash_source(text: str) -> str:
    """The source expression that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def pack(payload: Json) -> str:
    """JSON, deflated (zlib) as base64: a fifth of the size, and nothing that a parser could take for markup."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), COMPRESSION)).decode()


def unpack(page: str) -> Json:
    """The data of a page."""
    packed = page.partition('id="data">')[2].partition("<")[0]
    payload: Json = json.loads(zlib.decompress(base64.b64decode(packed)))
    return payload


def dump_json(payload: Json) -> str:
    """JSON that no HTML parser can take for markup."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).translate(MARKUP)


def read_part(*parts: str) -> str:
    """A file of data/view with the line ends that an HTML parser makes of any."""
    return data_path("view", *parts).read_text(encoding="utf-8")

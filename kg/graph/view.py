"""The network as one self-contained HTML page: it opens from disk, loads nothing and runs only its own scripts.

The page's parts lie in data/view. The policy in its head names the hash of every script and style, so that a script
that came in with the data would not run even if the page took it for markup.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path
from typing import IO

from kg.config import data_path
from kg.graph.layout import make_layout, select_core
from kg.graph.network import Network
from kg.graph.payload import Json, Picture, clean, make_payload
from kg.graph.terms import Terms, load_terms

DEFAULT_TITLE = "Diplomatic KG"
CORE_SIZE = 120
SCRIPTS = ("text", "dates", "icons", "canvas", "panel", "search", "legend", "main")
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def dump_view(
    network: Network,
    target: str | Path | IO[str],
    title: str = DEFAULT_TITLE,
    language: str = "ru",
    core_size: int = CORE_SIZE,
) -> None:
    """Write the page to a path (as UTF-8) or to an open text file.

    ``language`` ("ru" or "en") is what the page opens in; ``core_size`` how many nodes it opens on at most.
    """
    page = make_page(network, title, language, core_size)
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
) -> str:
    """The page as text."""
    core = tuple(select_core(network, core_size))
    picture = Picture(network, make_layout(network, core), core)
    return fill_template(make_payload(picture, terms or load_terms(), title, language), title, language)


def fill_template(payload: Json, title: str, language: str) -> str:
    """The template with styles, scripts and data in place, and the policy that allows only these."""
    style = read_part("view.css")
    scripts = [read_part("vendor", "vis-network.min.js"), *(read_part("scripts", f"{name}.js") for name in SCRIPTS)]
    parts = {
        "language": html.escape(language),
        "policy": make_policy(scripts, style),
        "title": html.escape(clean(title)),
        "style": style,
        "data": dump_json(payload),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return "".join(parts.get(piece, piece) for piece in read_part("template.html").split("%%"))


def make_policy(scripts: list[str], style: str) -> str:
    """A content security policy that allows these scripts and this style, and no request at all."""
    library_styles = read_part("vendor", "vis-network.styles").split()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(hash_source, scripts)),
            "style-src " + " ".join((hash_source(style), *(f"'sha256-{digest}'" for digest in library_styles))),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def hash_source(text: str) -> str:
    """The source expression that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def dump_json(payload: Json) -> str:
    """JSON that no HTML parser can take for markup."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).translate(MARKUP)


def read_part(*parts: str) -> str:
    """A file of data/view with the line ends that an HTML parser makes of any."""
    return data_path("view", *parts).read_text(encoding="utf-8")

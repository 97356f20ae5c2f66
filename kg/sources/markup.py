"""Fragments of HTML to plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)
SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg"})
SPACES = re.compile("[ \t\r\f\v\n]+")


def fragment_text(fragment: str) -> str:
    """The text of a fragment, a line for each block. Raises what lxml raises for what is none."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    root = html.fragment_fromstring(fragment, create_parent="div")
    return join_paragraphs("".join(walk(root)))


def walk(root: html.HtmlElement) -> Iterator[str]:
    """The pieces of text, with a line end where a block starts and ends; without recursion, however deep."""
    stack: list[html.HtmlElement | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tail = [node.tail] if node.tail and node is not root else []
        if not isinstance(node.tag, str) or node.tag in SILENT:
            stack.extend(tail)
            continue
        edge = ["\n"] if node.tag in BLOCKS else []
        inner: list[html.HtmlElement | str] = [SPACES.sub(" ", node.text or ""), *node]
        stack.extend([*(SPACES.sub(" ", text) for text in tail), *edge, *reversed(inner), *edge])


def join_paragraphs(text: str) -> str:
    """The lines that say something, without blanks around them."""
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)

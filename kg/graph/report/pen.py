"""How a report writes: every text of the graph escaped and cut, what cannot be seen made visible, in one language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.config import data_path
from kg.graph.network import Node, Quote, Source
from kg.graph.payload import is_web, shorten
from kg.graph.report.dates import format_period
from kg.graph.terms import Label, Terms

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
NAME, TEXT = 200, 2000  # characters of names and of sentences


@dataclass(frozen=True)
class Pen:
    """Language, words and the numbers of the sources."""

    language: str
    terms: Terms
    words: Mapping[str, str]
    numbers: Mapping[Source, int]

    def word(self, name: str, **values: object) -> str:
        """A text of data/report/strings.json."""
        return escape(self.words[name].format(**values), TEXT)

    def speak(self, label: Label) -> str:
        """A label in the language."""
        return label.en if self.language == "en" else label.ru

    def name(self, node: Node) -> str:
        """What a thing is called, set apart from the direction of what is around it."""
        return mark(self.speak(node.label) or node.iri, NAME)

    def names(self, nodes: Iterable[Node]) -> str:
        return ", ".join(self.name(node) for node in nodes)

    def term(self, name: str) -> str:
        """What the ontology calls a type or status."""
        return escape(self.speak(self.terms.label(name)), NAME)

    def when(self, node: Node) -> str:
        """The date of an event in words."""
        return escape(format_period(node.when.start, node.when.end, self.language), NAME) if node.when else ""

    def quote(self, quote: Quote) -> str:
        """A sentence with the number of its article."""
        return f"<blockquote>{mark(quote.text, TEXT)} {self.refer([quote])}</blockquote>"

    def refer(self, quotes: Iterable[Quote]) -> str:
        """The numbers of the articles, each once, as links to the list of sources."""
        found = sorted({self.numbers[quote.source] for quote in quotes})
        return " ".join(f'<a class="ref" href="#s{number}">[{number}]</a>' for number in found)


def load_words(language: str) -> dict[str, str]:
    """The words of a report in one language."""
    found: dict[str, dict[str, str]] = json.loads(data_path("report", "strings.json").read_text(encoding="utf-8"))
    return found[language]


def mark(text: str, most: int) -> str:
    return f"<bdi>{escape(text, most)}</bdi>"


def escape(text: str, most: int) -> str:
    """Text that no parser takes for markup; characters that nobody sees, or that turn text round, by their number."""
    shown = UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    return html.escape(shorten(shown, most), quote=True)


def link(address: str | None, text: str, most: int) -> str:
    """A link where a browser may follow it, else the text alone."""
    shown = mark(text, most)
    if not is_web(address) or UNSEEN.search(address or ""):
        return shown
    return f'<a href="{html.escape(address or "", quote=True)}" rel="noopener noreferrer">{shown}</a>'

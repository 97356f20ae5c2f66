"""What the ontology says of the terms that the view shows: their labels, and the kind of thing each class is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, Triple

from kg.config import DEFAULT_BASE
from kg.graph.namespaces import RDFS, SKOS
from kg.graph.ontology import load_triples, local_name

LABELS = (RDFS.label, SKOS.prefLabel)
KINDS = ("Event", "Document", "Person", "Country", "City", "Region", "Venue", "Organization")
WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Label:
    """A name in Russian and in English; where one language lacks it, the other stands in."""

    ru: str
    en: str


@dataclass(frozen=True)
class Terms:
    """Labels and superclasses by name: "Talks" and "planned" of the ontology, "topic/trade" of the topics."""

    labels: Mapping[str, Label]
    parents: Mapping[str, frozenset[str]]

    def label(self, name: str) -> Label:
        """The label of a term; a term that the ontology lacks shows its name as words."""
        words = WORD_START.sub(" ", name.rsplit("/", 1)[-1]).lower()
        return self.labels.get(name) or Label(words, words)

    def ancestors(self, name: str) -> frozenset[str]:
        """The class itself and all classes above it."""
        found, rest = {name}, [name]
        while rest:
            new = self.parents.get(rest.pop(), frozenset()) - found
            found |= new
            rest.extend(new)
        return frozenset(found)

    def kind(self, types: Iterable[str]) -> str | None:
        """Which of the view's kinds a thing with these classes is; None for what is not shown."""
        above = frozenset[str]().union(*(self.ancestors(name) for name in types))
        return next((kind for kind in KINDS if kind in above), None)

    def deepest(self, types: Iterable[str]) -> str:
        """The most specific of the classes of one thing."""
        return max(types, key=lambda name: (len(self.ancestors(name)), name))


def load_terms() -> Terms:
    """The terms of data/ontology.ttl and data/topics.ttl."""
    ontology, topics = load_triples("ontology.ttl"), load_triples("topics.ttl", DEFAULT_BASE)
    return Terms(make_labels((*ontology, *topics)), make_parents(ontology))


def make_labels(triples: Iterable[Triple]) -> dict[str, Label]:
    """The labels of own terms and topics, by name."""
    texts: dict[str, dict[str, str]] = {}
    for triple in triples:
        if triple.predicate in LABELS and isinstance(triple.object, Literal):
            name = local_name(triple.subject) or str(triple.subject)[1:-1].removeprefix(DEFAULT_BASE)
            texts.setdefault(name, {}).setdefault(triple.object.language or "en", triple.object.value)
    return {name: make_label(by_language, name) for name, by_language in texts.items()}


def make_parents(triples: Iterable[Triple]) -> dict[str, frozenset[str]]:
    """The own classes directly above each own class."""
    parents: dict[str, frozenset[str]] = {}
    for triple in triples:
        child, parent = local_name(triple.subject), local_name(triple.object)
        if triple.predicate == RDFS.subClassOf and child and parent:
            parents[child] = parents.get(child, frozenset()) | {parent}
    return parents


def make_label(texts: Mapping[str, str], default: str) -> Label:
    """A label of what there is: Russian, English, any other language, the default."""
    ru = texts.get("ru") or texts.get("en") or next(iter(texts.values()), default)
    return Label(ru, texts.get("en") or ru)

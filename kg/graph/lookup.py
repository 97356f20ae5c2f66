"""From what a user writes for a thing (an IRI, an id, a name in Russian or English) to the thing in the store."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError, QueryError
from kg.folding import fold
from kg.graph.iris import article_iri, resource_iri
from kg.graph.namespaces import RDF, SKOS
from kg.graph.ontology import DKG, find_classes, local_name
from kg.graph.store import Store

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
LANGUAGES = ("ru", "en")
ABSOLUTE = re.compile(r"<?((?:https?|urn):[^\s<>]+)>?\Z")
PREFIXED = re.compile(r"([a-z]+):(\S+)\Z")
WORD = re.compile(r"\w+")
CODE = re.compile(r"[A-Z]{2}\Z")
SHOWN, NEAR = 8, 3
SHORT = 3  # letters of a word that says nothing


def find_thing(store: Store, written: str, kind: str | None = None) -> NamedNode:
    """The one thing meant; ``kind`` is a class of the ontology ("Person") that it must belong to.

    Raises QueryError where nothing or more than one thing bears the name, with what may have been meant, and where
    an IRI or id is that of a thing of another class.
    """
    node = parse_iri(store, written) or find_id(store, written) or find_key(store, written, kind)
    if node is not None:
        check_kind(store, node, written, kind)
        return node
    for matches in (exact_matches, folded_matches, word_matches):
        meant = {other for node in matches(store, written) for other in find_meant(store, node)}
        found = sorted(select_kind(store, meant, kind), key=lambda node: node.value)
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(f"{written!r} may mean {format_candidates(store, found)}; give the id")
    near = () if "/" in written else suggest(store, written, kind)
    hint = f"; did you mean {format_candidates(store, near)}?" if near else ""
    raise QueryError(f"the store knows no {(kind or 'thing').lower()} named {written!r}{hint}")


def find_meant(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    """What stands for a name in merged events; mostly the node itself."""
    replaced = [quad.object for quad in store.inner.quads_for_pattern(node, DKG.replacedBy, None, None)]
    return (other for found in (replaced or [node]) for other in as_node(found))


def parse_iri(store: Store, written: str) -> NamedNode | None:
    """An absolute IRI, with or without angle brackets, or a prefixed name such as ``dkg:state``."""
    absolute, prefixed = ABSOLUTE.match(written), PREFIXED.match(written)
    try:
        if absolute:
            return NamedNode(absolute[1])
        if prefixed and prefixed[1] in store.prefixes:
            return resource_iri(store.prefixes[prefixed[1]], prefixed[2])
    except (ValueError, DataError) as error:
        raise QueryError(f"{written!r} is not an IRI: {error}") from error
    return None


def find_id(store: Store, written: str) -> NamedNode | None:
    """The resource with the id ``person/sadyr-japarov`` below the base, if the store says anything of it."""
    if "/" not in written:
        return None
    kind, _, rest = written.partition("/")
    node = article_iri(store.base, rest) if kind == "article" else resource_iri(store.base, written)
    return node if next(store.inner.quads_for_pattern(node, None, None, None), None) else None


def find_key(store: Store, written: str, kind: str | None) -> NamedNode | None:
    """The resource whose id is the key alone, where the kind says what stands before it: ``head_of_state``.

    The code of a country (``KG``) needs no kind.
    """
    kinds = sorted(find_classes(kind)) if kind else ["country"] if CODE.match(written) else []
    found = (find_id(store, f"{name.lower()}/{written}") for name in kinds)
    return next((node for node in found if node), None)


def check_kind(store: Store, node: NamedNode, written: str, kind: str | None) -> None:
    """Raises QueryError for a thing known to be something else; what the store does not know may be anything."""
    kinds = {local_name(quad.object) for quad in store.inner.quads_for_pattern(node, RDF.type, None, None)} - {""}
    if kind and kinds and not kinds & find_classes(kind):
        label = find_label(store, node)
        found = min(kinds, key=lambda name: (len(find_classes(name)), name)).lower()  # the most specific
        raise QueryError(f"{written!r}{f' ({label})' if label else ''} is a {found}, not a {kind.lower()}")


def suggest(store: Store, written: str, kind: str | None) -> list[NamedNode]:
    """Things with a label, or a word of one, that is spelt much like the name."""
    spelt: dict[str, set[NamedNode]] = {}
    for node, label in store_labels(store):
        for text in (fold(label), *(word for word in WORD.findall(fold(label)) if len(word) > SHORT)):
            spelt.setdefault(text, set()).add(node)
    near = difflib.get_close_matches(fold(written), spelt, NEAR, cutoff=0.7)
    found = (node for text in near for node in sorted(select_kind(store, spelt[text], kind), key=str))
    return list(dict.fromkeys(node for node in found if node.value.startswith(store.base)))


def exact_matches(store: Store, name: str) -> Iterator[NamedNode]:
    """Things with that very label, found through the index."""
    for label in LABELS:
        for literal in (Literal(name), *(Literal(name, language=lang) for lang in LANGUAGES)):
            for quad in store.inner.quads_for_pattern(None, label, literal, None):
                yield from as_node(quad.subject)


def folded_matches(store: Store, name: str) -> Iterator[NamedNode]:
    """Things with that label, whatever the case and whether ё or е."""
    wanted = fold(name.strip())
    return (node for node, label in store_labels(store) if fold(label.strip()) == wanted)


def word_matches(store: Store, name: str) -> Iterator[NamedNode]:
    """Things whose label has all the words of the name: a surname finds its bearers."""
    wanted = set(WORD.findall(fold(name)))
    return (node for node, label in store_labels(store) if wanted and wanted <= set(WORD.findall(fold(label))))


def store_labels(store: Store) -> Iterator[tuple[NamedNode, str]]:
    """All labels of things, and what bears them."""
    for predicate in LABELS:
        for quad in store.inner.quads_for_pattern(None, predicate, None, None):
            for node in as_node(quad.subject):
                yield node, str(quad.object.value)  # type: ignore[union-attr]


def as_node(subject: object) -> Iterator[NamedNode]:
    if isinstance(subject, NamedNode):
        yield subject


def select_kind(store: Store, nodes: set[NamedNode], kind: str | None) -> Iterator[NamedNode]:
    """The nodes of a class; without one, all but events and terms of the ontology, which bear labels like any thing."""
    wanted = {DKG[name] for name in find_classes(kind)} if kind else set()
    for node in nodes:
        kinds = {quad.object for quad in store.inner.quads_for_pattern(node, RDF.type, None, None)}
        thing = kinds and DKG.Event not in kinds and node.value.startswith(store.base)
        if (kinds & wanted) if kind else thing:
            yield node


def format_candidates(store: Store, nodes: Sequence[NamedNode]) -> str:
    """The candidates as a user may give them back: their ids, with their labels."""
    shown = [f"{node.value.removeprefix(store.base)} ({find_label(store, node) or '?'})" for node in nodes[:SHOWN]]
    return ", ".join(shown) + (f" and {len(nodes) - SHOWN} more" if len(nodes) > SHOWN else "")


def find_label(store: Store, node: NamedNode) -> str | None:
    """The Russian label of a thing, else the English one, else any."""
    quads = store.inner.quads_for_pattern(node, SKOS.prefLabel, None, None)
    labels = {q.object.language: q.object.value for q in quads if isinstance(q.object, Literal)}
    return next((labels[lang] for lang in (*LANGUAGES, *sorted(labels, key=str)) if lang in labels), None)

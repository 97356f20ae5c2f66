"""References: stretches of tokens that stand for entities, and where the Doc keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.records import Entity
from kg.records import Span as Characters


@dataclass(frozen=True, slots=True)
class Ref:
    """Tokens ``start`` to ``end`` (half-open) with ``head`` refer to one entity, or to several («главы государств»).

    ``sort``: name · title («глава МИД Казахстана») · adjective («российский») · metonym (a capital for its country)
    · people · pronoun · noun («гость») · group («стороны»). ``inner`` refs stand inside another («президент *России*»).
    """

    start: int
    end: int
    head: int
    entities: tuple[Entity, ...]
    sort: str
    inner: bool = False

    @property
    def entity(self) -> Entity:
        """The entity of a reference to one."""
        return self.entities[0]


@dataclass(frozen=True, slots=True)
class Holding:
    """A title that the text gives a person: ``office`` is a key of offices.tsv, None where the table has none."""

    person: Entity
    title: str
    office: str | None
    of: Entity
    start: int
    end: int
    former: bool = False


def register_extensions() -> None:
    """The attributes that the project's components keep on a Doc."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def find_head(doc: Doc, start: int, end: int) -> Token:
    """The token of a stretch whose head lies outside it, the first such."""
    return next((t for t in doc[start:end] if not start <= t.head.i < end or t.head.i == t.i), doc[start])


def find_span(doc: Doc, start: int, end: int) -> Characters:
    """A stretch of tokens as characters."""
    span: Span = doc[start:end]
    return Characters(span.start_char, span.end_char)


def publish_refs(doc: Doc) -> None:
    """Show the references in spaCy's own terms: ``doc.spans["mentions"]``, and ``kb_id_`` on ``doc.ents``."""
    single = [r for r in (*doc._.refs, *doc._.inner) if len(r.entities) == 1 and r.sort != "latent"]
    ids = {(r.start, r.end): r.entity.id for r in single}
    doc.spans["mentions"] = [Span(doc, r.start, r.end, label=r.entity.kind, kb_id=r.entity.id) for r in single]
    doc.set_ents([Span(doc, e.start, e.end, label=e.label, kb_id=ids.get((e.start, e.end), "")) for e in doc.ents])


EXTENSIONS = {
    "article": None,
    "refs": (),
    "inner": (),  # references that take no part in events: names inside names, adjectives of cities
    "holdings": (),
    "dates": (),
    "events": (),
    "documents": (),
    "tenures": (),
}

"""Places below the city and places that no table knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.records import Entity
from kg.text.language import Language
from kg.text.nouns import dictionary_form
from kg.text.refs import Ref
from kg.text.slugs import make_slug

QUOTES = {"«": "»", "„": "“", '"': '"', "“": "”"}


def find_venues(doc: Doc, refs: Sequence[Ref], language: Language, gazetteer: Gazetteer) -> Iterator[Ref]:
    """Venues that a noun opens: «дворец «Арбоб»», «аэропорт Внуково», «резиденция президента»."""
    nouns = language.words["venues.nouns"]
    at = {i: r for r in refs for i in range(r.start, r.end) if r.entity.kind in ("Venue",)}
    for token in doc:
        if token.lemma_.lower() not in nouns or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if token.i in at and at[token.i].start <= token.i < at[token.i].end:
            continue
        start, end, named = find_extent(doc, token, refs)
        known = next((at[i] for i in range(start, end) if i in at), None)
        if known is not None:
            yield Ref(start, end, token.i, known.entities, "name")
        elif named or (token.lemma_ in language.words["venues.bare"] and token.dep_ in ("obl", "nmod", "nsubj", "obj")):
            yield Ref(start, end, token.i, (mint_venue(doc, start, end, token, refs),), "name")


def find_extent(doc: Doc, head: Token, refs: Sequence[Ref]) -> tuple[int, int, bool]:
    """Tokens of a venue around its noun, and whether they name it: quotes, capitals, «имени …»."""
    start = head.i
    while start > 0 and doc[start - 1].pos_ == "ADJ" and doc[start - 1].head.i == head.i and not doc[start - 1].like_num:
        start -= 1
    end = head.i + 1
    named = head.i > 0 and any(t.text[0].isupper() and not t.is_sent_start for t in doc[start : head.i + 1])
    if end < len(doc) and doc[end].text in QUOTES:
        close = next((i for i in range(end + 1, min(end + 8, len(doc))) if doc[i].text == QUOTES[doc[end].text]), None)
        if close is not None:
            return start, close + 1, True
    while end < len(doc) and is_name_part(doc, end, head):
        named = named or doc[end].text[0].isupper() or doc[end].lower_ == "имени"
        end += 1
    return start, end, named


def is_name_part(doc: Doc, i: int, head: Token) -> bool:
    """A genitive or capitalised word right behind the noun, below it in the tree."""
    token = doc[i]
    if token.pos_ not in ("PROPN", "NOUN", "ADJ") or not (token.text[0].isupper() or token.lower_ in ("имени", "президента", "президентов", "парламента", "мид", "правительства")):
        return False
    return token.is_alpha or "-" in token.text


def mint_venue(doc: Doc, start: int, end: int, head: Token, refs: Sequence[Ref]) -> Entity:
    """A venue that no table knows, named in the nominative."""
    name = dictionary_form(doc, start, end, head)
    quoted = [t.i for t in doc[start:end] if t.text in QUOTES]
    core = doc[quoted[0] + 1 : end - 1].text if quoted else ""
    aliases = tuple(dict.fromkeys(a for a in (core, doc[start:end].text, doc[head.i : end].text) if a and a != name))
    return Entity(f"venue/{make_slug(name)}", "Venue", name, aliases=aliases, known=False)


def mint_place(span: Span, language: Language) -> Entity | None:
    """A place of slovnet's that no table knows: a region by its noun, else a city."""
    name = dictionary_form(span.doc, span.start, span.end, span.root)
    nouns = language.words["regions.nouns"]
    region = any(t.lemma_ in nouns for t in span) or span.root.head.lemma_ in nouns
    kind = "Region" if region else "City"
    aliases = (span.text,) if span.text != name else ()
    return Entity(f"{kind.lower()}/{make_slug(name)}", kind, name, aliases=aliases, known=False)

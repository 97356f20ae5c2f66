"""Places below the city and places that no table knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.language import Language
from kg.text.nouns import dictionary_form
from kg.text.refs import Ref
from kg.text.slugs import make_local_slug, make_slug

QUOTES = {"«": "»", "„": "“", '"': '"', "“": "”"}


def find_venues(doc: Doc, refs: Sequence[Ref], language: Language, gazetteer: Gazetteer) -> Iterator[Ref]:
    """Venues that a noun opens: «дворец «Арбоб»», «аэропорт Внуково», «резиденция президента»."""
    nouns = language.words["venues.nouns"]
    at = {i: r for r in refs if r.entity.kind == "Venue" for i in range(r.start, r.end)}
    for token in doc:
        if fold(token.lemma_) not in nouns or token.pos_ not in ("NOUN", "PROPN") or token.i in at:
            continue
        start, end, named = find_extent(doc, token, language)
        known = next((at[i] for i in range(start, end) if i in at), None)
        bare = token.lemma_ in language.words["venues.bare"] and token.dep_ in ("obl", "nmod", "nsubj", "obj")
        if known is not None:
            yield Ref(start, end, token.i, known.entities, "name")
        elif named or bare:
            yield Ref(start, end, token.i, (mint_venue(doc, start, end, token, language),), "name")


def find_extent(doc: Doc, head: Token, language: Language) -> tuple[int, int, bool]:
    """Tokens of a venue around its noun, and whether they name it: quotes, capitals, «имени …», «президентский»."""
    start = head.i
    while (
        start > 0 and doc[start - 1].pos_ == "ADJ" and doc[start - 1].head.i == head.i and not doc[start - 1].like_num
    ):
        start -= 1
    owned = any(fold(t.lemma_) in language.words["venues.owners"] for t in doc[start : head.i])
    named = owned or any(t.text[0].isupper() and not t.is_sent_start for t in doc[start : head.i + 1])
    end = head.i + 1
    if end < len(doc) and doc[end].text in QUOTES:
        close = find_close(doc, end, 8)
        return (start, close + 1, True) if close else (start, end, named)
    while end < len(doc) and is_name_part(doc, end, head, language):
        named = named or doc[end].text[0].isupper() or doc[end].lower_ in language.words["venues.genitives"]
        end += 1
    if end < len(doc) and end > head.i + 1 and doc[end].text in QUOTES and (close := find_close(doc, end, 6)):
        end, named = close + 1, True
    return start, end, named


def find_close(doc: Doc, start: int, reach: int) -> int | None:
    """The quotation mark that closes the one at ``start``."""
    closing = QUOTES[doc[start].text]
    return next((i for i in range(start + 1, min(start + reach, len(doc))) if doc[i].text == closing), None)


def is_name_part(doc: Doc, i: int, head: Token, language: Language) -> bool:
    """A word right behind the noun that belongs to its name: «имени», capitals, the genitive of a capitalised noun,
    whom a monument is to; never the person who acts there."""
    token = doc[i]
    if token.pos_ not in ("PROPN", "NOUN", "ADJ", "CCONJ") or not (token.is_alpha or "-" in token.text):
        return False
    dedicated = fold(head.lemma_) in language.words["venues.dedicated"]
    if token.pos_ == "CCONJ":
        return (
            i + 1 < len(doc)
            and doc[i + 1].head.i > head.i
            and doc[i + 1].dep_ == "conj"
            and is_name_part(doc, i + 1, head, language)
            and head.text[0].isupper()
        )
    if token.ent_type_ == "PER":
        return dedicated or any(t.lower_ in language.words["venues.honouring"] for t in doc[head.i : i])
    cases = set(token.morph.get("Case", []))
    if token.lower_ in language.words["venues.genitives"]:
        return True
    if (head.text[0].isupper() and "Gen" in cases and not head.is_sent_start) or (dedicated and "Dat" in cases):
        return True
    return bool(token.text[0].isupper()) and (
        token.ent_type_ != "LOC" or "Gen" in cases or "Nom" in cases or token.head.i == head.i
    )


def mint_venue(doc: Doc, start: int, end: int, head: Token, language: Language) -> Entity:
    """A venue that no table knows, in the nominative; the text's own spellings are its other names.

    One without a proper name («резиденция», «президентский дворец») stays within its article.
    """
    name = dictionary_form(doc, start, end, head)
    opening = next((t.i for t in doc[start:end] if t.text in QUOTES), None)
    core = doc[opening + 1 : end - 1].text if opening is not None else ""
    farther = find_site(doc, end, language)
    spellings = [core, doc[start:end].text, doc[head.i : end].text]
    if farther > end:
        spellings += [doc[start:farther].text, dictionary_form(doc, start, farther, head)]
    aliases = tuple(dict.fromkeys(a for a in spellings if a and a != name))
    slug = make_local_slug(name, doc._.article) if name.islower() else make_slug(name)
    return Entity(f"venue/{slug}", "Venue", name, aliases=aliases, known=False)


def find_site(doc: Doc, end: int, language: Language) -> int:
    """The end of «на Спиридоновке», «в Карфагене», «на улице Бальфур» behind a venue."""
    if end + 1 >= len(doc) or doc[end].lower_ not in language.words["venues.at"]:
        return end
    i = end + 1
    sites = language.words["venues.sites"]
    while i < min(len(doc), end + 4) and (doc[i].text[0].isupper() or doc[i].lower_ in sites):
        i += 1
    return i if i > end + 1 else end


def mint_place(span: Span, language: Language) -> Entity | None:
    """A place of slovnet's that no table knows: a region by its noun or name, else a city."""
    name = dictionary_form(span.doc, span.start, span.end, span.root)
    nouns, large = language.words["regions.nouns"], language.words["regions.large"]
    region = any(t.lemma_ in nouns for t in span) or span.root.head.lemma_ in nouns
    region = region or fold(name.split()[-1]) in large
    kind = "Region" if region else "City"
    aliases = (span.text,) if span.text != name else ()
    return Entity(f"{kind.lower()}/{make_slug(name)}", kind, name, aliases=aliases, known=False)

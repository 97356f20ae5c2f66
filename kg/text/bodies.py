"""Ministries, parliaments, commissions: bodies of a state, and organisations that no table knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.knowledge.bodies import Bodies
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.knowledge import make_bodies
from kg.text.language import Language
from kg.text.nouns import dictionary_form, genitive
from kg.text.refs import Ref
from kg.text.slugs import make_local_slug, make_slug


def find_bodies(doc: Doc, refs: Sequence[Ref], language: Language, gazetteer: Gazetteer) -> Iterator[Ref]:
    """«МИД Казахстана», «министерство обороны РФ», «российское правительство»."""
    nouns, bodies = list_nouns(language), make_bodies(gazetteer)
    starts = {r.start: r for r in refs if r.entity.kind == "Country" and r.sort in ("name", "metonym")}
    covered = {i for r in refs if r.entity.kind in ("Organization", "Venue") for i in range(r.start, r.end)}
    for token in doc:
        if nouns.isdisjoint((fold(token.lemma_), fold(token.text))) or token.i in covered:
            continue
        tail = token.i + 1
        while tail < len(doc) and tail not in starts and tail not in covered and is_tail(doc, tail):
            tail += 1
        behind, before = starts.get(tail), find_adjective(token, refs)
        if behind is not None:
            yield make_body(doc[token.i : behind.end], token, tail, behind.entity, language, gazetteer)
        elif before is not None and len(before.entities) == 1:
            yield make_body(doc[before.start : tail], token, tail, before.entity, language, gazetteer)
        elif (owner := find_owner(doc[token.i : tail], refs, language, gazetteer, bodies)) is not None:
            yield make_body(doc[token.i : tail], token, tail, owner, language, gazetteer)


def list_nouns(language: Language) -> frozenset[str]:
    """Nouns that name a kind of body, folded."""
    return frozenset(fold(n) for n in language.words["organizations.nouns"] | language.words["organizations.bare"])


def find_adjective(token: Token, refs: Sequence[Ref]) -> Ref | None:
    """The country's adjective before a noun."""
    adjectives = (r for r in refs if r.sort == "adjective" and r.end <= token.i)
    return next((r for r in adjectives if token.doc[r.head].head.i == token.i), None)


def find_owner(
    span: Span, refs: Sequence[Ref], language: Language, gazetteer: Gazetteer, bodies: Bodies
) -> Entity | None:
    """The country of a body named without one: the only one that has such a body, else the one spoken of last.

    Bodies of a common name («администрация президента») are of the country whose body the tables know by it.
    """
    lemma = fold(span[0].lemma_)
    if lemma in language.maps["organizations.owners"]:
        return gazetteer.country_entity(language.maps["organizations.owners"][lemma])
    spoken = [r.entity for r in refs if r.start < span.start and r.entity.kind == "Country"]
    if lemma in language.words["organizations.bare"]:
        return spoken[-1] if spoken else None
    if lemma in language.words["organizations.shared"]:
        return None
    return next((c for c in reversed(spoken) if bodies.find_body([t.text for t in span], c.iso2 or "")), None)


def is_tail(doc: Doc, i: int) -> bool:
    """A genitive behind the noun: «иностранных дел», «по делам»."""
    token = doc[i]
    return token.pos_ in ("NOUN", "ADJ") and "Gen" in token.morph.get("Case", []) and token.text.islower()


def make_body(span: Span, head: Token, tail: int, country: Entity, language: Language, gazetteer: Gazetteer) -> Ref:
    """A body of a country, ``tail`` ends its own words: that of the tables, else by its words and the country.

    Spellings of one body («МИД», «внешнеполитическое ведомство») share an id, and of several bodies («правительства
    России и Индии») each has that of one.
    """
    doc, first, bodies = span.doc, head.i, make_bodies(gazetteer)
    same, duties = language.maps["organizations.same"], language.maps["organizations.duties"]
    if first and fold(dictionary_form(doc, first - 1, tail, head)) in duties:
        first -= 1
    several = first == head.i and "Plur" in head.morph.get("Number", [])
    label = dictionary_form(doc, first, tail, head, singular=several)
    core = fold(label)
    duty = next((key for words, key in duties.items() if core.endswith(words)), None)
    described = first > 0 and doc[first - 1].pos_ == "ADJ"  # «*государственная* дума»
    spelt = ([t.text for t in doc[i:tail]] for i in (first - described, first))
    known = next((found for words in spelt if (found := bodies.find_body(words, country.iso2 or ""))), None)
    ident = (
        known or f"organization/{duty or same.get(core.split()[0], make_slug(core))}-{(country.iso2 or 'x').lower()}"
    )
    called = f"{label} {genitive(country.name)}"
    curated = gazetteer.entities[known] if known is not None else None
    name, name_en = (curated.name, curated.name_en) if curated is not None else (called, None)
    start = min(first, span.start)
    words = (called, doc[start : span.end].text, doc[first:tail].text)
    aliases = tuple(dict.fromkeys(alias for alias in words if alias != name))
    entity = Entity(ident, "Organization", name, name_en, None, country.id, aliases, known is not None)
    return Ref(start, span.end, head.i, (entity,), "name")


def mint_body(span: Span, nouns: frozenset[str]) -> Entity | None:
    """An organisation of slovnet's that no table knows; a bare noun («МИД», «Посольство») stays within its article."""
    name = dictionary_form(span.doc, span.start, span.end, span.root)
    if len(name) < 2:
        return None
    aliases = (span.text,) if span.text != name else ()
    slug = make_local_slug(name, span.doc._.article) if fold(name) in nouns else make_slug(name)
    return Entity(f"organization/{slug}", "Organization", name, aliases=aliases, known=False)

"""Ministries, parliaments, commissions: bodies of a state, and organisations that no table knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.language import Language
from kg.text.nouns import dictionary_form, genitive
from kg.text.refs import Ref
from kg.text.slugs import make_slug


def find_bodies(doc: Doc, refs: Sequence[Ref], language: Language, gazetteer: Gazetteer) -> Iterator[Ref]:
    """«МИД Казахстана», «министерство обороны РФ», «российское правительство»."""
    nouns = {fold(n) for n in language.words["organizations.nouns"] | language.words["organizations.bare"]}
    starts = {r.start: r for r in refs if r.entity.kind == "Country" and r.sort in ("name", "metonym")}
    covered = {i for r in refs if r.entity.kind in ("Organization", "Venue") for i in range(r.start, r.end)}
    for token in doc:
        if (fold(token.lemma_) not in nouns and fold(token.text) not in nouns) or token.i in covered:
            continue
        end = token.i + 1
        while end < len(doc) and end not in starts and end not in covered and is_tail(doc, end):
            end += 1
        country = starts.get(end)
        before = next(
            (r for r in refs if r.sort == "adjective" and doc[r.head].head.i == token.i and r.end <= token.i), None
        )
        if country is not None:
            yield make_body(doc, token.i, country.end, token.i, country.entity, end, language)
        elif before is not None and len(before.entities) == 1:
            yield make_body(doc, before.start, end, token.i, before.entity, end, language)
        elif fold(token.lemma_) in language.words["organizations.bare"]:
            spoken = [r.entity for r in refs if r.start < token.i and r.entity.kind == "Country"]
            if spoken:
                yield make_body(doc, token.i, end, token.i, spoken[-1], end, language)


def is_tail(doc: Doc, i: int) -> bool:
    """A genitive behind the noun: «иностранных дел», «по делам»."""
    token = doc[i]
    return token.pos_ in ("NOUN", "ADJ") and "Gen" in token.morph.get("Case", []) and token.text.islower()


def make_body(doc: Doc, start: int, end: int, head: int, country: Entity, tail: int, language: Language) -> Ref:
    """A body of a country; spellings of one body («МИД», «министерство иностранных дел») share an id."""
    core = fold(dictionary_form(doc, head, tail, doc[head]))
    same, duties = language.maps["organizations.same"], language.maps["organizations.duties"]
    duty = next((key for words, key in duties.items() if core.endswith(words)), None)
    key = duty or same.get(core.split()[0], make_slug(core))
    label = dictionary_form(doc, head, tail, doc[head])
    name = f"{label} {genitive_name(country)}"
    aliases = tuple(dict.fromkeys(a for a in (doc[start:end].text, doc[head:tail].text) if a != name))
    entity = Entity(
        f"organization/{key}-{(country.iso2 or 'x').lower()}",
        "Organization",
        name,
        within=country.id,
        aliases=aliases,
        known=False,
    )
    return Ref(start, end, head, (entity,), "name")


def genitive_name(country: Entity) -> str:
    """«России» of «Россия»."""
    return genitive(country.name)


def mint_body(span: Span) -> Entity | None:
    """An organisation of slovnet's that no table knows."""
    name = dictionary_form(span.doc, span.start, span.end, span.root)
    if len(name) < 2:
        return None
    aliases = (span.text,) if span.text != name else ()
    return Entity(f"organization/{make_slug(name)}", "Organization", name, aliases=aliases, known=False)

"""Names inside names, and adjectives of cities: «Сенат *США*», «*Московский* Кремль», «*женевские* переговоры»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.text.language import Language
from kg.text.refs import Ref, find_head

OUTER = frozenset(("Organization", "Venue", "City"))
INNER = frozenset(("Country", "City", "Organization"))


def find_inner(doc: Doc, refs: Sequence[Ref], gazetteer: Gazetteer) -> Iterator[Ref]:
    """Countries, cities and bodies of the tables that stand inside longer names and have no reference yet."""
    seen = {i for r in refs if r.inner or r.entity.kind not in OUTER for i in range(r.start, r.end)}
    for outer in refs:
        if outer.sort != "name" or outer.entity.kind not in OUTER or outer.end - outer.start < 2:
            continue
        for start, end in ((outer.start + 1, outer.end), (outer.start, outer.end - 1)):
            for ref in match_names(doc, start, end, gazetteer):
                if ref.entity.id != outer.entity.id and seen.isdisjoint(range(ref.start, ref.end)):
                    seen.update(range(ref.start, ref.end))
                    yield ref


def find_joined(refs: Sequence[Ref], gazetteer: Gazetteer) -> Iterator[Ref]:
    """«*ФСБ России*»: a body of the tables with its country behind it, as one name."""
    countries = {r.start: r for r in refs if r.entity.kind == "Country" and r.sort == "name"}
    for ref in refs:
        behind = countries.get(ref.end)
        if ref.entity.kind == "Organization" and behind and gazetteer.homes.get(ref.entity.id) == behind.entity:
            yield Ref(ref.start, behind.end, ref.head, ref.entities, "name", inner=True)


def match_names(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Ref]:
    """The names of the tables in a stretch of tokens, and the adjectives of countries."""
    for match in gazetteer.find_matches([t.text for t in doc[start:end]]):
        name = max(match.names, key=lambda n: (n.entity.kind == "Country", n.prior))
        if name.entity.kind in INNER and name.sort == "name":
            first, last = start + match.start, start + match.end
            yield Ref(first, last, find_head(doc, first, last).i, (name.entity,), "name", inner=True)
    for token in doc[start:end]:
        country = gazetteer.adjectives.get(fold(token.lemma_)) if token.pos_ == "ADJ" else None
        if country is not None:
            yield Ref(token.i, token.i + 1, token.i, (gazetteer.entities[country],), "adjective", inner=True)


def find_towns(
    doc: Doc, lemmas: Sequence[str], refs: Sequence[Ref], language: Language, gazetteer: Gazetteer
) -> Iterator[Ref]:
    """Adjectives of cities, also inside names; none of a region («Московская область») or inside a person's name."""
    regions = language.words["regions.larger"]
    towns = gazetteer.towns
    found = [(doc[i], city) for i, lemma in enumerate(lemmas) if (city := towns.get(lemma)) is not None]
    covered = {i: r for r in refs for i in range(r.start, r.end)} if found else {}
    for token, city in found:
        outer = covered.get(token.i)
        if outer is not None and (outer.entity.kind == "Person" or outer.end - outer.start == 1):
            continue
        if not regions.isdisjoint((token.head.lemma_, doc[min(token.i + 1, len(doc) - 1)].lemma_)):
            continue
        yield Ref(token.i, token.i + 1, token.i, (city,), "adjective", inner=outer is not None)

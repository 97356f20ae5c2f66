"""`entity_linker`-like step 1: names of countries, places, bodies and persons to references on the Doc.

The curated names win, then slovnet's spans; what neither the tables nor the article explain is minted.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import Gazetteer, Match, Name
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.components.parser import Component
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.persons import link_persons
from kg.text.places import find_venues, mint_place
from kg.text.bodies import find_bodies, mint_body
from kg.text.refs import Ref, find_head

OFFICE_TAIL = frozenset(("Person",))


class NameLinker(Component):
    """Writes ``doc._.refs``: names, adjectives, metonyms, in the order of the text."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            doc._.refs = tuple(sorted(self.link(doc), key=lambda r: (r.start, -r.end)))

    def link(self, doc: Doc) -> list[Ref]:
        """All references by name in one Doc."""
        taken: set[int] = set()
        refs = list(self._curated(doc, taken))
        refs += self._adjectives(doc, taken)
        refs += [r for r in find_venues(doc, refs, self.language, self.gazetteer) if claim(r, taken, refs)]
        refs += [r for r in find_bodies(doc, refs, self.language, self.gazetteer) if claim(r, taken, refs)]
        refs += self._persons(doc, taken, refs)
        refs += self._unknown(doc, taken, refs)
        return refs

    def _curated(self, doc: Doc, taken: set[int]) -> Iterator[Ref]:
        persons = {t.i for span in doc.ents if span.label_ == "PER" for t in span}
        for match in self.gazetteer.find_matches([t.text for t in doc]):
            span = range(match.start, match.end)
            if any(i in persons for i in span) and not self._outweighs(doc, match):
                continue
            for ref in self._resolve(doc, match):
                taken.update(range(ref.start, ref.end))
                yield ref

    def _outweighs(self, doc: Doc, match: Match) -> bool:
        """A country of the tables that slovnet took for a person's whole name («Мали», «Чад»)."""
        ent = next((e for e in doc.ents if e.start <= match.start < e.end), None)
        covers = ent is not None and ent.start == match.start and ent.end == match.end
        return covers and any(n.entity.kind in ("Country", "City") and n.prior > 0.6 for n in match.names)

    def _resolve(self, doc: Doc, match: Match) -> Iterator[Ref]:
        """One reference for a match, two for a capital that speaks for its country and is named as a place elsewhere."""
        name = choose_name(doc, match)
        if name is None:
            return
        head = find_head(doc, match.start, match.end)
        entity, sort = name.entity, "name"
        country = self._metonym(doc, head, name, match)
        if country is not None:
            entity, sort = country, "metonym"
        yield Ref(match.start, match.end, head.i, (entity,), sort)

    def _metonym(self, doc: Doc, head: Token, name: Name, match: Match) -> Entity | None:
        """The country that a capital or a seat of government stands for here."""
        if name.sort == "government":
            return name.entity if not is_place(head, self.language) else None
        if name.entity.kind == "City" and name.entity.id in self.gazetteer.capitals:
            country = self.gazetteer.entities[self.gazetteer.capitals[name.entity.id]]
            return country if not is_place(head, self.language) else None
        return None

    def _adjectives(self, doc: Doc, taken: set[int]) -> Iterator[Ref]:
        """«российский», «российско-киргизские», «экс-»."""
        prefixes = self.language.maps["adjectives.prefixes"]
        for token in doc:
            if token.i in taken or token.pos_ not in ("ADJ", "NOUN", "PROPN", "DET", "VERB"):
                continue
            *firsts, last = token.lemma_.split("-")
            found = [self._adjective(last)] if token.pos_ == "ADJ" or "-" in token.text else [None]
            firsts_found = [self._prefix(first, prefixes) for first in firsts]
            entities = tuple(e for e in (*firsts_found, *found) if e is not None)
            if entities:
                yield Ref(token.i, token.i + 1, token.i, entities, "adjective")
            elif people := self._people.get(fold(token.lemma_)):
                yield Ref(token.i, token.i + 1, token.i, (people,), "people")

    def _adjective(self, lemma: str) -> Entity | None:
        ident = self.gazetteer.adjectives.get(fold(lemma))
        return self.gazetteer.entities[ident] if ident else None

    def _prefix(self, first: str, prefixes: object) -> Entity | None:
        """The country of the first half of a compound."""
        assert isinstance(prefixes, dict)
        if first in prefixes:
            return self.gazetteer.country_entity(prefixes[first])
        stem = fold(first).removesuffix("о")
        return self._adjective(stem + "ий") or self._adjective(stem + "ый") if fold(first).endswith("о") else None

    @property
    def _people(self) -> dict[str, Entity]:
        return self.gazetteer.people

    def _persons(self, doc: Doc, taken: set[int], refs: list[Ref]) -> Iterator[Ref]:
        spans = [e for e in doc.ents if e.label_ == "PER" and not any(t.i in taken for t in e)]
        article = doc._.article
        countries = frozenset(e.iso2 for r in refs for e in r.entities if e.iso2)
        linked = link_persons(doc, spans, self.gazetteer, article.published if article else None, countries)
        for span in spans:
            if span.start in linked:
                taken.update(range(span.start, span.end))
                yield Ref(span.start, span.end, find_head(doc, span.start, span.end).i, (linked[span.start],), "name")

    def _unknown(self, doc: Doc, taken: set[int], refs: list[Ref]) -> Iterator[Ref]:
        """slovnet's places and bodies that no table knows."""
        for span in doc.ents:
            if span.label_ == "PER" or any(t.i in taken for t in span) or not any(t.text[0].isupper() for t in span):
                continue
            entity = mint_place(span, self.language) if span.label_ == "LOC" else mint_body(span)
            if entity is not None:
                taken.update(range(span.start, span.end))
                yield Ref(span.start, span.end, find_head(doc, span.start, span.end).i, (entity,), "name")


def claim(ref: Ref, taken: set[int], refs: list[Ref]) -> bool:
    """A longer name takes over the ones inside it: they stay as inner references."""
    taken.update(range(ref.start, ref.end))
    for i, other in enumerate(refs):
        if ref.start <= other.start and other.end <= ref.end and other is not ref and not other.inner:
            refs[i] = Ref(other.start, other.end, other.head, other.entities, other.sort, inner=True)
    return True


def choose_name(doc: Doc, match: Match) -> Name | None:
    """The likeliest meaning of the words: by prior; a small place only where slovnet sees a place."""
    seen = {e.label_ for e in doc.ents if e.start < match.end and match.start < e.end}
    names = sorted(match.names, key=lambda n: (-n.prior, n.entity.id))
    for name in names:
        if name.sort == "government" and len(names) > 1:
            continue
        if name.entity.kind == "City" and name.prior < 0.35 and "LOC" not in seen:
            continue
        if name.entity.kind == "City" and len(match.names) == 1 and not seen and doc[match.start].is_sent_start:
            continue
        return name
    return names[0] if names and names[0].sort == "government" else None


def is_place(head: Token, language: Language) -> bool:
    """«в Москве», «из Москвы» name a place, unless the verb is one of saying («в Москве заявили»)."""
    prepositions = [t.lower_ for t in head.lefts if t.dep_ == "case"]
    if head.i and head.nbor(-1).pos_ == "ADP":
        prepositions.append(head.nbor(-1).lower_)
    if any(p in language.words["metonyms.place"] for p in prepositions):
        verb = head.head
        government = verb.lemma_ in language.words["metonyms.government"] and "Plur" in verb.morph.get("Number")
        return not (government and not any(t.dep_.startswith("nsubj") for t in verb.children))
    return head.dep_ in ("ROOT",) and head.is_sent_start is True or follows_city_noun(head)


def follows_city_noun(head: Token) -> bool:
    """«город Бишкек», «г. Бишкек», «аэропорт Бишкека», «центр Москвы»."""
    return head.head.lemma_ in ("город", "г", "аэропорт", "центр", "окраина", "пригород", "столица", "улица", "площадь")


@Pipeline.factory("name_linker", requires=["doc.ents", "token.lemma", "token.dep"], assigns=["doc._.refs"])
def make_name_linker(nlp: Pipeline, name: str) -> NameLinker:
    """References by name over the curated tables."""
    return NameLinker(load_gazetteer(), load_language("ru"))

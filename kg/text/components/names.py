"""`entity_linker`-like step 1: names of countries, places, bodies and persons to references on the Doc.

The curated names win, then slovnet's spans; what neither the tables nor the article explain is minted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import Gazetteer, Match, Name
from kg.knowledge.stems import CACHED, fold
from kg.records import Entity
from kg.text.bodies import find_bodies, list_nouns, mint_body
from kg.text.components.parser import Component
from kg.text.foreign import is_plain, office_words
from kg.text.forms import matches
from kg.text.inner import find_inner, find_joined, find_towns
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.persons import link_persons
from kg.text.places import find_venues, mint_place
from kg.text.refs import Ref, find_head
from kg.text.spans import trim_span
from kg.text.untagged import find_surnames, find_untagged

DESCRIBING = frozenset(("ADJ", "NOUN", "PROPN", "DET", "VERB"))


class NameLinker(Component):
    """Writes ``doc._.refs``: names, adjectives, metonyms, in the order of the text; ``doc._.inner``: names in names."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self._described = lru_cache(CACHED)(self._list_described)

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            lemmas = [token.lemma_ for token in doc]
            refs = self.link(doc, lemmas)
            doc._.refs = tuple(sorted(refs, key=lambda r: (r.start, -r.end)))
            inner = find_inner(doc, refs, self.gazetteer)
            towns = find_towns(doc, lemmas, refs, self.language, self.gazetteer)
            doc._.inner = (*inner, *towns, *find_joined(refs, self.gazetteer))

    def link(self, doc: Doc, lemmas: list[str]) -> list[Ref]:
        """All references by name in one Doc; ``lemmas`` are its tokens'."""
        taken: set[int] = set()
        refs = list(self._curated(doc, taken))
        refs += self._capitals(doc, lemmas, refs, taken)
        refs += self._adjectives(doc, taken)
        refs += [r for r in find_venues(doc, refs, self.language, self.gazetteer) if claim(r, taken, refs)]
        refs += [r for r in find_bodies(doc, refs, self.language, self.gazetteer) if claim(r, taken, refs)]
        refs += self._persons(doc, taken, refs)
        refs += self._unknown(doc, taken, refs)
        return refs

    def _curated(self, doc: Doc, taken: set[int]) -> Iterator[Ref]:
        persons = {t.i for span in doc.ents if span.label_ == "PER" for t in span}
        matches = list(self.gazetteer.find_matches([t.text for t in doc]))
        named = [n.entity for m in matches for n in m.names if n.sort == "name"]
        near = frozenset(e.iso2 if e.kind == "Country" else e.id for e in named if e.kind in ("Country", "City"))
        for match in matches:
            span = range(match.start, match.end)
            if any(i in persons for i in span) and not self._outweighs(doc, match):
                continue
            for ref in self._resolve(doc, match, near):
                taken.update(range(ref.start, ref.end))
                yield ref

    def _outweighs(self, doc: Doc, match: Match) -> bool:
        """A country of the tables that slovnet took for a person's whole name («Мали», «Чад»)."""
        ent = next((e for e in doc.ents if e.start <= match.start < e.end), None)
        covers = ent is not None and ent.start == match.start and ent.end == match.end
        return covers and any(n.entity.kind in ("Country", "City") and n.prior > 0.6 for n in match.names)

    def _resolve(self, doc: Doc, match: Match, near: frozenset[str | None]) -> Iterator[Ref]:
        """One reference for a match; of a capital or seat of government also the other reading, as latent."""
        name = choose_name(doc, match, near, self.gazetteer)
        if name is None:
            return
        head = find_head(doc, match.start, match.end)
        country = self._country(name)
        if country is None or country.id == name.entity.id:
            if name.sort != "government" or not is_place(head, self.language):
                yield Ref(
                    match.start, match.end, head.i, (name.entity,), "metonym" if name.sort == "government" else "name"
                )
            return
        place = is_place(head, self.language)
        yield Ref(match.start, match.end, head.i, (name.entity if place else country,), "name" if place else "metonym")
        yield Ref(match.start, match.end, head.i, (country if place else name.entity,), "latent")

    def _country(self, name: Name) -> Entity | None:
        """The country that a capital stands for."""
        if name.entity.kind == "City" and name.entity.id in self.gazetteer.capitals:
            return self.gazetteer.entities[self.gazetteer.capitals[name.entity.id]]
        return name.entity if name.sort == "government" else None

    def _capitals(self, doc: Doc, lemmas: list[str], refs: list[Ref], taken: set[int]) -> Iterator[Ref]:
        """«казахстанская столица», «столица Анголы»."""
        nouns = self.language.words["capitals.nouns"]
        countries = {r.start: r for r in refs if r.entity.kind == "Country" and r.sort in ("name", "metonym")}
        for token in (doc[i] for i, lemma in enumerate(lemmas) if lemma in nouns and i not in taken):
            before = self._adjective(doc[token.i - 1].lemma_) if token.i and doc[token.i - 1].pos_ == "ADJ" else None
            behind = countries.get(token.i + 1)
            country = before or (behind.entity if behind is not None else None)
            city = self.gazetteer.capital_of.get(country.id) if country is not None else None
            if city is not None:
                start, end = (token.i - 1, token.i + 1) if before else (token.i, behind.end if behind else token.i + 1)
                yield Ref(start, end, token.i, (city,), "noun")

    def _adjectives(self, doc: Doc, taken: set[int]) -> Iterator[Ref]:
        """«российский», «российско-киргизские», «экс-»."""
        for token in doc:
            part = token.pos_
            if part in DESCRIBING and token.i not in taken:
                lemma = token.lemma_
                if entities := self._described(lemma, part == "ADJ" or "-" in token.text):
                    yield Ref(token.i, token.i + 1, token.i, entities, "adjective")
                elif people := self.gazetteer.people.get(fold(lemma)):
                    yield Ref(token.i, token.i + 1, token.i, (people,), "people")

    def _list_described(self, lemma: str, whole: bool) -> tuple[Entity, ...]:
        """The countries in an adjective, one in each part of a compound; the last part counts where it is ``whole``."""
        prefixes = self.language.maps["adjectives.prefixes"]
        *firsts, last = lemma.split("-")
        found = [self._prefix(first, prefixes) for first in firsts] + [self._adjective(last) if whole else None]
        return tuple(entity for entity in found if entity is not None)

    def _adjective(self, lemma: str) -> Entity | None:
        ident = self.gazetteer.adjectives.get(fold(lemma))
        return self.gazetteer.entities[ident] if ident else None

    def _prefix(self, first: str, prefixes: object) -> Entity | None:
        """The country of the first half of a compound."""
        assert isinstance(prefixes, dict)
        if first in prefixes:
            return self.gazetteer.country_entity(prefixes[first])
        words, folded = self.language.words, fold(first)
        stem = next((folded.removesuffix(vowel) for vowel in words["adjectives.joint"] if folded.endswith(vowel)), None)
        endings = sorted(words["adjectives.endings"]) if stem is not None else ()
        return next((found for ending in endings if (found := self._adjective(f"{stem}{ending}"))), None)

    def _persons(self, doc: Doc, taken: set[int], refs: list[Ref]) -> Iterator[Ref]:
        titles = office_words(self.gazetteer)
        spans = [e for e in doc.ents if e.label_ == "PER" and not any(t.i in taken for t in e)]
        spans = [trim_span(span, self.gazetteer) for span in spans if not is_plain(span, titles)]
        for find in (find_untagged, find_surnames):
            spans += find(doc, taken | {t.i for span in spans for t in span}, self.gazetteer)
        article = doc._.article
        countries = frozenset(e.iso2 for r in refs for e in r.entities if e.iso2)
        linked = link_persons(
            doc,
            spans,
            self.gazetteer,
            article.published if article else None,
            countries,
            frozenset(taken | {t.i for span in spans for t in span}),
        )
        for span in spans:
            if span.start in linked:
                taken.update(range(span.start, span.end))
                yield Ref(span.start, span.end, find_head(doc, span.start, span.end).i, (linked[span.start],), "name")

    def _unknown(self, doc: Doc, taken: set[int], refs: list[Ref]) -> Iterator[Ref]:
        """slovnet's places and bodies that no table knows."""
        nouns, titles = list_nouns(self.language), office_words(self.gazetteer)
        for span in doc.ents:
            if span.label_ == "PER" or any(t.i in taken for t in span) or not any(t.text[0].isupper() for t in span):
                continue
            if is_plain(span, titles):
                continue
            minted = mint_place(span, self.language) if span.label_ == "LOC" else mint_body(span, nouns)
            entity = find_longer(span, refs) or minted
            if entity is not None:
                taken.update(range(span.start, span.end))
                yield Ref(span.start, span.end, find_head(doc, span.start, span.end).i, (entity,), "name")


def find_longer(span: Span, refs: list[Ref]) -> Entity | None:
    """What one word means that ends a longer name of the tables before it: «Чернобыльская АЭС», then «АЭС»."""
    if len(span) > 1 or span[0].pos_ not in ("NOUN", "PROPN"):
        return None
    named = (
        r
        for r in reversed(refs)
        if r.start < span.start and r.entity.known and r.entity.kind in ("Venue", "Organization")
    )
    return next((r.entity for r in named if " " in r.entity.name and matches(span[0], r.entity.name.split()[-1])), None)


def claim(ref: Ref, taken: set[int], refs: list[Ref]) -> bool:
    """A longer name takes over the ones inside it: they stay as inner references."""
    taken.update(range(ref.start, ref.end))
    for i, other in enumerate(refs):
        if ref.start <= other.start and other.end <= ref.end and other is not ref and not other.inner:
            refs[i] = Ref(other.start, other.end, other.head, other.entities, other.sort, inner=True)
    return True


def choose_name(doc: Doc, match: Match, near: frozenset[str | None], gazetteer: Gazetteer) -> Name | None:
    """The likeliest meaning of the words: by prior, of a country named in the article, a country before its capital;
    a small place only where slovnet sees a place."""
    seen = {t.ent_type_ for t in doc[match.start : match.end]} - {""}
    names = sorted(match.names, key=lambda n: (-rate_name(n, near, gazetteer), n.entity.id))
    for name in names:
        if name.sort == "government" and len(names) > 1:
            continue
        if name.entity.kind == "City" and name.prior < 0.35 and "LOC" not in seen:
            continue
        if name.entity.kind == "City" and len(match.names) == 1 and not seen and doc[match.start].is_sent_start:
            continue
        return name
    return names[0] if names and names[0].sort == "government" else None


def rate_name(name: Name, near: frozenset[str | None], gazetteer: Gazetteer) -> float:
    """Prior, plus what the article's countries and cities say: ``near`` holds ISO codes and city ids."""
    entity: Entity | None = name.entity
    rating = name.prior + 0.6 * (name.entity.kind == "Country" and name.sort == "name")
    while entity is not None and entity.within:
        entity = gazetteer.entities.get(entity.within)
    if name.entity.kind == "Organization":
        entity = gazetteer.homes.get(name.entity.id)
    if entity is not None and entity is not name.entity and entity.iso2 in near:
        rating += 0.5
    if name.entity.kind == "Venue" and name.entity.within in near:
        rating += 0.5
    return rating


def is_place(head: Token, language: Language) -> bool:
    """«в Москве», «из Москвы» name a place, unless the verb is one of saying («в Москве заявили»)."""
    prepositions = [t.lower_ for t in head.lefts if t.dep_ == "case"]
    if head.i and head.nbor(-1).pos_ == "ADP":
        prepositions.append(head.nbor(-1).lower_)
    if any(p in language.words["metonyms.place"] for p in prepositions):
        verb = head.head
        government = verb.lemma_ in language.words["metonyms.government"] and "Plur" in verb.morph.get("Number", [])
        return not (government and not any(t.dep_.startswith("nsubj") for t in verb.children))
    opening = head.dep_ == "ROOT" and head.is_sent_start is True
    return opening or head.head.lemma_ in language.words["metonyms.nouns"]


@Pipeline.factory(
    "name_linker", requires=["doc.ents", "token.lemma", "token.dep"], assigns=["doc._.refs", "doc._.inner"]
)
def make_name_linker(nlp: Pipeline, name: str) -> NameLinker:
    """References by name over the curated tables."""
    return NameLinker(load_gazetteer(), load_language("ru"))

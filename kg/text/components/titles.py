"""Titles to persons and offices: «президент Киргизии Садыр Жапаров», «глава МИД Казахстана», «российский лидер»."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.components.parser import Component
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.nouns import dictionary_form
from kg.text.refs import Holding, Ref
from kg.text.roster import Roster, make_roster

YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class Title:
    """A title phrase: tokens ``start`` to ``end``, its noun, whose it is and who is named behind or before it."""

    start: int
    end: int
    head: int
    text: str
    office: str | None
    holders_of: tuple[Ref, ...]
    names: tuple[Ref, ...]
    plural: bool
    former: bool


class TitleLinker(Component):
    """Adds references by title to ``doc._.refs`` and writes ``doc._.holdings``."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self.heads = language.words["titles.open"] | {o.lemma_ru for o in gazetteer.tables.offices}

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            titles = list(self.find_titles(doc))
            doc._.holdings = tuple(self._holdings(doc, titles))
            roster = make_roster(doc, self.gazetteer)
            added = [ref for title in titles if not title.names for ref in self._resolve(doc, title, roster)]
            doc._.refs = tuple(sorted((*mark_inner(doc._.refs, titles), *added), key=lambda r: (r.start, -r.end)))

    def find_titles(self, doc: Doc) -> Iterator[Title]:
        """All title phrases, left to right."""
        refs = {r.start: r for r in doc._.refs if r.sort not in ("adjective", "latent") and not r.inner}
        inside = {i for r in doc._.refs if r.entity.kind in ("Organization", "Venue", "Person") for i in range(r.start, r.end)}
        done = -1
        for token in doc:
            if token.i <= done or token.i in inside or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
                continue
            if fold(token.lemma_) not in self.heads:
                continue
            title = self._read(doc, token, refs)
            done = title.end - 1
            yield title

    def _read(self, doc: Doc, head: Token, refs: dict[int, Ref]) -> Title:
        start = find_start(doc, head)
        plural = "Plur" in head.morph.get("Number") and head.pos_ == "NOUN"
        end, owners, names = self._tail(doc, head, refs, plural)
        tail_end = min([r.start for r in (*owners, *names)] + [end])
        adjectives = [r for r in doc._.refs if r.sort == "adjective" and start <= r.start < head.i]
        text = title_text(doc, start, tail_end, head, adjectives)
        former = any(fold(t.lemma_) in self.language.words["titles.former"] for t in doc[start : head.i])
        if not names:
            names = find_name_before(doc, start, end)
        return Title(start, end, head.i, text, self._office(text), (*adjectives, *owners), names, plural, former)

    def _tail(self, doc: Doc, head: Token, refs: dict[int, Ref], plural: bool) -> tuple[int, tuple[Ref, ...], tuple[Ref, ...]]:
        """End of the title, whose office it is, and the names right behind it."""
        owners: list[Ref] = []
        names: list[Ref] = []
        i = head.i + 1
        end = i
        while i < len(doc) and not doc[i].is_sent_start:
            ref = refs.get(i)
            if ref is not None and ref.entity.kind == "Person":
                names.append(ref)
                i = ref.end
                follow = next_name(doc, i, refs) if plural else None
                if follow is None:
                    break
                i = follow
            elif names:
                break
            elif ref is not None and ref.entity.kind in ("Country", "Organization", "Region", "City"):
                owners.append(ref)
                i = end = ref.end
            elif is_tail(doc, i, bool(owners), plural):
                i += 1
                if doc[i - 1].pos_ not in ("ADP", "CCONJ") and doc[i - 1].text not in ",–—-":
                    end = i
            else:
                break
        return end, tuple(owners), tuple(names)

    def _office(self, text: str) -> str | None:
        """The office that a title names: the longest known phrase it begins with."""
        words = [fold(w) for w in text.split()]
        kinds = self.gazetteer.office_kinds
        phrases = (" ".join(words[first:last]) for first in range(len(words)) for last in range(len(words), first, -1))
        return next((kinds[p] for p in phrases if p in kinds), None)

    def _holdings(self, doc: Doc, titles: Sequence[Title]) -> Iterator[Holding]:
        """Who holds what, from titles with names; of several countries and as many names each has his own."""
        for title in titles:
            owners = [e for ref in title.holders_of for e in ref.entities if e.kind in ("Country", "Organization")]
            paired = title.plural and len(owners) == len(title.names) > 1
            for i, name in enumerate(title.names):
                of = owners[i] if paired else owners[0] if owners else self._context(doc, title, name)
                if of is not None:
                    of = self._employer(title, of)
                    yield Holding(name.entity, title.text, title.office, of, title.start, max(name.end, title.end), title.former)

    def _employer(self, title: Title, of: Entity) -> Entity:
        """A minister's or head's ministry stands for its country, a spokesman's does not."""
        if of.kind == "Organization" and of.within and title.text.split()[0] in ("министр", "глава", "руководитель", "шеф", "замглавы", "замминистра"):
            return self.gazetteer.entities.get(of.within, of)
        return of

    def _context(self, doc: Doc, title: Title, name: Ref) -> Entity | None:
        """Whose office it is when the title does not say: the person's country by the tables, else the last one named."""
        if name.entity.known:
            day = doc._.article.published if doc._.article else None
            iso2 = self.gazetteer.tenures.find_country(name.entity.id.partition("/")[2], day)
            return self.gazetteer.country_entity(iso2) if iso2 else None
        before = [r for r in doc._.refs if r.start < title.start and r.entity.kind == "Country" and len(r.entities) == 1]
        return before[-1].entity if before else None

    def _resolve(self, doc: Doc, title: Title, roster: Roster) -> Iterator[Ref]:
        """The persons that titles without a name mean."""
        owners = [e for ref in title.holders_of for e in ref.entities if e.kind in ("Country", "Organization")]
        day = find_day(doc, title)
        if title.former:
            return
        if title.plural and len(owners) < 2:
            return
        persons = [p for owner in owners[: len(owners) if title.plural else 1] if (p := self._holder(title, owner, day, roster))]
        if not owners:
            person = roster.find_bearer(title.office, title.text, title.start)
            persons = [person] if person else []
        if persons:
            yield Ref(title.start, title.end, title.head, tuple(dict.fromkeys(persons)), "title")

    def _holder(self, title: Title, owner: Entity, day: datetime.date | None, roster: Roster) -> Entity | None:
        if owner.kind == "Organization" and owner.within:
            if title.text.split()[0] not in ("глава", "министр", "руководитель", "шеф"):
                return None
            office: str | None = "foreign_minister" if "/mfa-" in owner.id else title.office
            owner = self.gazetteer.entities[owner.within]
        else:
            office = title.office
        if office is None:
            return None
        named = roster.find_holder(office, owner)
        if named is not None:
            return named
        keys = self.gazetteer.tenures.find_holders(office, owner.id.partition("/")[2], day)
        return self.gazetteer.entities[f"person/{keys[0]}"] if keys else None


def mark_inner(refs: Sequence[Ref], titles: Sequence[Title]) -> Iterator[Ref]:
    """References to whose office it is stand inside the title."""
    owners = {(r.start, r.end) for title in titles for r in title.holders_of}
    for ref in refs:
        inner = ref.inner or (ref.start, ref.end) in owners
        yield Ref(ref.start, ref.end, ref.head, ref.entities, ref.sort, inner)


def find_start(doc: Doc, head: Token) -> int:
    """The first of the adjectives before a title's noun."""
    start = head.i
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        former = fold(before.text) == "экс-"
        if not former and (before.pos_ != "ADJ" or before.like_num or before.text.isdigit()):
            break
        start -= 1
    return start


def title_text(doc: Doc, start: int, end: int, head: Token, adjectives: Sequence[Ref]) -> str:
    """The title in the nominative, lower case, without the country."""
    skip = {i for r in adjectives for i in range(r.start, r.end)}
    first = next((i for i in range(start, head.i + 1) if i not in skip), head.i)
    if any(first < i < head.i for i in skip):
        first = head.i
    text = dictionary_form(doc, first, max(end, head.i + 1), head)
    words = [w if w.isupper() and len(w) > 1 else w[:1].lower() + w[1:] for w in text.split()]
    return " ".join(words).strip(" ,–—-")


def is_tail(doc: Doc, i: int, owned: bool, plural: bool) -> bool:
    """Words that go on with a title: genitives, «по …», «при …», and between several owners «и»."""
    token = doc[i]
    if token.pos_ in ("NOUN", "ADJ", "DET") and token.ent_type_ != "PER":
        before = doc[i - 1]
        governed = before.pos_ == "ADP" or before.pos_ == "ADJ" and i >= 2 and doc[i - 2].pos_ == "ADP"
        return "Gen" in token.morph.get("Case") and not token.text.isdigit() or governed or token.text.isupper()
    if token.lower_ in ("по", "при", "в") and token.pos_ == "ADP":
        return token.lower_ != "в" or owned
    if token.lower_ in ("и", ",") or token.text == ",":
        following = doc[i + 1] if i + 1 < len(doc) else None
        if following is None or following.ent_type_ == "PER":
            return False
        if token.text == ",":
            return plural and owned and following.pos_ == "PROPN"
        return following.pos_ in ("NOUN", "ADJ") and "Gen" in following.morph.get("Case") and not owned or plural and following.pos_ == "PROPN"
    return False


def next_name(doc: Doc, i: int, refs: dict[int, Ref]) -> int | None:
    """Where the next of coordinated names starts: behind «,» or «и»."""
    while i < len(doc) and (doc[i].text == "," or doc[i].lower_ in ("и", "а", "также")):
        i += 1
    ref = refs.get(i)
    return i if ref is not None and ref.entity.kind == "Person" and i < len(doc) else None


def find_name_before(doc: Doc, start: int, end: int) -> tuple[Ref, ...]:
    """«Дэвид Кэмерон, глава Форин-офиса,»: a name, a comma, the title, and no verb's subject in between."""
    if start < 2 or doc[start - 1].text not in (",", "(", "–", "—"):
        return ()
    ref = next((r for r in doc._.refs if r.end == start - 1 and r.entity.kind == "Person"), None)
    closed = end < len(doc) and doc[end].text in (",", ")", ".", "–", "—")
    return (ref,) if ref is not None and closed else ()


def find_day(doc: Doc, title: Title) -> datetime.date | None:
    """The day by which an office is resolved: a past year named in the sentence, else the article's date."""
    published: datetime.date | None = doc._.article.published if doc._.article else None
    sentence = doc[title.head].sent
    years = [int(t.text) for t in sentence if YEAR.match(t.text) and t.i + 1 < len(doc) and doc[t.i + 1].lemma_.startswith("год")]
    if len(years) == 1 and published is not None and years[0] < published.year:
        return datetime.date(years[0], 7, 1)
    return published


@Pipeline.factory("title_linker", requires=["doc._.refs"], assigns=["doc._.refs", "doc._.holdings"])
def make_title_linker(nlp: Pipeline, name: str) -> TitleLinker:
    """Persons by title and date."""
    return TitleLinker(load_gazetteer(), load_language("ru"))

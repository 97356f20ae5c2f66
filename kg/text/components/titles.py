"""Titles to persons and offices: «президент Киргизии Садыр Жапаров», «глава МИД Казахстана», «российский лидер»."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.components.parser import Component
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.refs import Holding, Ref
from kg.text.roster import Roster, make_roster
from kg.text.titles import Title, TitleReader

FIRST = ("head", "president", "leader")  # who is the first of a country, or of anything else
LOOSE = "leader"  # «лидеры» are whoever came; one «лидер» of a country is its first person
MIDDLE = 7  # the month by which offices of a year are resolved
YEAR = re.compile(r"(?:19|20)\d\d\Z")


class TitleLinker(Component):
    """Adds references by title to ``doc._.refs`` and writes ``doc._.holdings``."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self.heads = language.words["titles.open"] | {fold(o.lemma_ru) for o in gazetteer.tables.offices}

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            titles = list(TitleReader(doc, self.heads, self.gazetteer.office_kinds, self.language).read())
            linking = Linking(doc, titles, self.gazetteer, self.language)
            doc._.holdings = tuple(linking.named())
            added = tuple(linking.resolve())
            doc._.holdings = (*doc._.holdings, *linking.implied(added), *linking.peers())
            refs = (*mark_inner(doc._.refs, titles), *(ref for _, ref in added))
            doc._.refs = tuple(sorted(refs, key=lambda r: (r.start, -r.end)))


class Linking:
    """The titles of one Doc, and who bears them."""

    def __init__(self, doc: Doc, titles: Sequence[Title], gazetteer: Gazetteer, language: Language) -> None:
        self.doc = doc
        self.titles = titles
        self.gazetteer = gazetteer
        self.words = language.words
        self.day: datetime.date | None = doc._.article.published if doc._.article else None
        self.countries = [r for r in doc._.refs if r.entity.kind == "Country" and len(r.entities) == 1]

    def named(self) -> Iterator[Holding]:
        """Who holds what, from titles with names; of several countries and as many names each has his own."""
        for title in self.titles:
            if title.plural and title.office == LOOSE:
                continue
            for name, owners in title.pairs():
                of = self._owner(title, name, owners)
                if (
                    of is not None
                    and not self._is_private(title, owners)
                    and not self._is_descriptive(title, name.entity)
                ):
                    start, end = min(title.start, name.start), max(name.end, title.end)
                    yield Holding(name.entity, title.text, title.office, of, start, end, title.former)

    def resolve(self) -> Iterator[tuple[Title, Ref]]:
        """References to the persons that titles without a name mean."""
        roster = make_roster(self.doc, self.gazetteer)
        for title in self.titles:
            if title.names or title.former or self._is_private(title, title.owners) or self._is_lesser(title):
                continue
            if persons := self._bearers(title, roster):
                yield title, Ref(title.start, title.end, title.head, persons, "title")

    def implied(self, resolved: Sequence[tuple[Title, Ref]]) -> Iterator[Holding]:
        """Holdings of titles without a name: the office is said, the table or the article says whose it is."""
        roster = make_roster(self.doc, self.gazetteer)
        for title, ref in resolved:
            for person in ref.entities if not (title.plural and title.office == LOOSE) else ():
                body = next((o for o in title.owners if o.kind == "Organization" and not o.within), None)
                of = body or roster.find_country(person)
                if of is None or self._is_descriptive(title, person):
                    continue
                if roster.level(title.office) in roster.find_levels(person) or title.owners:
                    yield Holding(person, title.text, title.office, of, title.start, title.end)

    def peers(self) -> Iterator[Holding]:
        """«его казахстанский коллега Ерлан Аккенженов»: the office of the last one named before."""
        names = [r for r in self.doc._.refs if r.entity.kind == "Person" and r.sort == "name" and r.start > 0]
        for name in names if self.doc._.holdings else ():
            token = self.doc[name.start - 1]
            if token.lemma_ not in self.words["titles.peer"]:
                continue
            before = [h for h in self.doc._.holdings if h.start < token.i and h.person.id != name.entity.id]
            adjective = next((r.entity for r in self.countries if r.sort == "adjective" and r.end == token.i), None)
            of = adjective or self._table_country(name.entity)
            office = self._peer_office(name.entity, before) if of is not None else None
            if office is not None and of is not None:
                yield Holding(name.entity, *office, of, token.i - (adjective is not None), name.end)

    def _peer_office(self, person: Entity, before: Sequence[Holding]) -> tuple[str, str | None] | None:
        """Title and kind of the last office named before, on the person's own level where the tables know it."""
        roster = make_roster(self.doc, self.gazetteer)
        rows = roster.find_offices(person)
        levels = {row.office for row in rows}
        peers = [h for h in before if not levels or roster.level(h.office) in levels]
        peers = [h for h in peers if h.title.split()[0] not in self.words["titles.noble"]] or peers
        if peers:
            peer = max(peers, key=lambda h: h.start)
            return peer.title, peer.office
        return (rows[0].title_ru, self.gazetteer.tenures.find_kind(rows[0])) if rows else None

    def _owner(self, title: Title, name: Ref, owners: Sequence[Entity]) -> Entity | None:
        """Whose office it is: as the title says; a state's own bodies stand for the state; else by context."""
        first = owners[0] if owners else None
        if first is None:
            return self._context(title, name)
        own = self._table_country(name.entity) if len(owners) > 1 and title.plural else None
        if own is not None and own.id in {o.id for o in owners}:
            return own
        if first.kind == "Organization" and self._is_body(first):
            named = next((o for o in owners if o.kind == "Country"), None)
            home = self.gazetteer.entities.get(first.within or "")
            return named or self._table_country(name.entity) or home or self._context(title, name) or first
        return first

    def _is_body(self, body: Entity) -> bool:
        """Whether a body's officers hold office of the country: ministries, parliaments, governments."""
        names = [fold(name) for name in (body.name, *body.aliases)]
        return not self.words["titles.bodies"].isdisjoint((*names, *(re.split(r"[ -]", name)[0] for name in names)))

    def _is_private(self, title: Title, owners: Sequence[Entity]) -> bool:
        """«гендиректор турецкой компании»: no office of the country."""
        end = min([title.end, *(r.start for r in title.chain if r.start > title.head and r.sort != "adjective")])
        words = [fold(t.lemma_) for t in self.doc[title.head + 1 : end]]
        return any(w in self.words["titles.business"] for w in words) and not any(
            o.kind == "Organization" for o in owners
        )

    def _is_lesser(self, title: Title) -> bool:
        """«глава французской армии», «президент академии наук»: head of something that is no state."""
        behind = next((t for t in self.doc[title.head + 1 : title.end] if t.pos_ not in ("ADJ", "DET")), None)
        if title.office not in FIRST or behind is None or any(r.start <= behind.i < r.end for r in title.chain):
            return False
        of = behind.pos_ == "NOUN" and "Gen" in behind.morph.get("Case", [])
        return of and behind.lemma_ not in self.words["titles.states"]

    def _is_descriptive(self, title: Title, person: Entity) -> bool:
        """«российский лидер»: says what somebody is, and the tables know the office."""
        words = title.text.split()
        return (
            len(words) == 1 and words[0] in self.words["titles.descriptive"] and self._table_country(person) is not None
        )

    def _table_country(self, person: Entity) -> Entity | None:
        if not person.known:
            return None
        iso2 = self.gazetteer.tenures.find_country(person.id.partition("/")[2], self.day)
        return self.gazetteer.country_entity(iso2) if iso2 else None

    def _context(self, title: Title, name: Ref) -> Entity | None:
        """Whose office it is when the title does not say: the person's country by the tables, what the same title said
        before, else, for offices of state, the last country named."""
        if name.entity.known:
            return self._table_country(name.entity) or self._table_body(name.entity)
        word = title.text.split()[0]
        earlier = [
            t for t in self.titles if t.head < title.head and not t.names and t.owners and t.text.split()[0] == word
        ]
        if earlier:
            return earlier[-1].owners[0]
        level = self.gazetteer.tenures.levels.get(title.office or "", "other")
        if level == "other" and not (title.office or "").endswith("minister"):
            return None
        seats = {r.entity for r in self.countries if title.head < r.start < name.start}
        before = list(dict.fromkeys(r.entity for r in reversed(self.countries) if r.start < title.start))
        before = [country for country in before if country not in seats]
        abroad = level == "ambassador" and len(before) > 1 and not seats  # who receives him was named last
        return before[abroad] if before else None

    def _table_body(self, person: Entity) -> Entity | None:
        """The organisation that a person of the tables serves on the day."""
        rows = self.gazetteer.tenures.find_offices(person.id.partition("/")[2], self.day)
        return next(
            (self.gazetteer.entities[i] for r in rows if (i := f"organization/{r.of}") in self.gazetteer.entities), None
        )

    def _bearers(self, title: Title, roster: Roster) -> tuple[Entity, ...]:
        owners = title.owners
        if title.plural and len(owners) < 2:
            return ()
        if not owners:
            person = roster.find_bearer(title.office, title.text, title.start)
            return (person,) if person else ()
        day = find_day(self.doc, title, self.day)
        found = [self._holder(title, owner, day, roster) for owner in owners[: len(owners) if title.plural else 1]]
        return tuple(dict.fromkeys(p for p in found if p is not None))

    def _holder(self, title: Title, owner: Entity, day: datetime.date | None, roster: Roster) -> Entity | None:
        """Who holds the office of a country or organisation: by the article, else by the tables on the day."""
        office = title.office
        if owner.kind == "Organization" and owner.within:
            if title.text.split()[0] not in self.words["titles.first"]:
                return None
            owner = self.gazetteer.entities[owner.within]
        if office is None:
            return None
        named = roster.find_holder(office, owner)
        if named is None and roster.level(office) == "other":
            named = roster.find_called(title.text.split()[0], owner)
        if named is not None:
            return named
        keys = self.gazetteer.tenures.find_holders(office, owner.id.partition("/")[2], day)
        if day is None:  # of a text without a date only somebody whom it names holds an office today
            present = {person.id for person in roster.persons()}
            keys = tuple(key for key in keys if f"person/{key}" in present)
        return self.gazetteer.entities[f"person/{keys[0]}"] if keys else None


def mark_inner(refs: Sequence[Ref], titles: Sequence[Title]) -> Iterator[Ref]:
    """References to whose office it is stand inside the title."""
    owners = {(r.start, r.end) for title in titles for r in title.holders_of}
    for ref in refs:
        inside = not ref.inner and (ref.start, ref.end) in owners
        yield replace(ref, inner=True) if inside else ref


def find_day(doc: Doc, title: Title, published: datetime.date | None) -> datetime.date | None:
    """The day by which an office is resolved: a past year named in the sentence, else the article's date.

    Of an article without a date: the year that stands in the sentence, else the latest one in the text.
    """
    years = list_years(doc[title.head].sent)
    if published is None:
        latest = years[-1:] or sorted(list_years(doc[:]))[-1:]
        return datetime.date(latest[0], MIDDLE, 1) if latest else None
    if len(years) == 1 and years[0] < published.year:
        return datetime.date(years[0], MIDDLE, 1)
    return published


def list_years(span: Span) -> list[int]:
    """The years that a stretch of text names: «2015 года»."""
    doc, words = span.doc, load_language().words["dates.year"]
    numbers = (t for t in span if YEAR.match(t.text) and t.i + 1 < len(doc))
    return [int(t.text) for t in numbers if doc[t.i + 1].lemma_ in words]


@Pipeline.factory("title_linker", requires=["doc._.refs"], assigns=["doc._.refs", "doc._.holdings"])
def make_title_linker(nlp: Pipeline, name: str) -> TitleLinker:
    """Persons by title and date."""
    return TitleLinker(load_gazetteer(), load_language("ru"))

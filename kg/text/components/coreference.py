"""Words that refer back: «он», «его казахстанский коллега», «гость», «главы государств», «стороны»."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.records import Entity
from kg.text.components.parser import Component
from kg.text.groups import Groups
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.nouns import is_plural
from kg.text.refs import Holding, Ref, publish_refs
from kg.text.roster import LEADERS, Roster, find_land, make_roster, sex_of

RANKS = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
WINDOW = 4  # sentences looked back for an antecedent


class Coreference(Component):
    """Adds references by pronoun, noun and plural to ``doc._.refs``, reading left to right."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            reading = Reading(doc, self.gazetteer, self.language)
            doc._.refs = tuple(sorted((*doc._.refs, *reading.read()), key=lambda r: (r.start, -r.end)))
            doc._.holdings = (*doc._.holdings, *reading.holdings)
            publish_refs(doc)


class Reading:
    """One pass over a Doc: what has been referred to so far, and what refers back."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, language: Language) -> None:
        self.doc = doc
        self.language = language
        self.roster: Roster = make_roster(doc, gazetteer)
        self.groups = Groups(self.roster, language.words)
        self.refs: list[Ref] = []
        self.holdings: list[Holding] = []
        self.at = {r.start: r for r in doc._.refs if r.sort != "latent"}
        self.covered = {i for r in doc._.refs if r.sort in ("title", "name", "metonym") for i in range(r.start, r.end)}
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self.sexes = {p.id: sex_of(p, gazetteer) for p in self.roster.persons()}

    def read(self) -> Iterator[Ref]:
        """The references back, left to right; each may serve as antecedent of the next."""
        for token in self.doc:
            if token.i in self.at:
                self.refs.append(self.at[token.i])
            if token.i in self.covered or token.is_punct:
                continue
            found = self._pronoun(token) or self._plural(token) or self._noun(token)
            if found is not None:
                self.refs.append(found)
                yield found

    def _pronoun(self, token: Token) -> Ref | None:
        """«он», «его», «ей»: the last fitting person, subjects before others."""
        words = self.language.words
        foreign = words["coreference.pronouns"].isdisjoint((token.lemma_, token.lower_))
        if token.pos_ not in ("PRON", "DET") or foreign or token.lower_ in words["coreference.things"]:
            return None
        feminine = "Fem" in token.morph.get("Gender", []) or token.lower_ in words["coreference.feminine"]
        person = self._antecedent(token, "f" if feminine else "m")
        return Ref(token.i, token.i + 1, token.i, (person,), "pronoun") if person else None

    def _antecedent(self, token: Token, sex: str) -> Entity | None:
        """The best person before a pronoun: near, a subject, of the right sex, not a co-argument of its own verb."""
        here = self.sentence[token.i]
        verb = token.head if token.dep_ != "det" and token.dep_ != "nmod" else None
        saying = token.head.lemma_ in self.language.words["coreference.sayings"]
        best: tuple[float, Entity] | None = None
        for ref in self.refs:
            if ref.entity.kind != "Person" or len(ref.entities) > 1 or here - self.sentence[ref.head] > WINDOW:
                continue
            if self.sexes.get(ref.entity.id, sex) != sex or ref.inner:
                continue
            head = self.doc[ref.head]
            if saying and self.sentence[ref.head] == here and not head.dep_.startswith("nsubj"):
                continue
            if verb is not None and head.head.i == verb.i and head.dep_.startswith(("nsubj", "obj", "iobj", "obl")):
                continue
            score = -1.0 * (here - self.sentence[ref.head]) + 0.7 * head.dep_.startswith("nsubj") + 0.001 * ref.head
            if self.sentence[ref.head] == 0:
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, ref.entity)
        return best[1] if best else None

    def _noun(self, token: Token) -> Ref | None:
        """«гость», «хозяин», «казахстанский коллега», «дипломат»."""
        words = self.language.words
        if token.pos_ != "NOUN" or token.lemma_ not in self.nouns or is_plural(token, words["titles.several"]):
            return None
        country = next(
            (r.entity for r in self.doc._.refs if r.sort == "adjective" and self.doc[r.head].head.i == token.i), None
        )
        named = any(t.ent_type_ == "PER" for t in token.subtree if t.i > token.i and t.i <= token.i + 3)
        if named or any(child.lemma_ in words["titles.business"] for child in token.children):
            return None
        person: Entity | None = None
        if token.lemma_ in words["coreference.colleague"]:
            person = self._colleague(token, country)
        elif token.lemma_ in words["coreference.host"]:
            person = self._host(at_home=True)
        elif token.lemma_ in words["coreference.guest"]:
            person = (self._host(at_home=False) if country is None else None) or self._fitting(token, country)
        else:
            person = self._fitting(token, country)
        if person is None:
            return None
        start = min([token.i, *(t.i for t in token.lefts if t.dep_ in ("amod", "det"))])
        return Ref(start, token.i + 1, token.i, (person,), "noun")

    def _colleague(self, token: Token, country: Entity | None) -> Entity | None:
        """The colleague of whom the sentence is about: of the country named, on the same level."""
        subject = self._subject_before(token)
        if country is None:
            others = (p for p in self._recent_persons() if subject is None or p.id != subject.id)
            return next(others, None)
        levels = self.roster.find_levels(subject) if subject else frozenset()
        leaders = LEADERS if levels & LEADERS else frozenset()
        mates = [p for p in self._recent_persons() if (c := self.roster.find_country(p)) and c.id == country.id]
        ranked = ([p for p in mates if self.roster.find_levels(p) & group] for group in (levels, leaders))
        for found in (*ranked, mates):
            if found:
                return found[0]
        level = next((level for level in RANKS if level in levels), RANKS[0])
        keys = self.roster.gazetteer.tenures.find_holders(level, country.iso2 or "", self.roster.day)
        return self.roster.gazetteer.entities[f"person/{keys[0]}"] if keys else None

    def _subject_before(self, token: Token) -> Entity | None:
        """The last person before a word in its sentence that is a subject."""
        here = self.sentence[token.i]
        subjects = (r for r in reversed(self.refs) if self.doc[r.head].dep_.startswith("nsubj"))
        return next((r.entity for r in subjects if r.entity.kind == "Person" and self.sentence[r.head] == here), None)

    def _fitting(self, token: Token, country: Entity | None) -> Entity | None:
        """The last person of the country named; without one, the visitor: a person of the article's first sentences."""
        persons = self._recent_persons()
        if country is not None:
            return next((p for p in persons if (c := self.roster.find_country(p)) and c.id == country.id), None)
        return persons[0] if persons else None

    def _host(self, *, at_home: bool) -> Entity | None:
        """The last person of the country where things happen, or of another one."""
        if self.home is None:
            return None
        placed = ((p, self.roster.find_country(p)) for p in self._recent_persons())
        return next((p for p, c in placed if c is not None and (c.id == self.home) == at_home), None)

    @cached_property
    def home(self) -> str | None:
        """The country in which most of the article's places lie, of those that a person of the article acts for."""
        own = {c.id for p in self.roster.persons() if (c := self.roster.find_country(p))}
        entities = self.roster.gazetteer.entities
        places = [e for r in self.doc._.refs if r.sort == "name" for e in r.entities if e.kind in ("City", "Venue")]
        lands = [land for place in places if (land := find_land(place, entities)) in own]
        return max(dict.fromkeys(lands), key=lands.count) if lands else None

    @cached_property
    def plurals(self) -> frozenset[str]:
        """Lemmas that in the plural may stand for several persons or countries."""
        keys = ("leaders", "premiers", "ministers", "any", "countries", "they")
        return frozenset().union(*(self.language.words[f"coreference.{key}"] for key in keys))

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Nouns in the singular that refer back to a person."""
        return frozenset().union(
            *(self.language.words[f"coreference.{key}"] for key in ("colleague", "guest", "host", "person"))
        )

    def _recent_persons(self) -> list[Entity]:
        """Persons before, the last first."""
        return list(
            dict.fromkeys(r.entity for r in reversed(self.refs) if r.entity.kind == "Person" and len(r.entities) == 1)
        )

    def _plural(self, token: Token) -> Ref | None:
        """«главы государств», «президенты», «министры», «стороны», «они», «двух стран»."""
        words = self.language.words
        if (
            token.pos_ not in ("NOUN", "PRON", "PROPN")
            or token.lemma_ not in self.plurals
            or not is_plural(token, words["titles.several"])
        ):
            return None
        lemma = token.lemma_
        if self._names_below(token):
            return None
        sides = lemma in words["coreference.sides"]
        if lemma in words["coreference.countries"] and not sides:
            return None if self._spelled_out(token) else self._countries(token)
        levels = self.groups.find_levels(token)
        if levels is None and lemma not in words["coreference.any"] and lemma not in words["coreference.they"]:
            return None
        persons = self._group(token, levels)
        if sides and len(persons) < 2:
            return self._countries(token)
        if len(persons) < 2:
            return None
        self.holdings += self.groups.find_holdings(token, persons, levels or frozenset())
        return Ref(token.i, token.i + 1, token.i, persons, "group")

    def _spelled_out(self, token: Token) -> bool:
        """The countries follow: «четыре страны — Саудовская Аравия, ОАЭ, …»."""
        behind = self.doc[token.i + 1 : token.i + 2].text
        return behind in ("–", "—", ":", "(") and token.i + 2 in self.at

    def _names_below(self, token: Token) -> bool:
        """The plural is spelled out: «президенты Александр Лукашенко и Садыр Жапаров», «главы МИД Армении и Турции»."""
        return any(t.ent_type_ == "PER" and t.i > token.i for t in token.subtree)

    def _group(self, token: Token, levels: frozenset[str] | None) -> tuple[Entity, ...]:
        """The last group that was named together: two or more fitting persons in one sentence, else the last two."""
        here = self.sentence[token.i]
        fitting = [
            r
            for r in self.refs
            if r.entity.kind == "Person"
            and r.head < token.i
            and not r.inner
            and (levels is None or self.groups.fits(r.entity, levels))
        ]
        for back in range(here + 1):
            group = dict.fromkeys(e for r in fitting if self.sentence[r.head] == here - back for e in r.entities)
            chosen = self.groups.first_of_each(group) if levels == LEADERS else tuple(group)
            if len(chosen) > 1:
                return chosen
        persons = list(dict.fromkeys(e for r in reversed(fitting) for e in r.entities))
        return tuple(reversed(persons[:2])) if len(persons) > 1 else ()

    def _countries(self, token: Token) -> Ref | None:
        """«две страны», «государства»: the last two countries named together."""
        here = self.sentence[token.i]
        named = [r for r in self.refs if r.entity.kind == "Country" and r.head < token.i]
        for back in range(here + 1):
            pair = dict.fromkeys(e for r in named if self.sentence[r.head] == here - back for e in r.entities)
            if len(pair) > 1:
                return Ref(token.i, token.i + 1, token.i, tuple(pair), "group")
        return None


@Pipeline.factory("coreference", requires=["doc._.refs", "doc._.holdings"], assigns=["doc._.refs"])
def make_coreference(nlp: Pipeline, name: str) -> Coreference:
    """References back to what the article has named."""
    return Coreference(load_gazetteer(), load_language("ru"))

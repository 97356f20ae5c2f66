"""Words that refer back: «он», «его казахстанский коллега», «гость», «главы государств», «стороны»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.records import Entity
from kg.text.components.parser import Component
from kg.text.knowledge import load_gazetteer
from kg.text.language import Language, load_language
from kg.text.refs import Ref
from kg.text.roster import LEADERS, Roster, make_roster

WINDOW = 4  # sentences looked back for an antecedent
PRONOUNS = {"он": "m", "она": "f", "его": "m", "ее": "f", "её": "f"}


class Coreference(Component):
    """Adds references by pronoun, noun and plural to ``doc._.refs``, reading left to right."""

    def __init__(self, gazetteer: Gazetteer, language: Language) -> None:
        self.gazetteer = gazetteer
        self.language = language

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            reading = Reading(doc, self.gazetteer, self.language)
            doc._.refs = tuple(sorted((*doc._.refs, *reading.read()), key=lambda r: (r.start, -r.end)))


class Reading:
    """One pass over a Doc: what has been referred to so far, and what refers back."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, language: Language) -> None:
        self.doc = doc
        self.language = language
        self.roster: Roster = make_roster(doc, gazetteer)
        self.refs: list[Ref] = []
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
        if token.pos_ not in ("PRON", "DET") or token.lemma_ not in PRONOUNS and token.lower_ not in PRONOUNS:
            return None
        if token.lower_ in ("это", "этого"):
            return None
        feminine = "Fem" in token.morph.get("Gender") or token.lower_ in ("ее", "её", "ей", "ней", "нее", "неё", "она")
        person = self._antecedent(token, "f" if feminine else "m")
        return Ref(token.i, token.i + 1, token.i, (person,), "pronoun") if person else None

    def _antecedent(self, token: Token, sex: str) -> Entity | None:
        """The best person before a pronoun: near, a subject, of the right sex, not a co-argument of its own verb."""
        here = self.sentence[token.i]
        verb = token.head if token.dep_ != "det" and token.dep_ != "nmod" else None
        best: tuple[float, Entity] | None = None
        for ref in self.refs:
            if ref.entity.kind != "Person" or len(ref.entities) > 1 or here - self.sentence[ref.head] > WINDOW:
                continue
            if self.sexes.get(ref.entity.id, sex) != sex or ref.inner:
                continue
            head = self.doc[ref.head]
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
        if token.pos_ != "NOUN" or "Plur" in token.morph.get("Number"):
            return None
        country = next((r.entity for r in self.doc._.refs if r.sort == "adjective" and self.doc[r.head].head.i == token.i), None)
        named = any(t.ent_type_ == "PER" for t in token.subtree if t.i > token.i and t.i <= token.i + 3)
        if named:
            return None
        person: Entity | None = None
        if token.lemma_ in words["coreference.colleague"]:
            person = self._colleague(token, country)
        elif token.lemma_ in words["coreference.guest"] or token.lemma_ in words["coreference.person"]:
            person = self._fitting(token, country)
        if person is None:
            return None
        start = min([token.i, *(t.i for t in token.lefts if t.dep_ in ("amod", "det"))])
        return Ref(start, token.i + 1, token.i, (person,), "noun")

    def _colleague(self, token: Token, country: Entity | None) -> Entity | None:
        """The colleague of whom the sentence is about: of the country named, on the same level."""
        subject = next((r.entity for r in reversed(self.refs) if r.entity.kind == "Person" and self.doc[r.head].dep_.startswith("nsubj")
                        and self.sentence[r.head] == self.sentence[token.i]), None)
        if country is None:
            others = [r.entity for r in reversed(self.refs) if r.entity.kind == "Person" and (subject is None or r.entity.id != subject.id)]
            return others[0] if others else None
        levels = self.roster.find_levels(subject) if subject else frozenset()
        mates = [p for p in self._recent_persons() if (c := self.roster.find_country(p)) and c.id == country.id]
        same = [p for p in mates if not levels or self.roster.find_levels(p) & (levels | (LEADERS if levels & LEADERS else frozenset()))]
        if same or mates:
            return (same or mates)[0]
        level = next((lv for lv in ("head_of_state", "head_of_government", "foreign_minister", "defence_minister") if lv in levels), "head_of_state")
        keys = self.roster.gazetteer.tenures.find_holders(level, country.iso2 or "", self.roster.day)
        return self.roster.gazetteer.entities[f"person/{keys[0]}"] if keys else None

    def _fitting(self, token: Token, country: Entity | None) -> Entity | None:
        """The last person of the country named; without one, the visitor: a person of the article's first sentences."""
        persons = self._recent_persons()
        if country is not None:
            return next((p for p in persons if (c := self.roster.find_country(p)) and c.id == country.id), None)
        return persons[0] if persons else None

    def _recent_persons(self) -> list[Entity]:
        """Persons before, the last first."""
        return list(dict.fromkeys(r.entity for r in reversed(self.refs) if r.entity.kind == "Person" and len(r.entities) == 1))

    def _plural(self, token: Token) -> Ref | None:
        """«главы государств», «президенты», «министры», «стороны», «они», «двух стран»."""
        plural = "Plur" in token.morph.get("Number")
        if not plural or token.pos_ not in ("NOUN", "PRON"):
            return None
        words = self.language.words
        lemma = token.lemma_
        if self._names_below(token):
            return None
        if lemma in words["coreference.countries"] and lemma != "сторона":
            return self._countries(token)
        levels = self._levels(token, lemma)
        if levels is None and lemma not in words["coreference.any"] and token.lower_ not in ("они", "оба"):
            return None
        persons = self._group(token, levels)
        if lemma == "сторона" and len(persons) < 2:
            return self._countries(token)
        return Ref(token.i, token.i + 1, token.i, persons, "group") if len(persons) > 1 else None

    def _names_below(self, token: Token) -> bool:
        """The plural is spelled out: «президенты Александр Лукашенко и Садыр Жапаров», «главы МИД Армении и Турции»."""
        return any(t.ent_type_ == "PER" and t.i > token.i for t in token.subtree)

    def _levels(self, token: Token, lemma: str) -> frozenset[str] | None:
        words = self.language.words
        below = {t.lower_ for t in token.subtree if t.i > token.i}
        if lemma in words["coreference.ministers"] or lemma == "глава" and below & words["coreference.ministry"]:
            return frozenset(("foreign_minister", "defence_minister", "other"))
        if lemma in words["coreference.premiers"] or lemma == "глава" and below & words["coreference.government"]:
            return frozenset(("head_of_government",))
        if lemma in words["coreference.leaders"]:
            return LEADERS
        return None

    def _group(self, token: Token, levels: frozenset[str] | None) -> tuple[Entity, ...]:
        """The last group that was named together: two or more fitting persons in one sentence, else the last two."""
        here = self.sentence[token.i]
        fitting = [r for r in self.refs if r.entity.kind == "Person" and r.head < token.i and not r.inner
                   and (levels is None or self._fits(r.entity, levels))]
        for back in range(0, here + 1):
            group = dict.fromkeys(e for r in fitting if self.sentence[r.head] == here - back for e in r.entities)
            if len(group) > 1:
                return tuple(group)
        persons = list(dict.fromkeys(e for r in reversed(fitting) for e in r.entities))
        return tuple(reversed(persons[:2])) if len(persons) > 1 else ()

    def _fits(self, person: Entity, levels: frozenset[str]) -> bool:
        found = self.roster.find_levels(person)
        return bool(found & levels) if found else "other" in levels

    def _countries(self, token: Token) -> Ref | None:
        """«две страны», «государства»: the last two countries named together."""
        here = self.sentence[token.i]
        named = [r for r in self.refs if r.entity.kind == "Country" and r.head < token.i]
        for back in range(0, here + 1):
            pair = dict.fromkeys(e for r in named if self.sentence[r.head] == here - back for e in r.entities)
            if len(pair) > 1:
                return Ref(token.i, token.i + 1, token.i, tuple(pair), "group")
        return None


def sex_of(person: Entity, gazetteer: Gazetteer) -> str:
    """"m" or "f": by the table, else by the name's endings."""
    row = gazetteer.tables.person.get(person.id.partition("/")[2])
    if row is not None and row.sex:
        return row.sex
    return "f" if person.name.split()[0][-1:] in "ая" and person.name.split()[-1].endswith(("ова", "ева", "ина", "ая", "а")) else "m"


def find_subjects(refs: Sequence[Ref], doc: Doc) -> Iterator[Ref]:
    """References that are subjects of their clause."""
    return (r for r in refs if doc[r.head].dep_.startswith("nsubj"))


@Pipeline.factory("coreference", requires=["doc._.refs", "doc._.holdings"], assigns=["doc._.refs"])
def make_coreference(nlp: Pipeline, name: str) -> Coreference:
    """References back to what the article has named."""
    return Coreference(load_gazetteer(), load_language("ru"))

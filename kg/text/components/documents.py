"""Treaties, statements and the like: ``doc._.documents``, and which events sign, adopt or concern them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Token

from kg.config import data_path
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.taxonomy import Taxonomy, load_taxonomy
from kg.records import Document, Entity, Event
from kg.text.components.parser import Component
from kg.text.knowledge import load_gazetteer, load_own_models
from kg.text.language import load_language
from kg.text.nouns import dictionary_form
from kg.text.places import QUOTES, find_close
from kg.text.refs import find_span
from kg.text.scene import Cue, Scene, make_scene
from kg.text.status import status_features
from kg.train.linear import LinearModel

STATUSES = ("signed", "planned", "inForce", "ratified", "prepared", "mentioned")
LONGEST = 30  # words of a title
AGREEING = frozenset(("ADJ", "DET"))
CLAUSAL = frozenset(("VERB", "AUX", "SCONJ"))
RELATIVE = frozenset(("acl", "acl:relcl"))
LOOSE = frozenset(("ADP", "CCONJ", "PUNCT", "ADV", "PART"))  # no title ends in these
STOPS = frozenset(",;:—–.()»")
CONCERNED = frozenset(
    ("Signing", "Accord", "Ratification", "RelationsChange", "Summit", "Talks", "Meeting", "Sanctions")
)


@dataclass(frozen=True)
class Naming:
    """How a language names documents."""

    kinds: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]
    plural: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document named in the text: tokens ``start`` to ``end``, its noun at ``head``."""

    start: int
    end: int
    head: int
    kind: str
    label: str


@cache
def load_naming(lang: str = "ru") -> Naming:
    """The names of documents in a language."""
    table = tomllib.loads(data_path("documents", f"{lang}.toml").read_text(encoding="utf-8"))
    return Naming(
        {fold(noun): kind for kind, nouns in table["kinds"].items() for noun in nouns},
        {noun: frozenset(map(fold, words)) for noun, words in table["needs"].items()},
        {fold(noun): kind for kind, nouns in table["plural"].items() for noun in nouns},
    )


class DocumentFinder(Component):
    """Writes ``doc._.documents`` and the documents of ``doc._.events``."""

    def __init__(
        self, gazetteer: Gazetteer, taxonomy: Taxonomy, models: Mapping[str, LinearModel], threshold: float
    ) -> None:
        self.gazetteer = gazetteer
        self.taxonomy = taxonomy
        self.models = models
        self.threshold = threshold

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            self.finish(make_scene(doc, self.gazetteer, self.taxonomy))

    def finish(self, scene: Scene) -> None:
        """Find the documents of a scene and tell its events which they concern."""
        doc = scene.doc
        groups = group_papers([p for p in find_papers(doc) if self._probability(scene, p) >= self.threshold])
        doc._.documents = tuple(self._document(scene, f"d{n}", group) for n, group in enumerate(groups, 1))
        doc._.events = tuple(attach(scene, event, groups) for event in doc._.events)

    def _probability(self, scene: Scene, paper: Paper) -> float:
        return self.models["document"].probability(paper_features(scene, paper), paper.kind)

    def _document(self, scene: Scene, key: str, group: Sequence[Paper]) -> Document:
        """One document of all its mentions: the fullest title, the status of the surest mention."""
        best = max(group, key=lambda p: (p.end - p.start, -p.start))
        features = list(dict.fromkeys(f for p in group for f in paper_features(scene, p)))
        status = max(STATUSES, key=lambda s: self.models[f"document-{s}"].score(features, best.kind))
        confidence = max(self._probability(scene, p) for p in group)
        parties = find_parties(scene, group)
        evidence = (find_span(scene.doc, best.start, best.end),)
        return Document(key, best.kind, best.label, status, parties, evidence, round(min(0.99, confidence), 3))


def find_papers(doc: Doc) -> Iterator[Paper]:
    """Every mention of a document, whether or not it deserves to be told of."""
    naming = load_naming()
    done = -1
    for token in doc:
        if token.i <= done or token.pos_ not in ("NOUN", "PROPN"):
            continue
        lemma = fold(token.lemma_)
        kind = naming.kinds.get(lemma)
        if kind is None:
            continue
        start, end = find_title(doc, token)
        words = {fold(t.lemma_) for t in doc[start:end]}
        if lemma in naming.needs and not naming.needs[lemma] & words:
            continue
        if "Plur" in token.morph.get("Number", []) and lemma in naming.plural and end - token.i <= 1:
            kind = naming.plural[lemma]
        label = dictionary_form(doc, start, end, token)
        done = end - 1
        yield Paper(start, end, token.i, kind, label)


def find_title(doc: Doc, head: Token) -> tuple[int, int]:
    """Tokens of a title: adjectives, the noun, and behind it genitives, «о …», quotes, to the end of its clause."""
    start, end = head.i, head.i + 1
    while start > head.sent.start and doc[start - 1].pos_ in AGREEING and doc[start - 1].head.i == head.i:
        start -= 1
    limit = min(head.sent.end, head.i + LONGEST)
    if end < limit and doc[end].text in QUOTES:
        close = find_close(doc, end, limit - end)
        return start, end if close is None else close + 1
    below = {t.i for t in head.subtree}
    while end < limit and (end in below or goes_on(doc, end)) and not ends_title(doc, end):
        end += 1
    while end - 1 > head.i and doc[end - 1].pos_ in LOOSE and doc[end - 1].text not in QUOTES.values():
        end -= 1
    return start, end


def ends_title(doc: Doc, i: int) -> bool:
    """Whether a word below a title's noun is no part of the title: a clause begins, or another document's name."""
    token = doc[i]
    if token.is_space or token.pos_ in CLAUSAL or token.dep_ in RELATIVE:
        return True
    if token.text in STOPS and not is_range(doc, i) and not is_row(doc, i):
        return True
    return token.lower_ in load_language().words["titles.joints"] and starts_paper(doc, i + 1)


def is_range(doc: Doc, i: int) -> bool:
    """A dash between two numbers: «на 2025–2027 годы»."""
    return 0 < i < len(doc) - 1 and doc[i - 1].like_num and doc[i + 1].like_num


def is_row(doc: Doc, i: int) -> bool:
    """A comma between names in the genitive: «границ Таджикистана, Кыргызстана и Узбекистана»."""
    near = (doc[i - 1], doc[i + 1]) if doc[i].text == "," and 0 < i < len(doc) - 1 else ()
    return bool(near) and all(t.pos_ == "PROPN" and "Gen" in t.morph.get("Case", []) for t in near)


def goes_on(doc: Doc, i: int) -> bool:
    """Whether a word that the parser hung elsewhere goes on with the title: «о …», its noun, and genitives in a row."""
    token, before = doc[i], doc[i - 1]
    after = doc[i + 1] if i + 1 < len(doc) else token
    if token.pos_ == "ADP":
        subject = token.lower_ in load_language().words["titles.subjects"] and before.pos_ in ("NOUN", "PROPN")
        return subject or after.like_num
    if token.pos_ == "CCONJ":
        return after.pos_ == "NOUN" and before.pos_ == "NOUN" and "Gen" in after.morph.get("Case", [])
    if is_range(doc, i) or token.like_num:
        return before.like_num or before.pos_ == "ADP" or is_range(doc, i - 1)
    if token.pos_ not in ("NOUN", "ADJ", "PROPN"):
        return False
    return (
        before.pos_ in ("ADP", "ADJ", "NUM", "CCONJ")
        or before.like_num
        or ("Gen" in token.morph.get("Case", []) and before.pos_ == "NOUN")
    )


def starts_paper(doc: Doc, i: int) -> bool:
    """Whether another document's name starts at token i (adjectives may come first)."""
    kinds = load_naming().kinds
    while i < len(doc) and doc[i].pos_ in ("ADJ", "DET"):
        i += 1
    return i < len(doc) and fold(doc[i].lemma_) in kinds


def group_papers(papers: Sequence[Paper]) -> list[list[Paper]]:
    """Mentions of one document: the same kind and a title that says the same or less."""
    groups: list[list[Paper]] = []
    for paper in papers:
        home = next((g for g in groups if is_same_paper(g[0], paper)), None)
        if home is None:
            groups.append([paper])
        else:
            home.append(paper)
    return groups


def is_same_paper(first: Paper, later: Paper) -> bool:
    """A later mention without a title of its own, or with most of the words of the first."""
    if first.kind != later.kind:
        return False
    a, b = (title_words(p) for p in (first, later))
    if not b and first.kind != "Package":
        return True
    return bool(a and b) and len(a & b) * 3 >= 2 * min(len(a), len(b))


def title_words(paper: Paper) -> set[str]:
    """The words of a title that tell it from others: neither its noun nor short words."""
    words = fold(paper.label).split()
    noun = fold(paper.label.split()[min(paper.head - paper.start, len(words) - 1)]) if words else ""
    return {w for w in words if len(w) > 2 and w != noun}


def paper_features(scene: Scene, paper: Paper) -> list[str]:
    """What tells whether a document is worth telling of, and its status."""
    token = scene.doc[paper.head]
    cue = Cue(paper.head, None, ())
    words = [fold(t.lemma_) for t in scene.doc[paper.start : paper.end]]
    base = [
        f"kind={paper.kind}",
        f"lemma={words[paper.head - paper.start]}",
        f"length={min(paper.end - paper.start, 6)}",
        f"capital={token.text[0].isupper()}",
        f"number={next(iter(token.morph.get('Number', [])), '')}",
        f"case={next(iter(token.morph.get('Case', [])), '')}",
        f"dep={token.dep_}",
        f"bare={paper.end - paper.start == 1}",
        *(f"word={w}" for w in words),
        *(f"before={t.lower_}" for t in scene.doc[max(0, paper.start - 2) : paper.start]),
    ]
    return list(dict.fromkeys([*status_features(scene, cue), *base]))


def find_parties(scene: Scene, group: Sequence[Paper]) -> tuple[Entity, ...]:
    """The parties: named in the title, else those of the event that signs it, else the first two countries.

    In an article without events nobody knows them: firms sign contracts too.
    """
    named = [
        e for p in group for r in scene.refs if p.start <= r.start < p.end for e in r.entities if e.kind == "Country"
    ]
    if len(dict.fromkeys(named)) > 1:
        return tuple(dict.fromkeys(named))
    events = [e for e in scene.doc._.events if any(concerns(scene, e, p) for p in group)]
    events.sort(key=lambda e: e.type not in ("Signing", "Accord", "Ratification"))
    for event in events:
        actors = event.select("country") or tuple(e for e in event.select("participant") if e.kind == "Organization")
        if actors:
            return tuple(dict.fromkeys((*actors, *named)))
    countries = [e for e in scene.entities if e.kind == "Country"] if scene.doc._.events else []
    return tuple(dict.fromkeys((*named, *countries[:2])))[:2]


def concerns(scene: Scene, event: Event, paper: Paper) -> bool:
    """An event of a fitting type told in the sentence of a document."""
    if event.type not in CONCERNED:
        return False
    span = find_span(scene.doc, paper.start, paper.end)
    return any(e.start <= span.start < e.end for e in event.evidence)


def attach(scene: Scene, event: Event, groups: Sequence[Sequence[Paper]]) -> Event:
    """An event with the keys of the documents told of with it."""
    keys = tuple(f"d{n}" for n, group in enumerate(groups, 1) if any(concerns(scene, event, p) for p in group))
    return replace(event, documents=keys)


@Pipeline.factory(
    "document_finder",
    default_config={"threshold": 0.5},
    requires=["doc._.refs", "doc._.events"],
    assigns=["doc._.documents"],
)
def make_document_finder(nlp: Pipeline, name: str, threshold: float) -> DocumentFinder:
    """Documents with kind, parties and status; ``threshold`` is the least probability."""
    return DocumentFinder(load_gazetteer(), load_taxonomy("ru"), load_own_models("ru"), threshold)

"""One analysed article as event extraction sees it: entities with their references by sentence, persons' countries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.taxonomy import Taxonomy, Trigger
from kg.records import Entity
from kg.text.calendar import Expression
from kg.text.refs import Ref
from kg.text.roster import Roster, make_roster
from kg.text.syntax import Slot, find_governor, find_preposition, find_slot

Found = TypeVar("Found")

CUE_PARTS = frozenset(("NOUN", "VERB", "PROPN", "ADJ", "AUX"))


FULL = 6  # sentences from which what an article does not name tells something


@dataclass(frozen=True, slots=True)
class Cue:
    """A token that may tell of an event, the verb that governs it, and the types its lemma stands for.

    A trigger counts only where all that it needs stands in the clause.
    """

    token: int
    governor: int | None
    types: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """A Doc with what is asked of it over and over."""

    doc: Doc
    gazetteer: Gazetteer
    taxonomy: Taxonomy
    roster: Roster
    sentence: dict[int, int] = field(default_factory=dict)
    news: list[str] = field(default_factory=list)  # what news.py found of the article
    pairs: dict[tuple[int, str], Any] = field(default_factory=dict)  # what features.py found of (cue, entity)
    memory: dict[Hashable, Any] = field(default_factory=dict)  # what other modules found, by keys of theirs

    def recall(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What is known under a key, made at the first time; a key begins with the name of what it holds."""
        if key not in self.memory:
            self.memory[key] = make()
        found: Found = self.memory[key]
        return found

    def is_denied(self, token: int) -> bool:
        """Whether a particle denies a word."""
        return any(self.words[child] in self.taxonomy.lists["denial"] for child in self.children[token])

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """All references, in the order of the text."""
        return tuple(self.doc._.refs)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, in the order of their first reference."""
        return tuple(dict.fromkeys(e for r in self.refs for e in r.entities))

    @cached_property
    def refs_of(self) -> dict[str, list[Ref]]:
        """References by entity id."""
        index: dict[str, list[Ref]] = defaultdict(list)
        for ref in self.refs:
            for entity in ref.entities:
                index[entity.id].append(ref)
        return dict(index)

    @cached_property
    def refs_in(self) -> dict[int, list[Ref]]:
        """References by sentence."""
        index: dict[int, list[Ref]] = defaultdict(list)
        for ref in self.refs:
            index[self.sentence[ref.head]].append(ref)
        return dict(index)

    @cached_property
    def kind_at(self) -> dict[int, str]:
        """Kinds of entities by the head token of their references."""
        return {r.head: r.entity.kind for r in self.refs}

    @cached_property
    def country_of(self) -> dict[str, Entity]:
        """Countries by person id."""
        pairs = ((p.id, self.roster.find_country(p)) for p in self.entities if p.kind == "Person")
        return {ident: country for ident, country in pairs if country is not None}

    @cached_property
    def levels_of(self) -> dict[str, str]:
        """Levels of office by person id, joined."""
        return {p.id: ",".join(sorted(self.roster.find_levels(p)))[:40] for p in self.entities if p.kind == "Person"}

    @cached_property
    def tokens(self) -> list[Token]:
        """The Doc's tokens: making one at each look is slow."""
        return list(self.doc)

    @cached_property
    def lemmas(self) -> list[str]:
        """Folded lemmas by token."""
        return [fold(t.lemma_) for t in self.tokens]

    @cached_property
    def words(self) -> list[str]:
        """Words in lower case by token."""
        return [t.lower_ for t in self.tokens]

    @cached_property
    def bounds(self) -> dict[int, tuple[int, int]]:
        """First token and end of each sentence."""
        return {n: (s.start, s.end) for n, s in enumerate(self.doc.sents)}

    @cached_property
    def parts(self) -> list[str]:
        """Parts of speech by token."""
        return [t.pos_ for t in self.tokens]

    @cached_property
    def children(self) -> list[list[int]]:
        """Indices of each token's dependents, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            head = token.head.i
            if head != token.i:
                below[head].append(token.i)
        return below

    @cached_property
    def dates_in(self) -> dict[int, list[Expression]]:
        """Date expressions by sentence."""
        index: dict[int, list[Expression]] = defaultdict(list)
        for expression in self.doc._.dates:
            index[self.sentence[expression.start]].append(expression)
        return dict(index)

    def lemma(self, token: int) -> str:
        """The folded lemma of a token."""
        return self.lemmas[token]

    @cached_property
    def lemmas_in(self) -> dict[int, frozenset[str]]:
        """Folded lemmas by sentence."""
        index: dict[int, set[str]] = defaultdict(set)
        for i, lemma in enumerate(self.lemmas):
            index[self.sentence[i]].add(lemma)
        return {n: frozenset(words) for n, words in index.items()}

    @cached_property
    def rank_of(self) -> dict[str, int]:
        """The place of each entity among those of its kind, by first reference."""
        counts: dict[str, int] = defaultdict(int)
        ranks = {}
        for entity in self.entities:
            ranks[entity.id] = counts[entity.kind]
            counts[entity.kind] += 1
        return ranks

    @cached_property
    def in_title(self) -> frozenset[str]:
        """Entities that the title names."""
        return frozenset(e.id for r in self.refs_in.get(0, ()) for e in r.entities)

    @cached_property
    def totals(self) -> tuple[str, ...]:
        """Features of the whole article: how many entities of each kind, titles, known persons.

        A short text names few, which says nothing about it: it has none of these features.
        """
        if len(self.bounds) < FULL:
            return ()
        kinds = [e.kind for e in self.entities]
        known = sum(e.known and e.kind == "Person" for e in self.entities)
        return (
            *(f"all{kind}={coarse(kinds.count(kind))}" for kind in ("Person", "Country", "Organization")),
            f"holdings={coarse(len(self.doc._.holdings))}",
            f"known={coarse(known)}",
        )

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """All tokens whose lemma may tell of an event."""
        return tuple(self._find_cues())

    @cached_property
    def cues_in(self) -> dict[int, list[Cue]]:
        """Cues by sentence."""
        index: dict[int, list[Cue]] = defaultdict(list)
        for cue in self.cues:
            index[self.sentence[cue.token]].append(cue)
        return dict(index)

    def slot(self, ref: Ref, cue: Cue) -> Slot | None:
        """Where a reference stands to a cue, in the same sentence."""
        if self.sentence[ref.head] != self.sentence[cue.token]:
            return None
        key = (ref.head, cue.token)
        if key not in self._slots:
            governor = self.tokens[cue.governor] if cue.governor is not None else None
            self._slots[key] = find_slot(self.tokens[ref.head], self.tokens[cue.token], governor)
        return self._slots[key]

    @cached_property
    def _slots(self) -> dict[tuple[int, int], Slot | None]:
        return {}

    def _find_cues(self) -> Iterator[Cue]:
        covered = {
            i
            for r in self.refs
            if r.entity.kind in ("Organization", "Venue", "Person") and r.sort == "name"
            for i in range(r.start, r.end)
        }
        for i, lemma in enumerate(self.lemmas):
            found = self.taxonomy.by_lemma.get(lemma)
            if not found or self.parts[i] not in CUE_PARTS or (i in covered and self.parts[i] == "PROPN"):
                continue
            token = self.tokens[i]
            governor = find_governor(token)
            around = frozenset(self.lemmas[t] for t in self._clause(token, governor))
            fitting = (name for name, t in found if is_part(token, t.part) and self._satisfied(token, t, around))
            types = tuple(dict.fromkeys(fitting))
            if types:
                yield Cue(i, governor.i if governor is not None else None, types)

    def _clause(self, token: Token, governor: Token | None) -> Iterator[int]:
        """The words below a trigger and below its verb, not too far."""
        stack = [token.i]
        while stack:
            i = stack.pop()
            if abs(i - token.i) < 15:
                yield i
            stack += self.children[i]
        if governor is not None:
            yield governor.i
            for child in self.children[governor.i]:
                yield child
                yield from self.children[child]

    def _satisfied(self, token: Token, trigger: Trigger, around: frozenset[str]) -> bool:
        if trigger.needs and not trigger.needs & (
            around - {self.lemmas[token.i]} if len(trigger.needs) > 1 else around
        ):
            return False
        if trigger.avoid and not trigger.avoid.isdisjoint(self.lemmas[child] for child in self.children[token.i]):
            return False
        if trigger.prepositions and find_preposition(token) not in trigger.prepositions:
            return False
        refs = self.refs_in.get(self.sentence[token.i], ())
        kinds = [e.kind for e in {e.id: e for r in refs for e in r.entities}.values()]
        return kinds.count("Person") >= trigger.persons and kinds.count("Organization") >= trigger.orgs


def make_scene(doc: Doc, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Scene:
    """The scene of an analysed Doc."""
    sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
    return Scene(doc, gazetteer, taxonomy, make_roster(doc, gazetteer), sentence)


def is_part(token: Token, part: str) -> bool:
    """Whether a token is a noun or a verb as a trigger wants it."""
    if part == "verb":
        return token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and "Short" in token.morph.get("Variant", []))
    return token.pos_ in ("NOUN", "PROPN", "ADJ")


def coarse(n: int) -> str:
    """Small counts as they are, larger ones together."""
    return str(n) if n < 3 else "3+" if n < 6 else "6+"

"""Title phrases as they stand in text: their noun, whose office it is, who is named with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from spacy.tokens import Doc, Token

from kg.knowledge.stems import find_stems, fold, make_stem
from kg.records import Entity
from kg.text.language import Language
from kg.text.nouns import is_plural
from kg.text.phrases import find_start, is_joint, is_tail, title_text
from kg.text.refs import Ref

OWNERS = frozenset(("Country", "Organization", "Region", "City"))
DASHES = frozenset("–—-:(")


@dataclass(frozen=True, slots=True)
class Title:
    """A title phrase: tokens ``start`` to ``end``, its noun, whose it is and who is named behind or before it.

    ``chain`` holds owners and names in the order of the text.
    """

    start: int
    end: int
    head: int
    text: str
    office: str | None
    chain: tuple[Ref, ...]
    plural: bool
    former: bool

    @property
    def holders_of(self) -> tuple[Ref, ...]:
        """References to whose office it is."""
        return tuple(r for r in self.chain if r.entity.kind != "Person")

    @property
    def names(self) -> tuple[Ref, ...]:
        """References to the persons named with the title."""
        return tuple(r for r in self.chain if r.entity.kind == "Person")

    @property
    def owners(self) -> tuple[Entity, ...]:
        """Countries and organisations whose office it is."""
        return tuple(e for r in self.holders_of for e in r.entities if e.kind in ("Country", "Organization"))

    def pairs(self) -> Iterator[tuple[Ref, tuple[Entity, ...]]]:
        """Each name with whose office it may be: its own of several, else all that the title names."""
        owners, names = self.owners, self.names
        paired = self.plural and len(owners) == len(names) > 1
        for i, name in enumerate(names):
            yield name, (owners[i],) if paired else owners


class TitleReader:
    """Reads the title phrases of one Doc with names, left to right."""

    def __init__(self, doc: Doc, heads: frozenset[str], offices: Mapping[str, str], language: Language) -> None:
        self.doc = doc
        self.heads = heads
        self.offices = offices
        self.words = language.words
        self.named = {r.start: r for r in doc._.refs if r.sort not in ("adjective", "latent") and not r.inner}
        self.adjectives = {r.start: r for r in doc._.refs if r.sort == "adjective"}

    @cached_property
    def ends(self) -> dict[int, Ref]:
        """Persons' names by where they end."""
        return {r.end: r for r in self.named.values() if r.entity.kind == "Person"}

    @cached_property
    def inside(self) -> frozenset[int]:
        """Tokens of names, where no title begins; «Полномочных Послов» is none, whatever the tagger says."""
        kinds = ("Organization", "Venue", "Person")
        names = [r for r in self.doc._.refs if r.entity.kind in kinds]
        names = [
            r for r in names if r.entity.known or r.entity.within or fold(self.doc[r.end - 1].lemma_) not in self.heads
        ]
        return frozenset(i for r in names for i in range(r.start, r.end))

    @cached_property
    def states(self) -> frozenset[int]:
        """Tokens of countries that stand inside the names of their bodies."""
        inner = [r for r in self.doc._.refs if r.inner and r.entity.kind == "Country"]
        return frozenset(i for r in inner for i in range(r.start, r.end))

    def read(self) -> Iterator[Title]:
        """All title phrases; of two in a row the first shares what the second says («вице-премьер, глава МИД …»)."""
        titles = list(self._phrases())
        for title, follower in zip_longest(titles, titles[1:]):
            yield self._share(title, follower) if follower is not None else title

    def _share(self, title: Title, follower: Title) -> Title:
        between = self.doc[title.end : follower.start]
        adjoining = len(between) <= 2 and all(map(is_joint, between))  # none: «министр энергетики принц …»
        cases = [{*self.doc[t.head].morph.get("Case", [])} for t in (title, follower)]
        agreeing = title.plural == follower.plural and (cases[0] & cases[1] or not all(cases))
        if title.names or not follower.names or not adjoining or not agreeing:
            return title
        owners = title.holders_of or follower.holders_of
        return Title(
            title.start,
            title.end,
            title.head,
            title.text,
            title.office,
            (*owners, *follower.names),
            title.plural,
            title.former,
        )

    def _phrases(self) -> Iterator[Title]:
        done = -1
        for token in self.doc:
            if token.i <= done or not self._is_head(token) or token.i in self.inside:
                continue
            title = self._phrase(token)
            done = title.end - 1
            yield title

    def _is_head(self, token: Token) -> bool:
        """A noun of a title, also one that the lemmatizer takes back to a verb («поверенный»)."""
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            return False
        if self._is_rank(token):
            return False
        if token.pos_ == "NOUN" and token.lemma_.endswith(tuple(self.words["titles.verbal"])):
            return any(stem in self.participles for stem, _ in find_stems(token.text))
        return fold(token.lemma_) in self.heads

    def _is_rank(self, token: Token) -> bool:
        """«*генеральный* секретарь», «*первый* вице-премьер»: an adjective that could be a title before one."""
        described = token.pos_ == "ADJ" and token.head.i == token.i + 1 and fold(token.lemma_) in self.heads
        return described and self._is_head(token.head)

    @cached_property
    def participles(self) -> frozenset[str]:
        """Stems of title nouns that decline like adjectives."""
        endings = tuple(self.words["titles.adjectival"])
        return frozenset(make_stem(h) for h in self.heads if h.endswith(endings))

    def _phrase(self, head: Token) -> Title:
        plural = head.pos_ in ("NOUN", "PROPN") and is_plural(head, self.words["titles.several"])
        start = find_start(self.doc, head, plural)
        start -= start > 0 and self._is_rank(self.doc[start - 1])
        adjectives = [self.adjectives[i] for i in range(start, head.i) if i in self.adjectives]
        end, chain, stop = self._tail(head, plural)
        several = self.words["titles.several"] if plural else None
        text = title_text(self.doc, start, self._text_end(chain, stop), head, self._skipped(adjectives, chain), several)
        former = any(fold(t.lemma_) in self.words["titles.former"] for t in self.doc[start : head.i + 1])
        named = any(r.entity.kind == "Person" for r in chain)
        before = () if named else self._names_before(start, end, plural) or self._subject(head)
        office = self.find_office(f"{text} {self.doc[chain[0].start : chain[0].end].text}" if chain else text)
        return Title(start, end, head.i, text, office, (*adjectives, *chain, *before), plural, former)

    def _text_end(self, chain: Sequence[Ref], end: int) -> int:
        """Where the words of a title end: before the first owner or name, behind a body of the state («глава МИД»)."""
        first = next((r for r in chain if r.sort != "adjective"), None)
        if first is None:
            return end
        return first.end if first.entity.kind == "Organization" and first.entity.within else first.start

    def _skipped(self, adjectives: Sequence[Ref], chain: Sequence[Ref]) -> frozenset[int]:
        """Tokens that say whose the office is and no more."""
        refs = (*adjectives, *(r for r in chain if r.sort == "adjective"))
        return self.states | {i for r in refs for i in range(r.start, r.end)}

    def find_office(self, text: str) -> str | None:
        """The office that a title names: the longest known phrase at the first word where one begins."""
        words = [fold(w) for w in text.split()]
        phrases = (" ".join(words[first:last]) for first in range(len(words)) for last in range(len(words), first, -1))
        return next((self.offices[p] for p in phrases if p in self.offices), None)

    def _tail(self, head: Token, plural: bool) -> tuple[int, tuple[Ref, ...], int]:
        """End of the title; whose office it is and the names right behind it; where the words of the title stop."""
        chain: list[Ref] = []
        stop: int | None = None
        i = end = head.i + 1
        while i < len(self.doc) and not self.doc[i].is_sent_start:
            ref = self.named.get(i)
            if ref is not None and ref.entity.kind == "Person":
                chain.append(ref)
                i = self._next(ref.end, plural) or len(self.doc)
            elif ref is not None and self._is_owner(ref):
                chain.append(ref)
                i = ref.end
                end = i if not any(r.entity.kind == "Person" for r in chain) else end
            elif self._opens_names(i, plural or len(chain) > 1):
                i += 1
            elif (seat := self._seat(i)) is not None:
                stop = i if stop is None else stop
                i = end = seat
            elif is_tail(self.doc, i, bool(chain), plural) or self._precedes_owner(i):
                if i in self.adjectives:
                    chain.append(self.adjectives[i])
                i += 1
                if self.doc[i - 1].pos_ not in ("ADP", "CCONJ") and self.doc[i - 1].text not in ",–—-":
                    end = i
            else:
                break
        return end, tuple(chain), end if stop is None else stop

    def _is_owner(self, ref: Ref) -> bool:
        """Countries, bodies, regions; of venues those that stand for a body («Форин-офис»)."""
        return ref.entity.kind in OWNERS or (
            ref.entity.kind == "Venue" and fold(ref.entity.name) in self.words["titles.bodies"]
        )

    def _seat(self, i: int) -> int | None:
        """The end of «*в США*», where an ambassador is accredited: that is not whose office it is."""
        if self.doc[i].lower_ not in self.words["titles.seat"]:
            return None
        genitive = i + 2 < len(self.doc) and "Gen" in self.doc[i + 2].morph.get("Case", [])  # «в *делах* Чехии»
        named = self._precedes_owner(i + 1) and not genitive
        near = (self.named.get(i + 1), self.named.get(i + 2) if named else None)
        return next((r.end for r in near if r is not None and r.entity.kind in OWNERS), None)

    def _precedes_owner(self, i: int) -> bool:
        """«*Республики* Кения», «*Государства* Катар»: what kind of state an owner is."""
        following = self.named.get(i + 1)
        return following is not None and following.entity.kind in OWNERS and self.doc[i].pos_ in ("NOUN", "PROPN")

    def _opens_names(self, i: int, several: bool) -> bool:
        """A dash, colon or bracket between several owners and their names: «президенты А и Б — В и Г»."""
        following = self.named.get(i + 1)
        return several and self.doc[i].text in DASHES and following is not None and following.entity.kind == "Person"

    def _next(self, i: int, plural: bool) -> int | None:
        """Where the next of coordinated names, or of owners with a name behind a dash, starts."""
        first = i
        while i < len(self.doc) and self.doc[i].lower_ in self.words["titles.joints"]:
            i += 1
        joined = i > first
        i += i + 1 < len(self.doc) and self._precedes_owner(i)
        ref = self.named.get(i)
        if ref is None or not joined:
            return None
        if ref.entity.kind == "Person":
            return i if plural else None
        opened = ref.entity.kind in OWNERS and self._opens_names(ref.end, True)
        return i if opened else None

    def _names_before(self, start: int, end: int, plural: bool) -> tuple[Ref, ...]:
        """«Дэвид Кэмерон, глава Форин-офиса,»: names, a comma or dash, the title, and no verb's subject in between."""
        if start < 2 or self.doc[start - 1].text not in (",", "(", "–", "—"):
            return ()
        closed = end == len(self.doc) or self.doc[end].is_punct or self.doc[end].is_space
        ref = self.ends.get(start - 1)
        if ref is None or not closed:
            return ()
        found = [ref]
        while plural and (earlier := self.ends.get(found[0].start - 1)) and is_joint(self.doc[found[0].start - 1]):
            found.insert(0, earlier)
        return tuple(found)

    def _subject(self, head: Token) -> tuple[Ref, ...]:
        """«Имя назначен послом», «стал президентом»: the subject or object of a verb that gives the title."""
        verb = head.head
        if "Ins" not in head.morph.get("Case", []) or fold(verb.lemma_) not in self.words["titles.become"]:
            return ()
        for child in verb.children:
            ref = self.named.get(child.i)
            if ref is not None and ref.entity.kind == "Person" and child.dep_.startswith(("nsubj", "obj")):
                return (ref,)
        return ()

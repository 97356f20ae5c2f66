"""Title phrases as they stand in text: their noun, whose office it is, who is named with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from spacy.tokens import Doc, Token

from kg.knowledge.stems import fold
from kg.records import Entity
from kg.text.language import Language
from kg.text.nouns import dictionary_form, genitive, is_plural
from kg.text.refs import Ref

OWNERS = frozenset(("Country", "Organization", "Region", "City"))
DASHES = frozenset("–—-:(")
JOINTS = frozenset((",", "и", "а", "также"))


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
        """Tokens of names, where no title begins."""
        kinds = ("Organization", "Venue", "Person")
        return frozenset(i for r in self.doc._.refs if r.entity.kind in kinds for i in range(r.start, r.end))

    def read(self) -> Iterator[Title]:
        """All title phrases; of two in a row the first shares what the second says («вице-премьер, глава МИД …»)."""
        titles = list(self._phrases())
        for title, follower in zip_longest(titles, titles[1:]):
            yield self._share(title, follower) if follower is not None else title

    def _share(self, title: Title, follower: Title) -> Title:
        between = self.doc[title.end : follower.start]
        adjoining = 0 < len(between) <= 2 and all(t.text in JOINTS for t in between)
        if title.names or not follower.names or not adjoining or title.plural != follower.plural:
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
            if (
                token.i <= done
                or token.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB")
                or fold(token.lemma_) not in self.heads
            ):
                continue
            if token.i in self.inside:
                continue
            title = self._phrase(token)
            done = title.end - 1
            yield title

    def _phrase(self, head: Token) -> Title:
        plural = head.pos_ in ("NOUN", "PROPN") and is_plural(head, self.words["titles.several"])
        start = find_start(self.doc, head, plural)
        adjectives = [self.adjectives[i] for i in range(start, head.i) if i in self.adjectives]
        end, chain = self._tail(head, plural)
        several = self.words["titles.several"] if plural else None
        text = title_text(self.doc, start, min([r.start for r in chain] + [end]), head, adjectives, several)
        former = any(fold(t.lemma_) in self.words["titles.former"] for t in self.doc[start : head.i + 1])
        named = any(r.entity.kind == "Person" for r in chain)
        before = () if named else self._names_before(start, end, plural) or self._subject(head)
        return Title(start, end, head.i, text, self.find_office(text), (*adjectives, *chain, *before), plural, former)

    def find_office(self, text: str) -> str | None:
        """The office that a title names: the longest known phrase it begins with."""
        words = [fold(w) for w in text.split()]
        phrases = (" ".join(words[first:last]) for first in range(len(words)) for last in range(len(words), first, -1))
        return next((self.offices[p] for p in phrases if p in self.offices), None)

    def _tail(self, head: Token, plural: bool) -> tuple[int, tuple[Ref, ...]]:
        """End of the title; whose office it is and the names right behind it."""
        chain: list[Ref] = []
        i = end = head.i + 1
        while i < len(self.doc) and not self.doc[i].is_sent_start:
            ref = self.named.get(i)
            if ref is not None and ref.entity.kind == "Person":
                chain.append(ref)
                following = self._next(ref.end, plural)
                if following is None:
                    break
                i = following
            elif ref is not None and self._is_owner(ref):
                chain.append(ref)
                i = ref.end
                end = i if not any(r.entity.kind == "Person" for r in chain) else end
            elif self._opens_names(i, plural or len(chain) > 1):
                i += 1
            elif self._is_seat(i, bool(chain)) or is_tail(self.doc, i, bool(chain), plural):
                i += 1
                if self.doc[i - 1].pos_ not in ("ADP", "CCONJ") and self.doc[i - 1].text not in ",–—-":
                    end = i
            else:
                break
        return end, tuple(chain)

    def _is_owner(self, ref: Ref) -> bool:
        """Countries, bodies, regions; of venues those that stand for a body («Форин-офис»)."""
        return ref.entity.kind in OWNERS or (
            ref.entity.kind == "Venue" and fold(ref.entity.name) in self.words["titles.bodies"]
        )

    def _is_seat(self, i: int, owned: bool) -> bool:
        """«посол России *в* США»: where somebody is accredited."""
        following = self.named.get(i + 1)
        return owned and self.doc[i].lower_ in ("в", "во") and following is not None and following.entity.kind in OWNERS

    def _opens_names(self, i: int, several: bool) -> bool:
        """A dash, colon or bracket between several owners and their names: «президенты А и Б — В и Г»."""
        following = self.named.get(i + 1)
        return several and self.doc[i].text in DASHES and following is not None and following.entity.kind == "Person"

    def _next(self, i: int, plural: bool) -> int | None:
        """Where the next of coordinated names, or of owners with a name behind a dash, starts."""
        first = i
        while i < len(self.doc) and (self.doc[i].text in JOINTS or self.doc[i].lower_ in JOINTS):
            i += 1
        ref = self.named.get(i)
        if ref is None or i == first:
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
        while plural and (earlier := self.ends.get(found[0].start - 1)) and self.doc[found[0].start - 1].text in JOINTS:
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


def find_start(doc: Doc, head: Token, plural: bool) -> int:
    """The first of the adjectives before a title's noun; before several also «киргизский и узбекский»."""
    start = head.i
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        joint = plural and start >= 2 and before.text in JOINTS and doc[start].pos_ == doc[start - 2].pos_ == "ADJ"
        plain = before.pos_ == "ADJ" and not before.like_num and not before.text.isdigit()
        if not joint and not plain and fold(before.text) != "экс-":
            break
        start -= 1
    return start


def title_text(
    doc: Doc, start: int, end: int, head: Token, adjectives: Sequence[Ref], several: frozenset[str] | None
) -> str:
    """The title in the nominative, of one person, lower case, without the country.

    ``several``, given for plural titles, are genitives to put in the singular («главы правительств»).
    """
    skip = {i for r in adjectives for i in range(r.start, r.end)}
    first = next((i for i in range(start, head.i + 1) if i not in skip and doc[i].text not in JOINTS), head.i)
    if any(first < i < head.i for i in skip):
        first = head.i
    text = dictionary_form(doc, first, max(end, head.i + 1), head, singular=several is not None)
    if several and doc[head.i + 1].lower_ in several:
        text = text.replace(doc[head.i + 1].text, genitive(doc[head.i + 1].lemma_))
    words = [w if w.isupper() and len(w) > 1 else w[:1].lower() + w[1:] for w in text.split()]
    return " ".join(words).strip(" ,–—-:(")


def is_tail(doc: Doc, i: int, owned: bool, plural: bool) -> bool:
    """Words that go on with a title: genitives, «по …», «при …», and between several owners «и»."""
    token = doc[i]
    if token.pos_ in ("NOUN", "ADJ", "DET", "NUM") and token.ent_type_ != "PER":
        return continues(doc, token)
    if token.lower_ in ("по", "при") and token.pos_ == "ADP":
        return True
    if token.lower_ in ("и", ","):
        return i + 1 < len(doc) and joins(doc[i + 1], token.text == ",", owned, plural)
    return False


def continues(doc: Doc, token: Token) -> bool:
    """A genitive, an abbreviation, or what a preposition of the title governs."""
    before = doc[token.i - 1]
    governed = before.pos_ == "ADP" or (before.pos_ == "ADJ" and token.i >= 2 and doc[token.i - 2].pos_ == "ADP")
    return ("Gen" in token.morph.get("Case", []) and not token.text.isdigit()) or governed or token.text.isupper()


def joins(following: Token, comma: bool, owned: bool, plural: bool) -> bool:
    """Whether «и» or a comma before a word goes on with the title."""
    if following.ent_type_ == "PER":
        return False
    if comma:
        return plural and owned and following.pos_ == "PROPN"
    genitive = following.pos_ in ("NOUN", "ADJ") and "Gen" in following.morph.get("Case", [])
    return (genitive and not owned) or (plural and following.pos_ == "PROPN")

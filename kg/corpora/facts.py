"""factRuEval facts against ours: meetings, and who holds which office where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.corpora.factrueval import Fact, FactDocument, Filler
from kg.corpora.names import find_named, same_person, same_place
from kg.corpora.reading import Reading
from kg.knowledge.gazetteer import Gazetteer
from kg.records import Event
from kg.text.refs import Holding

MEETINGS = frozenset(("Talks", "Meeting", "PhoneCall", "Summit"))
JOINT = frozenset(("Visit",))  # meetings where two or more take part
SURNAMES = ("lastname", "lastname1", "nickname")
FIRST_NAMES = ("firstname", "firstname1", "firstname2", "name")
PAIR = 2


@dataclass(frozen=True, slots=True)
class GoldMeeting:
    """A meeting of the corpus: its participants' names, and our event of it, if there is one."""

    document: str
    names: tuple[str, ...]
    found: Event | None


@dataclass(frozen=True, slots=True)
class WrongMeeting:
    """A meeting of ours that the corpus does not have. ``paired``: two persons take part, so that it could."""

    document: str
    event: Event
    paired: bool
    quote: str


@dataclass(frozen=True, slots=True)
class GoldPost:
    """An occupation of the corpus: a name, where, and whether the tables know the place and we have the pair."""

    document: str
    name: str
    where: str
    known: bool
    found: bool


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A title that we read, each pair of person and place once a text; ``right`` if the corpus has the pair."""

    document: str
    holding: Holding
    right: bool


@dataclass(frozen=True, slots=True)
class FactComparison:
    """One text: what the corpus says with our findings, what we say with its verdict."""

    meetings: tuple[GoldMeeting, ...]
    wrong: tuple[WrongMeeting, ...]
    posts: tuple[GoldPost, ...]
    own: tuple[OwnPost, ...]


def compare_facts(document: FactDocument, reading: Reading, gazetteer: Gazetteer) -> FactComparison:
    """The facts of one text against our reading of it."""
    meetings = tuple(make_meeting(document, fact, reading) for fact in select_facts(document, "Meeting"))
    posts = [fact for fact in select_facts(document, "Occupation") if fact.select("Who") and fact.select("Where")]
    held = {(h.person.id, h.of.id): h for h in reading.holdings}
    return FactComparison(
        meetings=meetings,
        wrong=tuple(find_wrong(document, reading, meetings)),
        posts=tuple(make_post(document, fact, tuple(held.values()), gazetteer) for fact in posts),
        own=tuple(OwnPost(document.id, h, is_held(document, h, posts, gazetteer)) for h in held.values()),
    )


def select_facts(document: FactDocument, kind: str) -> Iterator[Fact]:
    """The facts of one kind."""
    return (fact for fact in document.facts if fact.kind == kind)


def make_meeting(document: FactDocument, fact: Fact, reading: Reading) -> GoldMeeting:
    """A meeting with our event that has two of its participants."""
    fillers = fact.select("Participant")
    events = (event for event in reading.extraction.events if is_meeting(event))
    found = next((event for event in events if count_present(document, fillers, event) >= PAIR), None)
    return GoldMeeting(document.id, tuple(filler.text for filler in fillers), found)


def count_present(document: FactDocument, fillers: tuple[Filler, ...], event: Event) -> int:
    """How many of the participants take part in an event of ours; a person stands for one of a family only."""
    names = [list_surnames(document, filler) for filler in fillers]
    pairs = [(i, p.id) for i, own in enumerate(names) for p in event.select("participant") if same_person(p, own)]
    return min(len({i for i, _ in pairs}), len({ident for _, ident in pairs}))


def is_meeting(event: Event) -> bool:
    """Whether an event of ours is what the corpus calls a meeting."""
    return event.type in MEETINGS or (event.type in JOINT and len(event.select("participant")) >= PAIR)


def find_wrong(document: FactDocument, reading: Reading, meetings: tuple[GoldMeeting, ...]) -> Iterator[WrongMeeting]:
    """Our meetings that are none of the corpus's: those with two of a gold meeting's participants are right."""
    gold = list(select_facts(document, "Meeting"))
    for event in filter(is_meeting, reading.extraction.events):
        if any(count_present(document, fact.select("Participant"), event) >= PAIR for fact in gold):
            continue
        persons = [e for e in event.select("participant") if e.kind == "Person"]
        quote = reading.extraction.article.quote(event.evidence[0])
        yield WrongMeeting(document.id, event, len(persons) >= PAIR, quote)


def make_post(document: FactDocument, fact: Fact, held: tuple[Holding, ...], gazetteer: Gazetteer) -> GoldPost:
    """An occupation with whether we have it."""
    who, where = fact.select("Who")[0], fact.select("Where")[0]
    known = any(True for name in list_places(document, fact) for _ in find_named(name, gazetteer))
    found = any(is_same_post(document, holding, fact, gazetteer) for holding in held)
    return GoldPost(document.id, who.text, where.text, known, found)


def is_held(document: FactDocument, holding: Holding, posts: list[Fact], gazetteer: Gazetteer) -> bool:
    """Whether the corpus has a title of ours."""
    return any(is_same_post(document, holding, fact, gazetteer) for fact in posts)


def is_same_post(document: FactDocument, holding: Holding, fact: Fact, gazetteer: Gazetteer) -> bool:
    """The same person by surname and the same place by name."""
    surnames = [name for filler in fact.select("Who") for name in list_surnames(document, filler)]
    return same_person(holding.person, surnames) and same_place(holding.of, list_places(document, fact), gazetteer)


def list_surnames(document: FactDocument, filler: Filler) -> tuple[str, ...]:
    """By what a person is recognised: surname or nickname; of those without one, the first name."""
    chain = document.find_chain(filler.id) if filler.sort == "obj" else None
    if chain is None:
        return (filler.text,)
    return chain.select(*SURNAMES) or chain.select(*FIRST_NAMES) or (filler.text,)


def list_places(document: FactDocument, fact: Fact) -> tuple[str, ...]:
    """All names of an occupation's place: those of the fact and those of the chain."""
    names = []
    for filler in fact.select("Where"):
        chain = document.find_chain(filler.id) if filler.sort == "obj" else None
        names += [filler.text, *(chain.select("name") if chain is not None else ())]
    return tuple(dict.fromkeys(name for name in names if name))

"""Names of persons in one article to entities: table first, then what the article itself introduces."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import WORD, Gazetteer
from kg.knowledge.stems import find_stems, fold, make_stem
from kg.knowledge.tables import Person
from kg.records import Entity
from kg.text.declension import nominative_words
from kg.text.foreign import INITIAL, find_end, is_foreign, office_words
from kg.text.language import load_language
from kg.text.slugs import make_local_slug, make_slug


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name in the text: full words and initials, both in order."""

    span: Span
    words: tuple[Token, ...]
    initials: tuple[str, ...]


@dataclass
class Cast:
    """The persons that one article has introduced so far."""

    doc: Doc
    gazetteer: Gazetteer
    day: datetime.date | None
    countries: frozenset[str]
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)  # entity id → words of its names
    entities: dict[str, Entity] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)  # stem → ids of entities with such a word in a name

    def add(self, entity: Entity) -> None:
        """Introduce a person, or name one again."""
        self.entities[entity.id] = entity
        if entity.id not in self.known:
            self.known[entity.id] = variants(entity)
            for word in self.known[entity.id]:
                for stem in form_stems(word)[1]:
                    self.named.setdefault(stem, set()).add(entity.id)

    def find_bearers(self, name: PersonName) -> list[str]:
        """Ids of the persons whose names have all words of a name, the latest first."""
        words = [form_stems(t.text)[0] for t in name.words if not is_particle(t)]
        found = [set().union(*(self.named.get(stem, ()) for stem in stems)) for stems in words]
        common = set.intersection(*found) if found else set(self.known)
        return [ident for ident in reversed(self.known) if ident in common] if common else []


def link_persons(
    doc: Doc,
    spans: list[Span],
    gazetteer: Gazetteer,
    day: datetime.date | None,
    countries: frozenset[str],
    taken: frozenset[int],
) -> dict[int, Entity]:
    """The entity of each PER span by its first token: full names first, so that surnames find them.

    Single names that slovnet passed over are added to ``spans``.
    """
    inner = {i for span in spans for i in range(span.start + 1, span.end)}  # «Керри» of «Дж. Керри», tagged twice
    spans[:] = [span for span in spans if span.start not in inner]
    cast = Cast(doc, gazetteer, day, countries)
    names = [parse_name(span) for span in spans]
    linked: dict[int, Entity] = {}
    for name in sorted(names, key=lambda n: (-min(len(n.words) + len(n.initials), 2), n.span.start)):
        if not name.words:
            continue
        entity = find_known(name, cast) or find_curated(name, cast) or mint_person(name, cast)
        linked[name.span.start] = entity
        cast.add(entity)
    for span in find_repeats(doc, linked, cast, taken):
        known = find_known(parse_name(span), cast)
        if known is not None:
            linked[span.start] = known
            spans.append(span)
    return linked


def find_repeats(doc: Doc, linked: Mapping[int, Entity], cast: Cast, taken: frozenset[int]) -> list[Span]:
    """Single names of persons of the article that slovnet passed over («Си прибыл …»)."""
    found: list[Span] = []
    words = frozenset().union(*(form_stems(word)[1] for e in cast.entities.values() if (word := name_word(e, cast))))
    for token in doc:
        if (
            token.i in taken
            or token.i in linked
            or token.ent_type_ == "PER"
            or not token.text[0].isupper()
            or token.text.isupper()
            or len(token) < 2
        ):
            continue
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV"):
            continue
        if not words.isdisjoint(form_stems(token.text)[0]):
            found.append(doc[token.i : token.i + 1])
    return found


def name_word(entity: Entity, cast: Cast) -> str:
    """The word by which the news calls a person alone: the family name, first in Chinese and Korean names."""
    row = cast.gazetteer.tables.person.get(entity.id.partition("/")[2])
    words = WORD.findall(entity.name)
    if row is not None and row.native_order == "family-given":
        return str(words[0])
    return str(words[-1]) if words else ""


def parse_name(span: Span) -> PersonName:
    """Words and initials of a span."""
    words, initials = [], []
    for token in span:
        dotted = token.i + 1 < len(span.doc) and span.doc[token.i + 1].text == "."
        if INITIAL.fullmatch(token.text) and len(span) > 1 and (dotted or token.text.endswith(".")):
            initials.append(fold(token.text[0]))
        elif token.text[0].isalpha() and not (token.text.islower() and token.i == span.start):
            words.append(token)
    return PersonName(span, tuple(words), tuple(initials))


def trim_span(span: Span, gazetteer: Gazetteer) -> Span:
    """slovnet's span without foreign words («Госсовета Ли Цян», «Министр Ортега»), with all of its name («Дж. Керри»).

    Empty where no word of it is a name.
    """
    doc = span.doc
    for start in range(span.start, span.end - 1):
        if is_curated(doc[start : span.end], gazetteer):
            return doc[start : span.end]
    start, end = span.start, find_end(span)
    titles = office_words(gazetteer)
    while start < end and is_foreign(doc[start], end, titles, gazetteer):
        start += 1
    return doc[start:end] if start < end else doc[span.start : span.start]


def is_curated(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a span of two words or more is a full name of the tables."""
    words = tuple(t for t in span if t.text[0].isupper())
    if len(words) < 2 or any(t not in words and not is_particle(t) for t in span):
        return False
    name = PersonName(span, words, ())
    return any(fits(name, person) for token in words for person, _ in gazetteer.find_persons(token.text))


def is_particle(token: Token) -> bool:
    """«аль», «бен»: small words that a name may have or lack."""
    return fold(token.text) in load_language().words["names.particles"]


def variants(entity: Entity) -> tuple[str, ...]:
    """The words of all names of an entity."""
    return tuple(dict.fromkeys(w for name in (entity.name, *entity.aliases) for w in WORD.findall(name)))


def matches(token: Token, word: str) -> bool:
    """Whether a token may be a case form of a word."""
    return not form_stems(word)[1].isdisjoint(form_stems(token.text)[0])


@lru_cache(20_000)
def form_stems(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a word may stand for as a form in the text, and what it is as a name; «Дмитрием» has no ending «ием»."""
    folded = fold(word)
    stems = [stem for stem, _ in find_stems(word)]
    forms = {f"{folded}=", *stems, *(stem.removesuffix("и") for stem in stems)}
    return frozenset(forms), frozenset((f"{folded}=", make_stem(word)))


def find_known(name: PersonName, cast: Cast) -> Entity | None:
    """The latest person of the article all of whose name's words and initials fit."""
    bare = len(name.words) == 1 and not name.initials
    for ident in cast.find_bearers(name):
        words, entity = cast.known[ident], cast.entities[ident]
        fitting = all(any(fold(w).startswith(i) for w in words) for i in name.initials)
        if fitting and not (bare and not is_surname(name.words[0], entity)):
            return entity
    return None


def is_surname(token: Token, entity: Entity) -> bool:
    """A single word must be a surname or the only name, never just a patronymic; given names pass for monarchs."""
    names = [WORD.findall(n) for n in (entity.name, *entity.aliases)]
    return any(matches(token, words[-1]) or matches(token, words[0]) for words in names if words)


def find_curated(name: PersonName, cast: Cast) -> Entity | None:
    """The person of the tables that fits best, or None where none does or a bare surname is ambiguous."""
    rated: dict[str, tuple[float, Person]] = {}
    for token in name.words:
        for person, ending in cast.gazetteer.find_persons(token.text):
            if fits(name, person) and agrees(token, ending, person):
                rated[person.key] = (rate(person, cast, len(name.words) + len(name.initials)), person)
    if not rated:
        return None
    ordered = sorted(rated.values(), key=lambda r: (-r[0], r[1].key))
    bare = len(name.words) + len(name.initials) < 2
    if bare and ordered[0][0] < 1.0:
        return None
    if bare and len(ordered) > 1 and ordered[0][0] - ordered[1][0] < 0.5:
        return None
    return cast.gazetteer.person_entity(ordered[0][1])


def fits(name: PersonName, person: Person) -> bool:
    """Every word and initial of the name belongs to the person's names."""
    words = [w for text in (person.name_ru, *person.aliases_ru) for w in WORD.findall(text)]
    return all(any(matches(t, w) for w in words) for t in name.words if not is_particle(t)) and all(
        any(fold(w).startswith(i) for w in words) for i in name.initials[:1]
    )


def agrees(token: Token, ending: str, person: Person) -> bool:
    """«Захаровой» is a woman's, «Захаровым» a man's."""
    words = load_language().words
    surname = fold(person.surname_ru.split()[-1] if person.surname_ru else "")
    if surname.endswith(tuple(words["names.men"])):
        return ending not in words["names.notmen"]
    if surname.endswith(tuple(words["names.women"])) and person.sex == "f":
        return ending not in words["names.notwomen"]
    return True


def rate(person: Person, cast: Cast, parts: int) -> float:
    """Parts of the name, country in the text, in office on the day or ever."""
    day = cast.day
    rows = cast.gazetteer.offices_held.get(person.key, ())
    active = any(in_office(row.start, row.end, day, 400) for row in rows)
    bound = person.country_iso2 in cast.countries
    return 0.5 * min(parts, 2) + 0.8 * bound + 0.6 * active + 0.2 * bool(rows)


def in_office(start: datetime.date | None, end: datetime.date | None, day: datetime.date | None, slack: int) -> bool:
    """Whether a day lies in a tenure, give or take ``slack`` days; an unknown day always does."""
    if day is None:
        return True
    margin = datetime.timedelta(days=slack)
    return (start is None or start - margin <= day) and (end is None or day <= end + margin)


def mint_person(name: PersonName, cast: Cast) -> Entity:
    """A person no table knows: by the full name as given; a bare surname stays within its article."""
    text = " ".join(nominative_words(name.span, name.words))
    if name.initials:
        text = ". ".join(i.upper() for i in name.initials) + ". " + text
    slug = make_slug(text) if len(name.words) > 1 else make_local_slug(text, cast.doc._.article)
    aliases = (name.span.text,) if name.span.text != text else ()
    return Entity(f"person/{slug}", "Person", text, aliases=aliases, known=False)

"""Names of persons in one article to entities: table first, then what the article itself introduces."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.knowledge.gazetteer import WORD, Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.tables import Person
from kg.records import Entity
from kg.text.declension import nominative_words
from kg.text.forms import (
    agrees_in_kin,
    form_stems,
    is_particle,
    is_patronymic,
    is_rather_common,
    matches,
    person_words,
    sounds_like,
    variants,
)
from kg.text.rating import agrees, agrees_in_case, find_kinds, rate
from kg.text.slugs import make_local_slug, make_slug
from kg.text.spans import PersonName, closeness, fits, parse_name, split_span

CASE = 0.4  # what the case form adds to the rating of a bare surname, and a whole name to that of a longer one
LEAST = 1.4  # rating from which a bare surname is somebody's
MARGIN = 0.3  # by which it is rather one's than another's


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
    places: dict[str, list[int]] = field(default_factory=dict)  # entity id → tokens where it is named

    def add(self, entity: Entity, start: int) -> None:
        """Introduce a person, or name one again, at a token."""
        self.entities[entity.id] = entity
        self.places.setdefault(entity.id, []).append(start)
        if entity.id not in self.known:
            self.known[entity.id] = variants(entity)
            for word in self.known[entity.id]:
                for stem in form_stems(word)[1]:
                    self.named.setdefault(stem, set()).add(entity.id)

    def find_bearers(self, name: PersonName) -> list[str]:
        """Ids of the persons whose names have all words of a name: the one named last before it first."""
        words = [form_stems(t.text)[0] for t in name.words if not is_particle(t)]
        found = [set().union(*(self.named.get(stem, ()) for stem in stems)) for stems in words]
        common = set.intersection(*found) if found else set(self.known)
        return sorted(common, key=lambda ident: (self.distance(ident, name.span.start), ident))

    def distance(self, ident: str, start: int) -> tuple[bool, int]:
        """How far back a person was named; who is named only later comes behind, the first one first."""
        before = [start - place for place in self.places[ident] if place <= start]
        return (False, min(before)) if before else (True, min(self.places[ident]))


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
    spans[:] = [part for span in spans if span.start not in inner for part in split_span(span, gazetteer)]
    cast = Cast(doc, gazetteer, day, countries)
    names = [parse_name(span) for span in spans]
    linked: dict[int, Entity] = {}
    for name in sorted(names, key=lambda n: (-min(len(n.words) + len(n.initials), 2), n.span.start)):
        if not name.words:
            continue
        entity = find_known(name, cast) or find_curated(name, cast) or find_alike(name, cast)
        if entity is None and is_word(name):
            continue
        linked[name.span.start] = entity or mint_person(name, cast)
        cast.add(linked[name.span.start], name.span.start)
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


def find_known(name: PersonName, cast: Cast) -> Entity | None:
    """The person of the article, the last one named, all of whose name's words and initials fit.

    Of a man and a woman of one name («Назарбаева») the one whose case form it is.
    """
    bare = len(name.words) == 1 and not name.initials
    found = []
    for ident in cast.find_bearers(name):
        words, entity = cast.known[ident], cast.entities[ident]
        fitting = all(any(fold(w).startswith(i) for w in words) for i in name.initials)
        fitting = fitting and all(agrees_in_kin(t, words) for t in name.words)
        if fitting and not (bare and not is_surname(name.words[0], entity)):
            found.append(entity)
    agreeing = (e for e in found if len(found) > 1 and agrees_in_case(name.words[-1], name_word(e, cast)))
    return next(agreeing, found[0] if found else None)


def is_surname(token: Token, entity: Entity) -> bool:
    """A single word must be a surname or the only name, never just a patronymic; given names pass for monarchs."""
    names = [WORD.findall(n) for n in (entity.name, *entity.aliases)]
    return any(matches(token, words[-1]) or matches(token, words[0]) for words in names if words)


def find_curated(name: PersonName, cast: Cast) -> Entity | None:
    """The person of the tables that fits best, or None where none does or a bare surname is ambiguous."""
    kinds = find_kinds(name.span, cast.gazetteer)
    parts = len(name.words) + len(name.initials)
    rated: dict[str, tuple[float, Person]] = {}
    for token in name.words:
        for person, ending in cast.gazetteer.find_persons(token.text):
            if person.key not in rated and fits(name, person) and agrees(ending, person):
                rating = rate(person, parts, cast.gazetteer, cast.day, cast.countries, kinds)
                rating += CASE * (agrees_in_case(token, person.surname_ru) if parts == 1 else closeness(name, person))
                rated[person.key] = (rating, person)
    ordered = sorted(rated.values(), key=lambda r: (-r[0], r[1].key))
    if not ordered or (parts < 2 and ordered[0][0] < LEAST):
        return None
    if parts < 2 and len(ordered) > 1 and ordered[0][0] - ordered[1][0] < MARGIN:
        return None
    return cast.gazetteer.person_entity(ordered[0][1])


def find_alike(name: PersonName, cast: Cast) -> Entity | None:
    """The one person of the tables whose name sounds like a name of two words or more («Девид Кемерон»)."""
    if len(name.words) < 2 or name.initials:
        return None
    heard = {p.key: p for token in name.words for p in cast.gazetteer.find_alike(token.text)}
    fitting = [p for p in heard.values() if all(any(sounds_like(t, w) for w in person_words(p)) for t in name.words)]
    return cast.gazetteer.person_entity(fitting[0]) if len(fitting) == 1 else None


def is_word(name: PersonName) -> bool:
    """A plain word that opens a sentence («Мороз не помешал …») and that slovnet took for a surname."""
    alone = len(name.words) == 1 and not name.initials and len(name.span) == 1
    return alone and bool(name.span[0].is_sent_start) and is_rather_common(name.span[0].lower_)


def mint_person(name: PersonName, cast: Cast) -> Entity:
    """A person no table knows: by the full name as given; a bare surname stays within its article.

    The id is made of given name and surname, in this order and without the patronymic, so that articles that name
    somebody in full and shorter mean one person.
    """
    words = list(nominative_words(name.span, name.words))
    text = " ".join(words)
    if name.initials:
        text = ". ".join(i.upper() for i in name.initials) + ". " + text
    core = order_words(words) if not name.initials else [text]
    slug = make_slug(" ".join(core)) if len(name.words) > 1 else make_local_slug(text, cast.doc._.article)
    aliases = (name.span.text,) if name.span.text != text else ()
    return Entity(f"person/{slug}", "Person", text, aliases=aliases, known=False)


def order_words(words: list[str]) -> list[str]:
    """Given name and surname of «Абдрахимов Ерлан Серикович», «Ерлан Серикович Абдрахимов»."""
    patronymic = next((i for i, word in enumerate(words) if i and is_patronymic(word)), None)
    if len(words) != 3 or patronymic is None:
        return words
    return [words[0], words[2]] if patronymic == 1 else [words[1], words[0]]

"""Made-up extractions in any number, spread as news is: few actors are named often, few events told by many.

Stories happen over six years between three hundred persons of sixty countries; each is told by one article or
several, and each article tells a part of it, with a gap here and there. The same number gives the same extractions.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.knowledge.tables import Tables
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Span, When

SEED = 20_251_126
COUNTRIES, PERSONS, CITIES = 60, 5, 3  # persons and cities of each country
FIRST, DAYS = datetime.date(2019, 1, 1), 6 * 365
TOLD = (0.55, 0.22, 0.1, 0.06, 0.04, 0.03)  # how many articles tell a story: the shares of one, two, …
KINDS = ("visit", "meeting", "call", "statement", "expulsion")
SHARES = (0.35, 0.25, 0.15, 0.2, 0.05)
SUBJECTS = ("торговля", "транзит", "образование", "энергетика", "культура", "туризм", "связь", "медицина", "миграция")


@dataclass(frozen=True, slots=True)
class Story:
    """Who met whom, where and when."""

    number: int
    kind: str
    guest: Entity
    host: Entity
    home: Entity
    land: Entity
    city: Entity
    day: datetime.date
    subject: str


@dataclass(frozen=True, slots=True)
class Land:
    """A state with those who act for it and its largest cities."""

    state: Entity
    persons: tuple[Entity, ...]
    cities: tuple[Entity, ...]


def list_lands(tables: Tables) -> tuple[Land, ...]:
    """The states that have enough persons and cities in the tables, those with most persons first."""
    persons, cities = defaultdict(list), defaultdict(list)
    for person in tables.persons:
        persons[person.country_iso2].append(Entity(person.id, "Person", person.name_ru, person.name_en))
    for city in sorted(tables.cities, key=lambda city: (-city.population, city.id)):
        cities[city.iso2].append(Entity(city.id, "City", city.name_ru, city.name_en, within=f"country/{city.iso2}"))
    enough = [c for c in tables.countries if len(persons[c.iso2]) >= PERSONS and len(cities[c.iso2]) >= CITIES]
    ranked = sorted(enough, key=lambda country: (-len(persons[country.iso2]), country.iso2))[:COUNTRIES]
    return tuple(
        Land(
            Entity(country.id, "Country", country.name_ru, country.name_en, iso2=country.iso2),
            tuple(persons[country.iso2][:PERSONS]),
            tuple(cities[country.iso2][:CITIES]),
        )
        for country in ranked
    )


class Crowd:
    """Actors and chance; a class, because each draw moves the chance on."""

    def __init__(self, tables: Tables, seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        self.lands = list_lands(tables)
        self.weights = [1 / (n + 3) for n in range(len(self.lands))]  # after Zipf

    def draw_story(self, number: int) -> Story:
        """A story between two countries."""
        home, land = self.draw_pair()
        return Story(
            number=number,
            kind=self.chance.choices(KINDS, SHARES)[0],
            guest=self.draw_person(home),
            host=self.draw_person(land),
            home=home.state,
            land=land.state,
            city=self.chance.choices(land.cities, (6, 2, 1))[0],
            day=FIRST + datetime.timedelta(days=self.chance.randrange(DAYS)),
            subject=self.chance.choice(SUBJECTS),
        )

    def draw_pair(self) -> tuple[Land, Land]:
        """Two different states."""
        home = land = self.chance.choices(self.lands, self.weights)[0]
        while land is home:
            land = self.chance.choices(self.lands, self.weights)[0]
        return home, land

    def draw_person(self, land: Land) -> Entity:
        """A person of a state, the first of them most often."""
        return self.chance.choices(land.persons, (5, 3, 1, 1, 1))[0]

    def happens(self, share: float) -> bool:
        """Whether something of this probability comes true."""
        return self.chance.random() < share


def make_crowd(events: int, tables: Tables, seed: int = SEED) -> Iterator[Extraction]:
    """Extractions with at least so many events in all; their actors are of the tables."""
    crowd, made, number = Crowd(tables, seed), 0, 0
    while made < events:
        for extraction in tell_story(crowd, crowd.draw_story(number)):
            made += len(extraction.events)
            yield extraction
        number += 1


def tell_story(crowd: Crowd, story: Story) -> Iterator[Extraction]:
    """The articles that tell a story."""
    times = crowd.chance.choices(range(1, len(TOLD) + 1), TOLD)[0]
    for turn in range(times):
        ahead = story.kind == "visit" and turn == 0 and crowd.happens(0.4)
        shift = -crowd.chance.randint(1, 14) if ahead else crowd.chance.randint(0, 1)
        yield tell(crowd, story, turn, story.day + datetime.timedelta(days=shift), ahead)


def tell(crowd: Crowd, story: Story, turn: int, published: datetime.date, ahead: bool) -> Extraction:
    """One article on a story."""
    text = f"История {story.number}: {story.guest.name}, {story.host.name}, {story.subject}, {story.city.name}."
    article = Article(f"crowd-{story.number}-{turn}", text, title="Новости", published=published)
    span = Span(len(article.title) + 1, len(article.content))
    types = {"visit": ["Visit"], "meeting": ["Meeting"], "call": ["PhoneCall"], "expulsion": ["Expulsion"]}
    chosen = list(types.get(story.kind, ["Statement"]))
    if story.kind == "visit":
        chosen += [
            name for name, share in (("Talks", 0.8), ("Signing", 0.5), ("Ceremony", 0.2)) if crowd.happens(share)
        ]
    documents = (make_document(story, span, ahead),) if "Signing" in chosen else ()
    events = tuple(make_event(crowd, story, type_, span, ahead) for type_ in chosen)
    return Extraction(article, events=events, documents=documents)


def make_document(story: Story, span: Span, ahead: bool) -> Document:
    """What is signed on a visit."""
    status = "planned" if ahead else "signed"
    return Document(
        "d1", "Agreement", f"соглашение об области «{story.subject}»", status, (story.home, story.land), (span,)
    )


def make_event(crowd: Crowd, story: Story, type_: str, span: Span, ahead: bool) -> Event:
    """An account of an event; one in ten has no date, one in eight lacks an actor."""
    people = [story.guest] if type_ in ("Visit", "Statement") else [story.guest, story.host]
    if type_ == "Expulsion":
        people = []
    if len(people) > 1 and crowd.happens(0.12):
        people.pop()
    arguments = [Argument("participant", person) for person in people]
    arguments += [Argument("country", story.home), Argument("country", story.land)]
    if type_ == "Expulsion":
        arguments[-1] = Argument("target", story.land)
    if type_ in ("Visit", "Talks", "Signing", "Ceremony", "Meeting") and crowd.happens(0.8):
        arguments += [Argument("place", story.city), Argument("place", story.land), Argument("host", story.land)]
    return Event(
        key=type_,
        type=type_,
        status="planned" if ahead else "occurred",
        label=f"{type_} {story.number}",
        arguments=tuple(arguments),
        evidence=(span,),
        trigger=span,
        when=draw_date(crowd, story.day),
        documents=("d1",) if type_ == "Signing" else (),
        confidence=round(crowd.chance.uniform(0.4, 1), 3),
    )


def draw_date(crowd: Crowd, day: datetime.date) -> When | None:
    """The day, now and then only its month, or nothing."""
    if crowd.happens(0.1):
        return None
    return When(f"{day:%Y-%m}") if crowd.happens(0.05) else When(day.isoformat())

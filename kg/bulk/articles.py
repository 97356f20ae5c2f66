"""Made-up articles in any number, to measure builds with: sentences made of templates among those of the samples.

Persons, countries, cities and days vary, some stories are told by several articles, and new words go on coming. The
same number is always the same article, however many there are.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from kg.config import data_path
from kg.knowledge.tables import Tables, load_tables
from kg.records import Article
from kg.sources.reading import read_articles
from kg.text.lemmas import parse_word

FIRST, DAYS = datetime.date(2019, 1, 1), 6 * 365
TOLD_AGAIN, BACK = 0.4, 30  # share of articles that tell an earlier story, and how far back it may lie
TEMPLATES, SAMPLES = (3, 7), (2, 5)  # sentences of each sort
WORDS = re.compile(r"[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+)?")
SENTENCE = re.compile(r"(?<=[.!?…»])\s+(?=[А-ЯЁ«])")
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
NAMES = frozenset({"Name", "Surn", "Geox"})  # of pymorphy3


@dataclass(frozen=True, slots=True)
class Story:
    """Who met whom, where and when: what several articles may tell of."""

    guest: str
    host: str
    land: str
    city: str
    day: datetime.date


class Writer:
    """Writes articles; a class, because words and tables are read once."""

    def __init__(self, tables: Tables) -> None:
        self.words: Mapping[str, Any] = tomllib.loads(data_path("bench", "articles.toml").read_text(encoding="utf-8"))
        self.dates = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(self.words['months'])})\b")
        self.persons = [person.name_ru for person in tables.persons]
        self.countries = [country.name_ru for country in tables.countries]
        self.cities = [city.name_ru for city in sorted(tables.cities, key=lambda city: -city.population)[:500]]
        reads = read_articles([data_path("articles")])
        samples = [read.text for read in reads if isinstance(read, Article)]
        self.samples = [sentence for text in samples for sentence in SENTENCE.split(text) if len(sentence) < 400]
        self.names = {
            kind: [Name(name) for name in names if name.count(" ") == spaces and inflect_all(name, "gent") != name]
            for kind, names, spaces in (
                ("land", self.countries, 0),
                ("city", self.cities, 0),
                ("person", self.persons, 1),
            )
        }
        self.kinds = {name.lower(): kind for kind, names in self.names.items() for name in names}

    def story(self, number: int) -> Story:
        """A story by its number."""
        chance = random.Random(f"story-{number}")
        guest, host = chance.sample(self.persons, 2)
        day = FIRST + datetime.timedelta(chance.randrange(DAYS))
        return Story(guest, host, chance.choice(self.countries), chance.choice(self.cities), day)

    def article(self, number: int) -> Article:
        """An article by its number."""
        chance = random.Random(f"article-{number}")
        back = chance.randint(1, BACK) if chance.random() < TOLD_AGAIN else 0
        story = self.story(max(0, number - back))
        title = self.fill(chance.choice(self.words["titles"]), story, chance)
        told = chance.sample(self.words["sentences"], chance.randint(*TEMPLATES))
        said = [self.fill(template, story, chance) for template in told]
        said += [self.retell(sentence, chance) for sentence in chance.sample(self.samples, chance.randint(*SAMPLES))]
        chance.shuffle(said)
        return Article(f"made-up-{number}", " ".join(said), title=title, published=story.day, source="made up")

    def fill(self, template: str, story: Story, chance: random.Random) -> str:
        """A template with its words."""
        people = {name: Name(getattr(story, name)) for name in ("guest", "host", "land", "city")}
        moved = [story.day + datetime.timedelta(days) for days in (-chance.randint(3, 90), chance.randint(3, 90))]
        return template.format(
            **people,
            day=f"{self.format_day(story.day)} {story.day.year} {self.words['year']}",
            date=self.format_day(story.day),
            earlier=self.format_day(moved[0]),
            later=self.format_day(moved[1]),
            number=chance.randint(2, 99),
            subject=chance.choice(self.words["subjects"]),
            topic=chance.choice(self.words["topics"]),
            stranger=self.invent(chance),
        )

    def retell(self, sentence: str, chance: random.Random) -> str:
        """A sentence of a sample with other days, countries, cities and persons."""
        told = self.dates.sub(lambda _: self.format_day(FIRST + datetime.timedelta(chance.randrange(DAYS))), sentence)
        return WORDS.sub(lambda match: self.rename(match[0], chance), told)

    def rename(self, words: str, chance: random.Random) -> str:
        """Another country, city or person in the same case; any other words as they are."""
        found = self.find_case(words)
        if found is None and " " in words:
            return " ".join(self.rename(word, chance) for word in words.split())
        return getattr(chance.choice(self.names[found[0]]), found[1]) if found else words

    def find_case(self, words: str) -> tuple[str, str] | None:
        """Whether words name a country, a city or a person, and in which case."""
        for case in CASES:
            kind = self.kinds.get(find_base(words.lower(), case))
            if kind:
                return kind, case
        return None

    def format_day(self, day: datetime.date) -> str:
        """A day without its year, as news has it."""
        return f"{day.day} {self.words['months'][day.month - 1]}"

    def invent(self, chance: random.Random) -> str:
        """A person that nobody knows."""
        parts = self.words["strangers"]
        given, *surname = (chance.choice(parts[name]) for name in ("given", "first", "middle", "last"))
        return f"{given} {''.join(surname)}"


class Name(str):
    """A name whose attributes are its cases, for templates."""

    def __getattr__(self, case: str) -> str:
        return inflect_all(self, case)


def inflect_all(name: str, case: str) -> str:
    """A name in a case."""
    return " ".join(inflect(word, case) for word in name.split())


@lru_cache(20_000)
def find_base(words: str, case: str) -> str:
    """The words in the nominative, read as standing in a case; empty where one of them cannot."""
    parses = [[p for p in parse_word(word) if p.tag.case == case and NAMES & p.tag.grammemes] for word in words.split()]
    return " ".join(found[0].normal_form for found in parses) if all(parses) else ""


@lru_cache(20_000)
def inflect(word: str, case: str) -> str:
    """A word of a name in a case of pymorphy3's, as far as the dictionary can."""
    names = [p for p in parse_word(word.lower()) if p.tag.case == "nomn" and NAMES & p.tag.grammemes]
    form = names[0].inflect({case}) if names and case != "nomn" else None
    return "-".join(part.capitalize() for part in form.word.split("-")) if form else word


def make_articles(number: int, start: int = 0) -> Iterator[Article]:
    """So many articles, from that number on."""
    writer = Writer(load_tables())
    return map(writer.article, range(start, start + number))


def dump_articles(number: int, out: BinaryIO, start: int = 0) -> None:
    """Write so many articles as lines of JSON."""
    for article in make_articles(number, start):
        value = {
            "id": article.id,
            "title": article.title,
            "text": article.text,
            "lang": article.lang,
            "published": str(article.published),
            "source": article.source,
        }
        out.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")

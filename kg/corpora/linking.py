"""NEREL's references to Wikidata against our links: how much of it the tables know, and how often we link right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.corpora.brat import BratDocument, Mark
from kg.corpora.reading import Reading
from kg.corpora.texts import find_shift
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.tables import Country, Organization, Person, Venue
from kg.records import Entity, Mention, Span

KINDS = {"PERSON": "Person", "COUNTRY": "Country", "CITY": "City", "ORGANIZATION": "Organization", "FACILITY": "Venue"}
NONE = "NULL"
VERDICTS = ("right", "wrong", "missed", "false", "unsure", "outside")
SHARE = 0.5  # what a mention of ours has in common with one of the corpus, at least, to be of the same thing


@dataclass(frozen=True, slots=True)
class Link:
    """A mention of the corpus with its entity of ours and the one we link.

    ``verdict``: right, wrong or missed where the tables have what is meant; else false where we link something of
    the tables all the same, unsure where that has no Wikidata id to compare, outside where we link nothing of them.
    """

    document: str
    mark: Mark
    qid: str
    name: str
    wanted: str | None
    linked: Entity | None
    verdict: str


class Catalogue:
    """Our entities by Wikidata id. Cities other than capitals have none: they go by the reference's name."""

    def __init__(self, gazetteer: Gazetteer, documents: Iterable[BratDocument]) -> None:
        self.ids = dict(list_ids(gazetteer))
        self.identified = frozenset(self.ids.values())
        self.cities = dict(list_cities(gazetteer))
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        for document in documents:
            for reference in document.references:
                self.names[reference.target][reference.name] += 1

    def find(self, kind: str, qid: str) -> str | None:
        """The id of what is meant, None where the tables lack it."""
        if qid in self.ids or kind != "CITY":
            return self.ids.get(qid)
        return next((self.cities[name] for text in self.names[qid] if (name := fold(text)) in self.cities), None)

    def name(self, qid: str) -> str:
        """A name that the corpus gives a reference; "" where it gives none."""
        return next((name for name, _ in self.names[qid].most_common() if name), "")

    def judge(self, wanted: str | None, linked: Entity | None) -> str:
        """What to say of a link."""
        known = linked is not None and linked.known
        if wanted is not None:
            return "right" if linked is not None and linked.id == wanted else "wrong" if known else "missed"
        return "outside" if linked is None or not known else "false" if linked.id in self.identified else "unsure"


def list_ids(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Wikidata ids with ids of ours; the capital of a city state is the state."""
    tables = gazetteer.tables
    for country in tables.countries:
        capital = gazetteer.capital_of.get(country.id)
        if country.capital_qid and capital is not None:
            yield country.capital_qid, capital.id
    for rows in (tables.countries, tables.organizations, tables.persons, tables.venues):
        yield from list_row_ids(rows)


def list_row_ids(rows: Iterable[Country | Organization | Person | Venue]) -> Iterator[tuple[str, str]]:
    """Wikidata ids of rows that have one."""
    return ((row.qid, row.id) for row in rows if row.qid)


def list_cities(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Names of cities, folded; the largest of one name comes last and stays."""
    for city in sorted(gazetteer.tables.cities, key=lambda row: row.population):
        yield from ((fold(name), city.id) for name in (*city.aliases_ru, city.name_ru))


def compare_links(document: BratDocument, reading: Reading, catalogue: Catalogue) -> Iterator[Link]:
    """Every mention of the kinds above that has a reference, in the order of the text."""
    qids = {r.mark: r.target for r in document.references if r.target != NONE}
    shift = find_shift(reading.extraction.article)
    for mark in sorted(document.marks, key=lambda mark: mark.span):
        if mark.kind in KINDS and mark.id in qids:
            linked = find_link(mark, shift, reading.extraction.mentions)
            yield make_link(document.id, mark, qids[mark.id], linked, catalogue)


def make_link(document: str, mark: Mark, qid: str, linked: Entity | None, catalogue: Catalogue) -> Link:
    """One mention with its verdict."""
    wanted = catalogue.find(mark.kind, qid)
    verdict = catalogue.judge(wanted, linked)
    return Link(document, mark, qid, catalogue.name(qid), wanted, linked, verdict)


def find_link(mark: Mark, shift: int, mentions: Iterable[Mention]) -> Entity | None:
    """What we link at a mark: the entity of the mention that covers it best, if that is mostly the same stretch.

    Of several that cover it alike, one of the mark's kind: where «Москва» speaks for Russia we say both, the corpus
    says what the word names.
    """
    place = Span(mark.span.start + shift, mark.span.end + shift)
    kind = KINDS[mark.kind]
    rated = [(share(place, m.span), m.entity.kind == kind, m.entity) for m in mentions]
    best, _, entity = max(rated, key=lambda rating: rating[:2], default=(0.0, False, None))
    return entity if best >= SHARE else None


def share(one: Span, other: Span) -> float:
    """What two spans have in common, of all that either has."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def count_verdicts(links: Iterable[Link]) -> Mapping[str, Mapping[str, int]]:
    """Verdicts by kind of mention."""
    counts = {kind: dict.fromkeys(VERDICTS, 0) for kind in KINDS}
    for link in links:
        counts[link.mark.kind][link.verdict] += 1
    return counts

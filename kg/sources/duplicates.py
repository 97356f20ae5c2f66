"""Articles that say what one before them says: the same words, or nearly, and no other names and numbers.

For each article a digest is kept for good, about 200 bytes; the sketches of the last ``window`` articles take about 750
bytes each, allotted at the start and used up as they come. What is alike by chance of templates («Президент X
принял посла Y») has other names or numbers and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from kg.records import Article
from kg.sources.columns import load_reading
from kg.sources.shingles import FACT_LIMIT, HASHES, Print, find_likeness, make_print, says_more

BANDS = 16  # of four hashes each: texts alike by 0.8 share at least one in 99.9 of 100 cases
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Likeness:
    """The id of the article that was read before, and how much both have in common (0 to 1)."""

    of: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Limits:
    """When articles are alike: see data/reading/duplicates.toml."""

    likeness: float
    days: int
    window: int


@cache
def load_limits() -> Limits:
    """The limits. Raises DataError."""
    table = load_reading("duplicates")
    return Limits(float(table["likeness"]), int(table["days"]), int(table["window"]))


class Likenesses:
    """The articles read so far, as far as they are remembered."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or load_limits()
        self.same: dict[bytes, tuple[str, int | None]] = {}
        self.window = Window(self.limits.window)

    def find(self, article: Article) -> Likeness | None:
        """The article before this one that says the same; None if there is none, and this one is remembered."""
        made = make_print(article.content)
        day = article.published.toordinal() if article.published else None
        first = self.same.get(made.digest)
        if first and self.is_near(day, first[1]):
            return Likeness(first[0], 1.0)
        alike = self.find_alike(made, day)
        if alike is None:
            self.same[made.digest] = (article.id, day)
            self.window.add(made, article.id, day)
        return alike

    def find_alike(self, made: Print, day: int | None) -> Likeness | None:
        """The most alike of the last articles that is alike enough."""
        found = [(find_likeness(made.sketch, self.window.sketches[slot]), slot) for slot in self.window.find(made)]
        for likeness, slot in sorted(found, reverse=True):
            enough = likeness >= self.limits.likeness and self.is_near(day, self.window.days[slot])
            if enough and not says_more(made.facts, self.window.known(slot)):
                return Likeness(self.window.ids[slot], likeness)
        return None

    def is_near(self, day: int | None, other: int | None) -> bool:
        """Whether two days, as far as they are known, are near enough."""
        return day is None or other is None or abs(day - other) <= self.limits.days


class Window:
    """The prints of the last articles, in a ring, and where each band of hashes came last."""

    def __init__(self, size: int) -> None:
        self.size, self.count = size, 0
        self.ids: list[str] = []
        self.days: list[int | None] = []
        self.sketches = np.zeros((size, HASHES), dtype=np.uint32)
        self.facts = np.zeros((size, FACT_LIMIT), dtype=np.uint32)
        self.fact_counts = np.zeros(size, dtype=np.uint8)
        self.table = np.full((BANDS, size * 2), NOBODY, dtype=np.int32)
        self.bands = np.arange(BANDS)

    def places(self, made: Print) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Where the bands of a sketch stand in the table."""
        rows = made.sketch.reshape(BANDS, -1).astype(np.uint64)
        mixed = rows[:, 0]
        for column in range(1, rows.shape[1]):
            mixed = (mixed * np.uint64(0x100000001B3)) ^ rows[:, column]
        mixed ^= mixed >> np.uint64(29)
        return (mixed % np.uint64(self.table.shape[1])).astype(np.int64)

    def find(self, made: Print) -> list[int]:
        """The slots of articles that share a band with this one."""
        slots: list[int] = np.unique(self.table[self.bands, self.places(made)]).tolist()
        return [slot for slot in slots if slot != NOBODY]

    def add(self, made: Print, id: str, day: int | None) -> None:
        """Remember an article in place of the oldest."""
        slot = self.count % self.size
        if self.count < self.size:
            self.ids.append(id)
            self.days.append(day)
        self.ids[slot], self.days[slot] = id, day
        self.sketches[slot] = made.sketch
        self.facts[slot, : len(made.facts)] = made.facts
        self.fact_counts[slot] = len(made.facts)
        self.table[self.bands, self.places(made)] = slot
        self.count += 1

    def known(self, slot: int) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        """The names and numbers of an article."""
        known: np.ndarray[tuple[int], np.dtype[np.uint32]] = self.facts[slot, : self.fact_counts[slot]]
        return known

"""What articles are compared by: sketches of their stretches of words, and the names and numbers in them."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

WORDS = re.compile(r"\w+")
FACTS = re.compile(r"\d+|(?<=[\w,;:«(–—-] )[^\W\d_a-zа-яё]\w+|(?<=[«(])[^\W\d_a-zа-яё]\w+")
STRETCH = 4  # words
HASHES = 64
FACT_LIMIT = 64
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
HIGH = np.uint64(32)

Sketch = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Print:
    """What remains of an article: a hash of all its words, the least of each of HASHES hashes of its stretches, and
    hashes of its names and numbers (the least ones, if there are more than FACT_LIMIT)."""

    digest: bytes
    sketch: Sketch
    facts: Sketch


def make_factors() -> NDArray[np.uint64]:
    """The odd factors of the hashes, always the same."""
    return np.random.default_rng(0).integers(1, 2**63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


FACTORS = make_factors()


def make_print(text: str) -> Print:
    """The print of a text; case, marks and blanks do not count."""
    words = WORDS.findall(text.lower())
    return Print(
        blake2b(" ".join(words).encode(), digest_size=8).digest(),
        make_sketch(np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)),
        make_facts(text),
    )


def make_sketch(words: NDArray[np.uint64]) -> Sketch:
    """The least value of each hash over all stretches of words (MinHash); a short text is one stretch."""
    count = max(1, len(words) - STRETCH + 1)
    stretches = np.zeros(count, dtype=np.uint64)
    for place in range(STRETCH):
        part = words[place : place + count]
        stretches[: len(part)] = (stretches[: len(part)] + part) * GOLDEN
        stretches ^= stretches >> HIGH
    least: Sketch = ((FACTORS[:, None] * stretches[None, :]) >> HIGH).min(axis=1).astype(np.uint32)
    return least


def make_facts(text: str) -> Sketch:
    """The names (words with a capital inside of a sentence) and numbers of a text, as sorted hashes."""
    hashes = sorted({zlib.crc32(fact.lower().encode()) for fact in FACTS.findall(text)})
    return np.array(hashes[:FACT_LIMIT], dtype=np.uint32)


def find_likeness(first: Sketch, second: Sketch) -> float:
    """The share of stretches that two sketches have in common (Jaccard), give or take 0.06."""
    return float((first == second).mean())


def says_more(facts: Sketch, known: Sketch) -> bool:
    """Whether there are names or numbers in the first that the second, as far as it was kept, does not have."""
    kept = facts[facts <= known[-1]] if len(known) == FACT_LIMIT else facts
    return bool(np.setdiff1d(kept, known, assume_unique=True).size)

"""Which keys an index does not have, without asking it: a Bloom filter, B. H. Bloom, CACM 13(7), 1970."""

from __future__ import annotations

from collections.abc import Iterable

BITS = 27  # two to the power of it: 16 MB; of ten million keys it takes 2% of others for known
MASK = 2**BITS - 1


class KeyFilter:
    """Keys that were added are in it; another key is in it by chance only."""

    def __init__(self) -> None:
        self.bits = bytearray(2 ** (BITS - 3))

    def add(self, keys: Iterable[str]) -> None:
        """Add some keys."""
        for key in keys:
            number = hash(key)
            for spot in (number & MASK, (number >> BITS) & MASK):
                self.bits[spot >> 3] |= 1 << (spot & 7)

    def select(self, keys: Iterable[str]) -> list[str]:
        """The keys that may be in it. In one loop without calls, as most keys that are asked for are not."""
        bits, found = self.bits, []
        for key in keys:
            number = hash(key)
            one, other = number & MASK, (number >> BITS) & MASK
            if bits[one >> 3] >> (one & 7) & 1 and bits[other >> 3] >> (other & 7) & 1:
                found.append(key)
        return found

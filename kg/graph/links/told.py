"""What linking needs of one article, as whoever read the article says it, so that it is not read again from the store.

It holds as long as each name in it stands for itself: who bears a name is for all articles together to tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.graph.links.entries import Entry, read_account
from kg.resolve.accounts import Account


@dataclass(frozen=True, slots=True)
class Told:
    """An account as its article tells it, ready for the index.

    ``named`` are the ids of all that it and its documents name; ``refers`` tells whether it refers to a document or to
    an event that it is part of.
    """

    entry: Entry
    named: frozenset[str]
    refers: bool

    @property
    def account(self) -> Account:
        """The account itself, read anew each time."""
        return read_account(self.entry.id, self.entry.text)[0]


@dataclass(frozen=True, slots=True)
class Gist:
    """The accounts of an article, and the persons in it whom no table knows."""

    accounts: tuple[Told, ...] = ()
    persons: tuple[str, ...] = ()


Gists = Mapping[str, Gist]  # by the IRI of the article
NO_GIST = Gist()
NO_GISTS: Gists = MappingProxyType({})

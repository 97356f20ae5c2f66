"""What is known of the index of links without asking the store, while one process alone writes to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from kg.graph.keyfilter import KeyFilter
from kg.resolve.accounts import Account

Known = tuple[Account, bool]  # and whether it names somebody by another id than what stands for it
MOST_LISTED = 500_000  # keys and ids of lists, some 60 MB
MOST_ACCOUNTS = 25_000  # some 100 MB


class IndexMemory:
    """What an update of the links has read and the next one will want again, as it stands in the index now.

    ``keys`` filters all keys, if the index was seen empty; ``lists`` has what stands under some of them, ``accounts``
    the accounts of some ids. Whoever writes forgets both first, and keeps them anew once all is written.
    """

    def __init__(self, keys: KeyFilter | None = None) -> None:
        self.keys = keys
        self.forget()

    def forget(self) -> None:
        """Forget lists and accounts."""
        self.lists: Mapping[str, tuple[str, ...]] = {}
        self.accounts: Mapping[str, tuple[Known, ...]] = {}

    def keep(self, lists: Mapping[str, tuple[str, ...]], accounts: Mapping[str, tuple[Known, ...]]) -> None:
        """Remember these, or as many as there is room for."""
        self.lists = dict(select_lists(lists))
        self.accounts = dict(islice(accounts.items(), MOST_ACCOUNTS))


def select_lists(lists: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The first lists, as many as there is room for."""
    room = MOST_LISTED
    for key, ids in lists.items():
        room -= 1 + len(ids)
        if room < 0:
            return
        yield key, ids

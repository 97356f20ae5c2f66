"""What is known of the index of links without asking the store, while one process alone writes to it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from kg.graph.keyfilter import KeyFilter

MOST_LISTED = 500_000  # keys and ids of lists
MOST_ACCOUNTS = 25_000  # some 100 MB


class IndexMemory:
    """What an update of the links has read and the next one will want again, as it stands in the index now.

    ``keys`` are all keys, if the index was seen empty; ``lists`` what stands under some of them, ``accounts`` what some
    ids stand for. Whoever writes forgets lists and accounts first, and keeps them anew once all is written.
    """

    def __init__(self, keys: KeyFilter | None = None) -> None:
        self.keys = keys
        self.forget()

    def forget(self) -> None:
        """Forget lists and accounts."""
        self.lists: Mapping[str, tuple[str, ...]] = {}
        self.accounts: Mapping[str, object] = {}

    def keep(self, lists: Mapping[str, tuple[str, ...]], accounts: Mapping[str, object]) -> None:
        """Remember these, or as many as there is room for."""
        self.lists = lists if sum(map(len, lists.values())) + len(lists) <= MOST_LISTED else {}
        self.accounts = dict(islice(accounts.items(), MOST_ACCOUNTS))

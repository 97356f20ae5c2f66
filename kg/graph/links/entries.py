"""Entries of the index: what an account is compared by, as JSON, and the keys under which it is found."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.graph.iris import graph_iri
from kg.graph.ontology import DKG
from kg.resolve.accounts import Account, DocumentAccount, EventAccount

ENTRY = "entry/"
ENCODER = msgspec.json.Encoder(order="deterministic")
EVENTS = msgspec.json.Decoder(tuple[EventAccount, bool])
DOCUMENTS = msgspec.json.Decoder(tuple[DocumentAccount, bool])


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of an account: ``text`` is the account as JSON, ``lines`` what the store keeps of it as N-Quads."""

    id: str
    article: str
    keys: frozenset[str]
    text: str
    lines: str

    @property
    def values(self) -> frozenset[str]:
        """The values of its quads, but for the base of the article's IRI."""
        return self.keys | {self.text, self.article}


def make_entry(account: Account, keys: frozenset[str], base: str, *, renamed: bool = False) -> Entry:
    """The entry of an account; ``renamed`` where it names somebody by another id than what stands for it."""
    text, article = ENCODER.encode((account, renamed)).decode(), account.source.article
    start, end = f"<{base}{ENTRY}{account.id}> ", f" {graph_iri(base, 'index')} .\n"
    said = (
        f"{DKG.indexedFrom} {NamedNode(base + article)}",
        f"{DKG.indexAccount} {Literal(text)}",
        *(f"{DKG.indexKey} {Literal(key)}" for key in sorted(keys)),
    )
    return Entry(account.id, article, keys, text, "".join(f"{start}{words}{end}" for words in said))


def read_account(id_: str, text: str) -> tuple[Account, bool]:
    """The account of an entry, and whether it was renamed. Raises StoreError where the text is no account."""
    try:
        return (EVENTS if id_.startswith("event/") else DOCUMENTS).decode(text)
    except msgspec.MsgspecError as error:
        raise StoreError(f"the index is damaged ({id_}: {error}); kg link --rebuild makes it anew") from error

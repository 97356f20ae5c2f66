"""IRIs of resources: the base and an id, made safe; and ids that are hashes of what identifies a thing.

Any string is a legal id. What an IRI cannot carry is percent-encoded, other letters stay readable
("person/садыр"); "%" itself is encoded too, so two different ids never meet in one IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.errors import DataError

PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\Z")
ASCII_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
EMPTY = "~"  # never produced by encoding, so that an empty segment stays distinct and visible
BOOKKEEPING = ("store", "index", "runs")  # graphs that hold nothing of what articles or tables say
BARRED = range(0xE0000, 0xE1000)  # variation selectors among them; no ucschar of RFC 3987
DIGITS = 20  # 80 bits: a collision is not to be expected below a trillion things


def resource_iri(base: str, id_: str) -> NamedNode:
    """The resource ``id_`` ("person/sadyr-japarov"); slashes in it separate segments."""
    if PLAIN.match(id_):
        return make_node(base + id_)
    return make_node(base + "/".join(encode_segment(part) for part in id_.split("/")))


def article_iri(base: str, article_id: str) -> NamedNode:
    """An article, which is also the name of its graph; slashes in its id are encoded."""
    return make_node(f"{base}article/{encode_segment(article_id)}")


def graph_iri(base: str, name: str) -> NamedNode:
    """A graph that belongs to no article: "reference", "ontology", "links", "store", "index", "runs"."""
    return make_node(f"{base}graph/{encode_segment(name)}")


def hash_iri(base: str, kind: str, *parts: str) -> NamedNode:
    """A thing identified by ``parts``, in this order: "event/7f3a…"."""
    return make_node(f"{base}{kind}/{hash_parts(*parts)}")


def hash_parts(*parts: str) -> str:
    """A short hex digest; the parts' lengths count, so ("ab", "c") differs from ("a", "bc")."""
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def encode_segment(segment: str) -> str:
    """One path segment in NFC, with all that an IRI cannot carry percent-encoded."""
    encoded = "".join(encode_character(char) for char in unicodedata.normalize("NFC", segment))
    body = encoded.rstrip(".")  # a dot at the end would be a relative path, or end a sentence of Turtle
    return body + "%2E" * (len(encoded) - len(body)) or EMPTY


@lru_cache(maxsize=4096)
def encode_character(char: str) -> str:
    """A character as it may stand in a segment; of those beyond ASCII, letters, marks and digits stay."""
    kind = unicodedata.category(char)
    if char in ASCII_SAFE or (char > "\x7f" and (kind[0] in "LN" or kind in ("Mn", "Mc")) and ord(char) not in BARRED):
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def make_node(iri: str) -> NamedNode:
    """The node of an IRI. Raises DataError where the base is not an absolute IRI."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise DataError(
            f"{iri!r} is not a valid IRI: {error}; the base must be absolute, as https://example.org/id/"
        ) from error

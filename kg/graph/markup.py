"""What XML cannot carry, and how RDF/XML gets by without it."""

from __future__ import annotations

import re
from typing import IO, BinaryIO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ReturnWriter:
    """Escapes carriage returns, which the serializer leaves bare and which XML parsers turn into line feeds."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def write(self, data: bytes) -> int:
        self.out.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self.out.flush()


def wrap_xml(out: BinaryIO) -> IO[bytes]:
    """The stream, as a serializer of XML should see it."""
    return cast("IO[bytes]", ReturnWriter(out))


def clean_triple(triple: Triple) -> Triple:
    """The triple with U+FFFD for the characters that no XML document may hold, not even escaped."""
    value: NamedNode | BlankNode | Literal | Triple = triple.object
    if not isinstance(value, Literal) or not NOT_XML.search(value.value):
        return triple
    text = NOT_XML.sub("�", value.value)
    clean = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
    return Triple(triple.subject, triple.predicate, clean)

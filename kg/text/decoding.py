"""Bytes to text: UTF-8 or a clear error that names the place and the likely encoding."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

GUESSES = ("windows-1251", "koi8-r", "cp866", "iso-8859-5")
SAMPLE = 4096
COMMON = re.compile("[оеаинтсрвлк]")
NEWLINES = re.compile("\r\n?")


def decode_text(raw: bytes, where: str) -> str:
    """``raw`` as text: the byte order mark dropped, CRLF and CR made LF, all else kept to the letter.

    Offsets count in what this returns. Raises ReadError for bytes that are not UTF-8 text.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if raw.startswith(codecs.BOM_UTF8) else 0)
        line = raw.count(b"\n", 0, start) + 1
        place = f"byte {start}" + (f", line {line}" if line > 1 else "")
        raise ReadError(where, f"not UTF-8 at {place}{format_guess(raw, start)}") from None
    if "\0" in text:
        guess = format_guess(raw, raw.find(b"\0"))
        raise ReadError(where, f"not text: a NUL at byte {raw.find(0)}{guess}")
    return NEWLINES.sub("\n", text)


def format_guess(raw: bytes, start: int) -> str:
    """The end of an error message: what the encoding seems to be, and how to convert it."""
    guess = find_encoding(raw, start)
    return f"; it looks like {guess} (convert it with: iconv -f {guess} -t utf-8)" if guess else ""


def find_encoding(raw: bytes, start: int = 0) -> str | None:
    """The encoding that makes the most sense of the bytes around ``start``, or None."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = raw[max(0, start - SAMPLE) : start + SAMPLE]
    if sample.count(0) * 4 > len(sample):
        return "utf-16le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16be"
    best = max(GUESSES, key=lambda name: count_common(sample, name))
    high = sum(byte > 127 for byte in sample)
    return best if count_common(sample, best) * 3 > high else None


def count_common(sample: bytes, encoding: str) -> int:
    """How many of the commonest Russian letters, lower case, the sample has in ``encoding``."""
    return len(COMMON.findall(sample.decode(encoding, errors="ignore")))

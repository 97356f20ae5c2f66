"""Bytes to text: by the mark, by what was declared, as UTF-8, as what makes Russian of it, or a clear error."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError
from kg.sources.streams import WIDE_MARKS

GUESSES = ("windows-1251", "koi8-r", "cp866", "iso-8859-5")
NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape"})  # of names and of code, not texts
UNICODE = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-32", "ascii"})
SAMPLE = 4096
LONG_SAMPLE = 2**17
COMMON = re.compile("[оеаинтсрвлк]")
LETTERS = re.compile("[а-яёА-ЯЁ]")
ODD = re.compile("[^\x00-\x7fа-яёА-ЯЁіїєґІЇЄҐ«»„“”‘’–—…№§°\u00a0\u00ad]|(?<=[а-яё])[А-ЯЁ]")
NEWLINES = re.compile("\r\n?")
LEAST = 12  # letters; from fewer nothing is concluded
LEAST_COMMON = 0.5  # share of the letters; 0.61 to 0.67 in Russian, under 0.3 in any wrong reading of it
MOST_ODD = 0.03


def decode_text(raw: bytes, where: str, declared: str | None = None) -> str:
    """``raw`` as text: the byte order mark dropped, CRLF and CR made LF, all else kept to the letter.

    Offsets count in what this returns. A wrong guess is worse than an error: bytes that are neither what was
    ``declared`` nor UTF-8 are read as Russian in one of GUESSES only if that one alone makes sense of them.
    Raises ReadError for all others.
    """
    encoding = choose_encoding(raw, declared)
    try:
        text = raw.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(where, describe_fault(raw, error)) from None
    if "\0" in text:
        guess = format_guess(raw, raw.find(b"\0"))
        raise ReadError(where, f"not text: a NUL at byte {raw.find(0)}{guess}")
    return NEWLINES.sub("\n", text)


def choose_encoding(raw: bytes, declared: str | None = None) -> str | None:
    """The encoding of a text or of its beginning; None where none is sure."""
    marked = next((name for mark, name in WIDE_MARKS.items() if raw.startswith(mark)), None)
    if marked or raw.startswith(codecs.BOM_UTF8):
        return marked or "utf-8-sig"
    named = find_codec(declared)
    if named and named not in UNICODE and fits(raw, named) and not fits(raw, "utf-8"):
        return named
    return "utf-8-sig" if fits(raw, "utf-8") else find_sure(raw)


def find_codec(name: str | None) -> str | None:
    """The name by which Python knows a text encoding; None for what it does not know."""
    try:
        codec = codecs.lookup((name or "").strip("\"' "))
    except (LookupError, ValueError):
        return None
    return codec.name if getattr(codec, "_is_text_encoding", True) and codec.name not in NO_CHARSETS else None


def fits(raw: bytes, encoding: str) -> bool:
    """Whether the bytes can be read so; a letter cut off at their end does not matter."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(raw)
    except (UnicodeError, LookupError):
        return False
    return True


def find_sure(raw: bytes) -> str | None:
    """The one encoding that makes Russian of the bytes; None where none does, or several do."""
    high = bytes(byte for byte in raw[:LONG_SAMPLE] if byte > 127)
    if len(high) < LEAST:
        return None
    able = [name for name in GUESSES if makes_sense(raw[:LONG_SAMPLE].decode(name, errors="replace"))]
    return able[0] if len(able) == 1 and fits(raw, able[0]) else None


def makes_sense(text: str) -> bool:
    """Whether a text looks like Russian: common letters, small ones inside of words, no odd characters."""
    letters = len(LETTERS.findall(text))
    common, odd = len(COMMON.findall(text)), len(ODD.findall(text))
    return letters >= LEAST and common >= LEAST_COMMON * letters and odd <= MOST_ODD * letters


def describe_fault(raw: bytes, error: UnicodeDecodeError) -> str:
    """Where the bytes stop being what they should be, and what they seem to be."""
    start = error.start + (3 if raw.startswith(codecs.BOM_UTF8) else 0)
    line = raw.count(b"\n", 0, start) + 1
    place = f"byte {start}" + (f", line {line}" if line > 1 else "")
    name = "UTF-8" if error.encoding == "utf-8" else error.encoding
    return f"not {name} at {place}{format_guess(raw, start)}"


def format_guess(raw: bytes, start: int) -> str:
    """The end of an error message: what the encoding seems to be, and how to convert it."""
    guess = find_encoding(raw, start)
    return f"; it looks like {guess} (convert it with: iconv -f {guess} -t utf-8)" if guess else ""


def find_encoding(raw: bytes, start: int = 0) -> str | None:
    """The encoding that makes the most sense of the bytes around ``start``, or None."""
    sample = raw[max(0, start - SAMPLE) : start + SAMPLE]
    if sample.count(0) * 4 > len(sample):
        return "utf-16le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16be"
    best = max(GUESSES, key=lambda name: count_common(sample, name))
    high = sum(byte > 127 for byte in sample)
    if count_common(sample, "utf-8") * 6 > high:
        return None  # two bytes a letter: it is UTF-8 but for some bytes
    return best if count_common(sample, best) * 3 > high else None


def count_common(sample: bytes, encoding: str) -> int:
    """How many of the commonest Russian letters, lower case, the sample has in ``encoding``."""
    return len(COMMON.findall(sample.decode(encoding, errors="ignore")))

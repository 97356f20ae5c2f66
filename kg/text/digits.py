"""Days and years in digits, as a language writes them: «5-го», «2025-го»."""

from __future__ import annotations

import re

from kg.text.language import Language

ENDINGS = ("ofday", "ofyear", "bareday", "freeday")


class Digits:
    """How a language writes days and years in digits; of days without a month a ``free`` one needs no word before it
    that tells a date.
    """

    def __init__(self, language: Language) -> None:
        endings = {name: "|".join(sorted(language.words[f"dates.{name}"])) for name in ENDINGS}
        self.day = re.compile(rf"([0-9]{{1,2}})(?:-?(?:{endings['ofday']}))?\Z")
        self.year = re.compile(rf"((?:1[89]|20)[0-9]{{2}})(?:-?(?:{endings['ofyear']}))?\Z")
        self.bare = re.compile(rf"([0-9]{{1,2}})-(?:{endings['bareday']})\Z")
        self.free = re.compile(rf"[0-9]{{1,2}}-(?:{endings['freeday']})\Z")

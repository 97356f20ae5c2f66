"""Readable ASCII slugs of names, for ids of what no table knows."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.records import Article

# fmt: off
LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}
# fmt: on
LONGEST = 60


def make_slug(text: str) -> str:
    """Lower-case ASCII with hyphens; what has no ASCII at all, or is too long, gets a hash."""
    latin = "".join(LETTERS.get(c, c) for c in text.lower())
    ascii_text = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    if not slug:
        return f"x-{digest}"
    return slug if len(slug) <= LONGEST else f"{slug[:LONGEST].rstrip('-')}-{digest}"


def make_local_slug(text: str, article: Article | None) -> str:
    """The slug of a name that means something else in another article: a bare surname, «президентский дворец»."""
    return f"{make_slug(text)}-{make_slug(article.id) if article is not None else 'unknown'}"

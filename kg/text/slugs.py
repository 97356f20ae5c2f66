"""Readable ASCII slugs of names, for ids of what no table knows."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)
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

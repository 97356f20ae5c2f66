"""What readers overlook in words."""

from __future__ import annotations


def fold(text: str) -> str:
    """In lower case, with ё as е."""
    return text.casefold().replace("ё", "е")

"""Where articles are read was moved to kg.sources; this name of it stays for those who import it from here."""

from kg.sources.reading import LIMIT, Read, read_articles

__all__ = ["LIMIT", "Read", "read_articles"]

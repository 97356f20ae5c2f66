"""Articles of files, folders, archives and standard input: the one way in.

Every failure is a value in the stream, never an exception, so that one bad article stops nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import Duplicate, KgError, ReadError
from kg.records import Article
from kg.sources.cleaning import clean_article
from kg.sources.duplicates import Likenesses
from kg.sources.fields import is_made
from kg.sources.files import read_path
from kg.sources.languages import find_language
from kg.sources.source import LIMIT, Read, ReadSettings

__all__ = ["LIMIT", "Read", "ReadSettings", "read_articles"]

AS_USUAL = ReadSettings()


def read_articles(paths: Iterable[str | Path], limit: int = LIMIT, settings: ReadSettings = AS_USUAL) -> Iterator[Read]:
    """The articles of files and folders (recursive, sorted); "-" is standard input.

    What cannot be read comes as a ReadError in its place, what says the same as an article before it as a Duplicate,
    and how many files of other kinds lie in a folder as OtherFiles.
    ``limit`` is in bytes, for the most that is held at once: a file, a line of a .jsonl file, a page of an archive.
    An id that comes twice is an error. The text is the cleaned one, which all offsets count in; ``lang`` is what the
    text is in, as far as that is plain, else what was stated.
    """
    sieve = Sieve(settings)
    for path in paths:
        for where, read in read_path(path, limit, settings):
            yield read if isinstance(read, KgError) else sieve.sift(read, where)


class Sieve:
    """What happens to each article, and what is remembered of those before it: for each a hash of its id and of its
    text (about 250 bytes), and a window of the last ones for likenesses (see ``duplicates``)."""

    def __init__(self, settings: ReadSettings) -> None:
        self.settings = settings
        self.ids: set[int] = set()
        self.likenesses = Likenesses() if settings.unique else None

    def sift(self, article: Article, where: str) -> Read:
        """The article as it is to be analysed, or why it is not."""
        key = hash(unicodedata.normalize("NFC", article.id))  # as IRIs are
        if key in self.ids:
            return reject_repeated(article, where, self.settings.unique)
        self.ids.add(key)
        cleaned = clean_article(article) if self.settings.clean else article
        if not cleaned.content.strip():
            return ReadError(where, "nothing is left of the article when buttons, captions and links are taken off")
        found = self.likenesses.find(cleaned) if self.likenesses else None
        if found:
            return Duplicate(where, article.id, found.of, found.likeness, article.url)
        return replace(cleaned, lang=find_language(cleaned), where=where)


def reject_repeated(article: Article, where: str, unique: bool) -> ReadError | Duplicate:
    """What to say of an id that came before: an id that is made of the content tells that this came before."""
    if unique and is_made(article):
        return Duplicate(where, article.id, article.id, 1.0, article.url)
    return ReadError(where, f"the id {article.id!r} was read before in this run; the first article stays")

"""The errors that users meet, as one tree.

KgError
  ├── ReadError        one article could not be read: it is counted, the run goes on
  ├── AnalysisError    one article could not be analysed: it is counted, the run goes on
  │     └── TooLongError     it is no article but a book
  ├── Skipped          something is left out on purpose: it is counted apart, and is no failure
  │     ├── Duplicate        it says what another one says
  │     ├── OtherLanguage    no pipeline knows its language
  │     └── OtherFiles       files in a folder are of kinds that no article is read from
  ├── FetchError       one address could not be fetched: it is counted, the run goes on
  ├── DataError        a table, taxonomy or model that the project lives by is broken: the run stops
  ├── StoreError       the store cannot be opened, locked or written: the run stops
  ├── QueryError       a query is unknown, malformed or lacks a parameter
  └── EmptyError       nothing fits what was asked for: nothing is written
"""

from __future__ import annotations

LISTED = 5  # suffixes in a message


class KgError(Exception):
    """Anything that went wrong in a way the user can understand; the message says what and where."""


class ReadError(KgError):
    """An article could not be read. ``where`` is the file, with the line where one is known."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class AnalysisError(KgError):
    """An article was read but its analysis failed."""


class TooLongError(AnalysisError):
    """The article called ``name`` has more characters than one is read of."""

    def __init__(self, name: str, length: int, most: int) -> None:
        super().__init__(f"{name}: {length:,} characters are too long for one article (the most is {most:,})")
        self.name, self.length, self.most = name, length, most

    def __reduce__(self) -> tuple[type[TooLongError], tuple[str, int, int]]:
        return TooLongError, (self.name, self.length, self.most)


class Skipped(KgError):  # noqa: N818 - it is no error, but goes the way of those
    """What is not read on purpose: an article that says nothing new or cannot be understood, files of other kinds."""


class Duplicate(Skipped):
    """The article ``id`` at ``where`` says what the article ``of``, read before in this run, says.

    ``likeness`` is the share of what their words have in common (0 to 1); ``url`` is the address of the one left out.
    """

    def __init__(self, where: str, id: str, of: str, likeness: float, url: str | None = None) -> None:
        super().__init__(f"{where}: the article {of!r} says the same, and was read before")
        self.where, self.id, self.of, self.likeness, self.url = where, id, of, likeness, url

    def __reduce__(self) -> tuple[type[Duplicate], tuple[str, str, str, float, str | None]]:
        return Duplicate, (self.where, self.id, self.of, self.likeness, self.url)


class OtherFiles(Skipped):
    """Files below the folder ``where`` are of kinds that no article is read from: how many of each suffix."""

    def __init__(self, where: str, suffixes: dict[str, int]) -> None:
        self.where, self.suffixes, self.number = where, suffixes, sum(suffixes.values())
        listed = ", ".join(f"{suffix or 'no suffix'}: {number:,}" for suffix, number in list(suffixes.items())[:LISTED])
        more = ", …" if len(suffixes) > LISTED else ""
        super().__init__(f"{where}: not read, as no article files: {self.number:,} ({listed}{more})")

    def __reduce__(self) -> tuple[type[OtherFiles], tuple[str, dict[str, int]]]:
        return OtherFiles, (self.where, self.suffixes)


class OtherLanguage(Skipped):
    """The article called ``name`` is in the language ``lang``, which has no pipeline."""

    def __init__(self, name: str, lang: str, known: str) -> None:
        super().__init__(f"{name}: its language is {lang!r}, only {known!r} is known")
        self.name, self.lang, self.known = name, lang, known

    def __reduce__(self) -> tuple[type[OtherLanguage], tuple[str, str, str]]:
        return OtherLanguage, (self.name, self.lang, self.known)


class FetchError(KgError):
    """An address could not be fetched. ``url`` is the one that was asked for first."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url}: {what}")
        self.url = url
        self.what = what


class DataError(KgError):
    """A table, taxonomy, ontology or model file is missing or broken."""


class StoreError(KgError):
    """The store could not be opened, locked, read or written."""


class QueryError(KgError):
    """A saved query is unknown, a query does not parse, or a parameter is missing or malformed."""


class EmptyError(KgError):
    """Nothing fits what was asked for, so that there is nothing to write."""

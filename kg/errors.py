"""The errors that users meet, as one tree.

KgError
  ├── ReadError        one article could not be read: it is counted, the run goes on
  ├── AnalysisError    one article could not be analysed: it is counted, the run goes on
  ├── DataError        a table, taxonomy or model that the project lives by is broken: the run stops
  ├── StoreError       the store cannot be opened, locked or written: the run stops
  ├── QueryError       a query is unknown, malformed or lacks a parameter
  └── EmptyError       nothing fits what was asked for: nothing is written
"""

from __future__ import annotations


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


class DataError(KgError):
    """A table, taxonomy, ontology or model file is missing or broken."""


class StoreError(KgError):
    """The store could not be opened, locked, read or written."""


class QueryError(KgError):
    """A saved query is unknown, a query does not parse, or a parameter is missing or malformed."""


class EmptyError(KgError):
    """Nothing fits what was asked for, so that there is nothing to write."""

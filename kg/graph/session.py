"""A store for those who work in Python: rdflib, networkx, pandas and named tuples over one object."""

from __future__ import annotations

import datetime
from collections import namedtuple
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx  # type: ignore[import-untyped]
from pyoxigraph import Literal, NamedNode

from kg.config import store_path
from kg.errors import KgError
from kg.graph.closing import Closing
from kg.graph.http import Credentials
from kg.graph.namespaces import XSD
from kg.graph.network import make_network
from kg.graph.plain import make_plain
from kg.graph.queries import run_query
from kg.graph.remote import open_remote
from kg.graph.results import Cell, Table
from kg.graph.store import Store, open_store

if TYPE_CHECKING:
    import pandas
    from rdflib import Dataset

EVERYTHING = {"since": "0001-01-01", "until": "9999-12-31"}


class Session(Closing):
    """An open store; a context manager that closes it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def dataset(self) -> Dataset:
        """The store as an rdflib Dataset, for reading."""
        return self.store.dataset

    def query(self, text: str, **bindings: object) -> list[Any]:
        """The rows of a saved query, a .rq file or a text, as named tuples.

        ``bindings`` are its parameters, as ``kg query --set`` takes them: ``person="Путин"``. IRIs come as strings,
        numbers, dates and truth values as Python's own, what is unbound as None. Raises QueryError.
        """
        table = self._run(text, bindings)
        row = namedtuple("Row", table.columns, rename=True)  # type: ignore[misc]
        return [row(*map(make_value, cells)) for cells in table.rows]

    def to_networkx(self) -> nx.MultiDiGraph:
        """Events, documents and what they name, as a networkx.MultiDiGraph.

        Attributes are texts and numbers (see kg.graph.plain), so that nx.write_graphml and the like take it.
        """
        return make_plain(make_network(self.store))

    def to_pandas(self, text: str = "events-in-period", **bindings: object) -> pandas.DataFrame:
        """The rows of a query as a DataFrame; if none is given, all events whose year is known.

        Needs pandas: pip install 'diplomatic-kg[pandas]'. Raises KgError without it.
        """
        try:
            import pandas
        except ImportError as error:
            raise KgError("to_pandas needs pandas: pip install 'diplomatic-kg[pandas]'") from error
        table = self._run(text, bindings or (EVERYTHING if text == "events-in-period" else {}))
        return pandas.DataFrame([list(map(make_value, row)) for row in table.rows], columns=list(table.columns))

    def _run(self, text: str, bindings: Mapping[str, object]) -> Table:
        return run_query(self.store, text, {name: str(value) for name, value in bindings.items()})

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def open_session(
    where: str | Path | None = None, *, base: str | None = None, credentials: tuple[str, str] | None = None
) -> Session:
    """The store in a folder, or behind the address of a SPARQL endpoint, for reading. Raises StoreError.

    ``base`` is that of the resources, the store's own if left out; ``credentials`` are a name and a password, for an
    endpoint that asks for them.
    """
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        return Session(open_remote(where, base, Credentials(*credentials) if credentials else None))
    return Session(open_store(store_path(str(where) if where else None), read_only=True, base=base))


def make_value(cell: Cell) -> object:
    """A term as Python's own value where it has one, else its text."""
    if cell is None or isinstance(cell, NamedNode):
        return cell and cell.value
    if not isinstance(cell, Literal):
        return str(cell)
    try:
        return VALUES.get(cell.datatype.value, str)(cell.value)
    except ValueError:  # ill-typed, or a year that Python does not count
        return cell.value


VALUES: dict[str, Callable[[str], object]] = {
    XSD.integer.value: int,
    XSD.decimal.value: float,
    XSD.double.value: float,
    XSD.float.value: float,
    XSD.boolean.value: lambda text: text in ("true", "1"),
    XSD.date.value: datetime.date.fromisoformat,
    XSD.dateTime.value: datetime.datetime.fromisoformat,
}

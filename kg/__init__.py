"""Diplomatic KG: turns diplomatic news into a knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

    from kg.graph.session import Session

__version__ = "0.1.0"
__all__ = ["__version__", "load", "open_store"]


def load(lang: str = "ru", *, exclude: Sequence[str] = (), least: float | None = None) -> Language:
    """The pipeline of a language, an ordinary ``spacy.Language``.

    ``exclude`` leaves out components by name, ``least`` the events that are less sure, 0 to 1 (the event_finder
    says how sure they must be otherwise). Raises AnalysisError for a language that has no pipeline.
    """
    from kg.text.pipeline import load as load_pipeline  # here, so that ``import kg`` stays light

    return load_pipeline(lang, exclude=exclude, least=least)


def open_store(
    where: str | Path | None = None, *, base: str | None = None, credentials: tuple[str, str] | None = None
) -> Session:
    """The store in a folder, or behind the address of a SPARQL endpoint, for reading.

    Its ``dataset`` is rdflib's, ``query(text, **bindings)`` gives named tuples, ``to_networkx()`` the network and
    ``to_pandas()`` a DataFrame. Without a place it is KG_STORE or ./kg-store. ``base`` is that of the resources, the
    store's own if left out; ``credentials`` are a name and a password, where an endpoint wants them. Raises StoreError.
    """
    from kg.graph.session import open_session

    return open_session(where, base=base, credentials=credentials)

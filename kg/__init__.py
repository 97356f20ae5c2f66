"""Diplomatic KG: turns diplomatic news into a knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(lang: str = "ru", *, exclude: Sequence[str] = (), least: float | None = None) -> Language:
    """The pipeline of a language, an ordinary ``spacy.Language``.

    ``exclude`` leaves out components by name, ``least`` the events that are less sure, 0 to 1 (the event_finder
    says how sure they must be otherwise). Raises AnalysisError for a language that has no pipeline.
    """
    from kg.text.pipeline import load as load_pipeline  # here, so that ``import kg`` stays light

    return load_pipeline(lang, exclude=exclude, least=least)

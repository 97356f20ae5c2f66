"""The curated tables as the text components share them, once a process."""

from __future__ import annotations

from functools import cache

from kg.knowledge.bodies import Bodies
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.tables import load_tables


@cache
def load_gazetteer() -> Gazetteer:
    """Names and tenures of data/gazetteer."""
    return Gazetteer(load_tables())


@cache
def load_bodies() -> Bodies:
    """The national bodies of the tables."""
    return Bodies(load_gazetteer())

"""The tables as the text components share them, once a process and version of the user's own."""

from __future__ import annotations

from functools import lru_cache

from kg.knowledge.bodies import Bodies
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.own import load_reference_tables, own_version

KEPT = 2  # versions of the user's tables that stay in memory


def load_gazetteer() -> Gazetteer:
    """Names and tenures of data/gazetteer and of the user's tables. Raises DataError where these are broken."""
    return make_gazetteer(own_version())


@lru_cache(KEPT)
def make_gazetteer(version: str) -> Gazetteer:
    """The gazetteer of one version of the user's tables."""
    return Gazetteer(load_reference_tables())


@lru_cache(KEPT)
def make_bodies(gazetteer: Gazetteer) -> Bodies:
    """The national bodies of a gazetteer."""
    return Bodies(gazetteer)

"""Tables and models as the text components share them, once a process and version of the user's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kg.config import data_path
from kg.knowledge.bodies import Bodies
from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.own import load_reference_tables, own_version
from kg.train.linear import LinearModel, load_models

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


@cache
def load_own_models(lang: str) -> Mapping[str, LinearModel]:
    """The project's models of a language. Raises DataError where they are missing or broken."""
    return load_models(data_path("models", f"{lang}.json.gz"))

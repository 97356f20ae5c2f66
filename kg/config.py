"""Where things lie and what the settings are: the only module that knows either."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from kg.errors import DataError

NAMESPACE = "https://w3id.org/dkg/ns#"
DEFAULT_BASE = "https://w3id.org/dkg/id/"
DEFAULT_STORE = "kg-store"
DEFAULT_REFERENCE = "kg-reference"


def find_folder(name: str) -> Path:
    """The packaged folder ``name`` ("data" or "queries"), in a wheel or in a source tree."""
    package = Path(__file__).resolve().parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise DataError(f"the folder {name}/ of the package is missing beside {package}; reinstall diplomatic-kg")


def data_path(*parts: str) -> Path:
    """A file or folder below data/."""
    return find_folder("data").joinpath(*parts)


def queries_path() -> Path:
    """The folder of saved queries."""
    return find_folder("queries")


def natasha_path(*parts: str) -> Path:
    """A model file inside the natasha wheel, which is never imported."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise DataError("the package natasha, which carries the Russian models, is not installed")
    path = Path(spec.submodule_search_locations[0]).joinpath("data", *parts)
    if not path.exists():
        raise DataError(f"the natasha package lacks {'/'.join(parts)}; version 1.6.0 or newer has it")
    return path


def store_path(given: str | None = None) -> Path:
    """The store's folder: what was given, else KG_STORE, else ./kg-store."""
    return Path(given or os.environ.get("KG_STORE") or DEFAULT_STORE)


def decisions_path(store: Path, given: Path | None = None) -> Path | None:
    """The file of decisions: what was given, else that beside the store; None where there is none."""
    beside = store.resolve().with_name(f"{store.resolve().name}-decisions.csv")
    return given or (beside if beside.is_file() else None)


def base_iri(given: str | None = None) -> str:
    """The base of resource IRIs: what was given, else KG_BASE, else the default; ends in / or #."""
    base = given or os.environ.get("KG_BASE") or DEFAULT_BASE
    return base if base.endswith(("/", "#")) else base + "/"


def reference_path() -> Path:
    """The folder of the user's own tables, which need not exist: KG_REFERENCE, else ./kg-reference."""
    return Path(os.environ.get("KG_REFERENCE") or DEFAULT_REFERENCE)


def use_reference(folder: Path) -> None:
    """Set the folder of the user's own tables for this process and those that it starts."""
    os.environ["KG_REFERENCE"] = str(folder)

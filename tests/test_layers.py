"""The architecture, read from the source: imports run downwards, and text and graph never meet below ingest."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from kg.cli import app

PACKAGE = Path(__file__).parent.parent / "kg"

# From the top to the ground; a module may import from its own layer and from those below.
LAYERS = (
    ("kg.__main__",),
    ("kg.cli", "kg.bench"),
    ("kg.bulk", "kg.serve", "kg.corpora"),
    ("kg.ingest",),
    ("kg.training", "kg.fetch"),
    ("kg.text", "kg.graph"),
    ("kg.sources", "kg.knowledge", "kg.resolve"),
    ("kg.train", "kg.evaluate"),
    ("kg.records", "kg.config", "kg.errors", "kg.folding"),
)
APART = frozenset({"kg.text", "kg.graph"})
ALLOWED = {  # the package's own front door, which imports only when it is called
    ("kg", "kg.text.pipeline"),
    ("kg", "kg.graph.session"),
}
FOREIGN = {  # who may know these libraries
    "spacy": {"kg", "kg.text", "kg.ingest", "kg.training", "kg.cli", "kg.bench", "kg.bulk", "kg.corpora"},
    "pyoxigraph": {"kg.graph", "kg.ingest", "kg.serve", "kg.bulk"},
    "rdflib": {"kg.graph", "kg.serve", "kg.bulk"},
    "starlette": {"kg.serve"},
    "uvicorn": {"kg.serve"},
    "typer": {"kg.cli"},
    "trafilatura": {"kg.sources"},
    "feedparser": {"kg.sources"},
    "lxml": {"kg.sources"},
    "httpcore": {"kg.fetch"},
    "warcio": {"kg.fetch"},
    "natasha": {"kg.bench"},
    "matplotlib": {"kg.graph"},
    "scipy": {"kg.train"},
    "sklearn": {"kg.train"},
}
LIMIT = 300


def list_modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def find_unit(module: str) -> str:
    """The part of the package that a module belongs to: "kg.text" for "kg.text.readers"."""
    return ".".join(module.split(".")[:2])


def find_level(unit: str) -> int:
    levels = [level for level, units in enumerate(LAYERS) if unit in units]
    assert levels, f"{unit} stands in no layer"
    return levels[0]


MODULES = dict(list_modules())


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downwards(module: str) -> None:
    own = find_unit(module)
    for imported in list_imports(MODULES[module]):
        if not imported.startswith("kg.") or (module, imported) in ALLOWED:
            continue
        other = find_unit(imported)
        assert module != "kg", f"the package's front door imports {imported}"
        assert find_level(own) <= find_level(other), f"{module} imports {imported}, which is above it"
        assert {own, other} != APART, f"{module} imports {imported}: text and graph meet only in kg.ingest"


@pytest.mark.parametrize("module", MODULES)
def test_libraries_stay_in_their_parts(module: str) -> None:
    for imported in list_imports(MODULES[module]):
        allowed = FOREIGN.get(imported.split(".")[0])
        assert allowed is None or find_unit(module) in allowed, f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_small(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LIMIT, f"{module} has {lines} lines"


def list_commands(app: typer.Typer) -> Iterator[Callable[..., object]]:
    """The functions behind the commands, wherever they stand."""
    yield from (command.callback for command in app.registered_commands if command.callback)
    for group in app.registered_groups:
        yield from list_commands(group.typer_instance)


@pytest.mark.parametrize("command", list(list_commands(app)), ids=lambda command: command.__name__)
def test_commands_outside_of_their_modules_are_thin(command: Callable[..., object]) -> None:
    for node in ast.walk(ast.parse(inspect.getsource(command))):
        assert not isinstance(node, ast.For | ast.While), f"{command.__module__}.{command.__name__} has a loop"


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("kg.cli.commands")])
def test_commands_are_thin(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.For | ast.While), f"{module} line {node.lineno}: a loop in a command"

"""The commands that take care of a store: checking, backing up, restoring, compacting, loading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.failures import FAILED
from kg.cli.options import BaseOption, DecisionsOption, JsonOption, ReferenceOption, StoreOption
from kg.config import store_path

app = typer.Typer()

ReplaceOption = Annotated[bool, typer.Option("--replace", help="Put it in the place of the store that is there.")]


@app.command(epilog="Example: kg check --store kg-store")
def check(
    shapes: Annotated[
        bool | None, typer.Option("--shapes/--no-shapes", help="With data/shapes.ttl.  [default: if pyshacl is there]")
    ] = None,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Tell what is wrong in the store.

    Every quote must stand in its article's text, whatever is pointed to must be described, every graph must belong to
    an article and have the form that the shapes ask for.
    """
    from kg.cli.care import print_check
    from kg.graph.store import open_store

    with open_store(store_path(store), read_only=True) as source:
        raise typer.Exit(FAILED if print_check(source, shapes, json) else 0)


@app.command(epilog="Example: kg backup kg-2026-11.nq.gz")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="A new file (.nq, .nq.gz) or folder.")],
    store: StoreOption = None,
) -> None:
    """Write a backup of the store, with all its bookkeeping.

    A folder is made at once, of hard links where it lies on the same disk; a file can be read by any version.
    """
    from kg.cli.linking import open_built
    from kg.graph.backup import backup_store

    with open_built(store_path(store)) as source:
        backup_store(source, target)
    typer.echo(target)


@app.command(epilog="Example: kg restore kg-2026-11.nq.gz --store kg-store --replace")
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="What kg backup wrote.")],
    replace: ReplaceOption = False,
    store: StoreOption = None,
) -> None:
    """Make a store of a backup.

    The store that was there is there still if anything goes wrong.
    """
    from kg.cli.output import print_text
    from kg.graph.backup import restore_store

    quads = restore_store(source, store_path(store), replace=replace)
    print_text(f"{store_path(store)}: {quads:,} quads")


@app.command(epilog="Example: kg compact")
def compact(store: StoreOption = None) -> None:
    """Tidy up the store's files, for quicker queries."""
    from kg.cli.linking import open_built
    from kg.cli.output import print_text
    from kg.graph.backup import compact_store

    with open_built(store_path(store)) as target:
        before, after = compact_store(target)
    print_text(f"{store_path(store)}: {before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB after")


@app.command(epilog="Example: kg load quads/ --store kg-store")
def load(
    sources: Annotated[
        list[Path], typer.Argument(metavar="PATHS", help="Files of quads (.nq, .trig, also with .gz) or folders.")
    ],
    replace: ReplaceOption = False,
    base: BaseOption = None,
    reference: ReferenceOption = None,
    decisions: DecisionsOption = None,
    store: StoreOption = None,
) -> None:
    """Make a store of files of quads, as `kg bulk spark` writes them.

    In a new folder, which is put in place when it is whole. The curated facts and the links are made with it.
    """
    from kg.cli.care import print_loaded

    print_loaded(sources, store_path(store), base, replace, decisions)

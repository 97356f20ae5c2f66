"""Stores elsewhere: what ``kg query --endpoint`` asks, and what ``kg push`` does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.failures import FAILED
from kg.cli.options import StoreOption
from kg.cli.output import print_error, print_table, show_steps
from kg.config import store_path

if TYPE_CHECKING:
    from kg.graph.http import Credentials
    from kg.graph.push import Pushed
    from kg.graph.store import Store


class Way(StrEnum):
    """How an endpoint takes graphs."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


def open_source(store: str | None, endpoint: str | None) -> Store:
    """The store to ask: on disk, or behind an endpoint. Raises BadParameter if both are given."""
    from kg.graph.remote import open_remote
    from kg.graph.store import open_store

    if endpoint is None:
        return open_store(store_path(store), read_only=True)
    if store is not None and store != os.environ.get("KG_STORE"):
        raise typer.BadParameter("it cannot stand with --store", param_hint="--endpoint")
    return open_remote(endpoint, os.environ.get("KG_BASE"), read_credentials(None))


def read_credentials(user: str | None) -> Credentials | None:
    """The user with the password of KG_PASSWORD, which is no argument: arguments are seen by others."""
    from kg.graph.http import Credentials

    name = user or os.environ.get("KG_USER")
    return Credentials(name, os.environ.get("KG_PASSWORD", "")) if name else None


def push(
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="Where the other store takes graphs.")],
    protocol: Annotated[Way, typer.Option("--protocol", help="How it takes them.")] = Way.GRAPH_STORE,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", help="Who may write; the password stands in KG_PASSWORD.")
    ] = None,
    anew: Annotated[bool, typer.Option("--all", help="Send every graph, whatever was sent before.")] = False,
    store: StoreOption = None,
) -> None:
    """Load the store into another one over HTTP, graph by graph.

    What was sent before and is still the same is not sent again, so that a push that was cut short goes on.
    """
    from kg.graph.http import Client
    from kg.graph.push import Protocol, open_journal, push_store
    from kg.graph.store import open_store

    where = store_path(store)
    with open_store(where, read_only=True) as source, show_steps("sending", "graphs") as report:
        client = Client(endpoint, read_credentials(user))
        found = push_store(source, client, Protocol(protocol), open_journal(where, endpoint, anew))
        counts = count_outcomes(found, report)
    print_table((f"pushed to {endpoint}", "graphs"), sorted(counts.items()), numbers=1)
    raise typer.Exit(FAILED if counts["failed"] else 0)


def count_outcomes(found: Iterable[Pushed], report: Callable[[], None]) -> Counter[str]:
    """How many graphs ended how; what failed is printed as it comes."""
    counts: Counter[str] = Counter()
    for pushed in found:
        counts[pushed.outcome] += 1
        report()
        if pushed.error is not None:
            print_error(pushed.error)
    return counts

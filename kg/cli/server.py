"""What ``kg serve`` does: options to limits, and the address that is printed."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import MEGABYTE, StoreOption
from kg.cli.output import print_text
from kg.config import store_path


def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 takes any free one.")] = 8000,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long a query may take.")
    ] = 30.0,
    rows: Annotated[int, typer.Option("--rows", metavar="N", min=1, help="Rows or triples of an answer.")] = 1_000_000,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Queries at once.  [default: twice the cores, at least 4]"),
    ] = None,
    queue: Annotated[int, typer.Option("--queue", metavar="N", min=0, help="Queries that may wait.")] = 64,
    memory: Annotated[int, typer.Option("--memory", metavar="MB", min=128, help="Memory of a query.")] = 2048,
    request: Annotated[int, typer.Option("--limit", metavar="MB", min=1, help="The largest request.")] = 1,
    patience: Annotated[
        float, typer.Option("--patience", metavar="SECONDS", min=0.1, help="How long a client may take to ask.")
    ] = 20.0,
    cors: Annotated[
        str | None, typer.Option("--cors", metavar="ORIGIN", help="Whose web pages may read answers; * for all.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Log no requests.")] = False,
) -> None:
    """Serve the store over HTTP, for reading: SPARQL at /sparql.

    It follows what `kg build` writes meanwhile. Only this machine can reach it unless --host says otherwise.
    """
    from kg.serve.limits import Limits, count_workers
    from kg.serve.server import Settings
    from kg.serve.server import serve as run

    limits = Limits(
        seconds=timeout,
        patience=patience,
        rows=rows,
        request=request * MEGABYTE,
        memory=memory * MEGABYTE,
        workers=workers or count_workers(),
        queue=queue,
    )
    where = store_path(store)
    run(where, Settings(host, port, cors, not quiet), limits, lambda url: print_text(f"serving {where} at {url}"))

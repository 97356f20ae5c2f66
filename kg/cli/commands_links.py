"""The commands for what several articles tell of: making the links anew, and reviewing them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.failures import FAILED
from kg.cli.options import DecisionsOption, JsonOption, OutputOption, ReviewFormat, StoreOption, choose_review
from kg.config import store_path

app = typer.Typer()


@app.command(epilog="Example: kg link --rebuild")
def link(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Of all articles, not only of those that changed.")
    ] = False,
    decisions: DecisionsOption = None,
    store: StoreOption = None,
) -> None:
    """Bring together what several articles tell of.

    `kg build` does it at its end; this honours new decisions without reading an article.
    """
    from kg.cli.linking import open_built, print_linked

    with open_built(store_path(store)) as target:
        print_linked(target, decisions, rebuild)


@app.command(epilog="Example: kg review -o review.csv")
def review(
    output: OutputOption = None,
    format: Annotated[
        ReviewFormat | None, typer.Option("--format", "-f", help="[default: by the file's suffix, else csv]")
    ] = None,
    decisions: DecisionsOption = None,
    store: StoreOption = None,
) -> None:
    """List doubtful pairs of events, documents and names, with the words of both articles.

    Write same or different into the column `decision` and give the file to `kg build` or `kg link` with --decisions.
    """
    from kg.cli.emptiness import tell_no_articles
    from kg.cli.linking import write_review
    from kg.cli.output import open_output
    from kg.graph.store import open_store

    with open_store(store_path(store), read_only=True) as source, open_output(output) as out:
        write_review(source, out, choose_review(format, output), decisions)
        tell_no_articles(source)


@app.command(name="evaluate-groups", epilog="Example: kg evaluate-groups tests/stories")
def evaluate_groups(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of articles.jsonl and gold.tsv.")],
    json: JsonOption = False,
) -> None:
    """Score how articles that tell of the same are brought together.

    B-cubed over the events and documents that were found, and how many were not; links of persons.
    """
    from kg.cli.linking import print_grouping

    raise typer.Exit(FAILED if print_grouping(folder, json) else 0)

"""What ``kg fetch`` does: options to settings, and a line for each address that could not be fetched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.failures import FAILED
from kg.cli.options import MEGABYTE
from kg.cli.output import print_error, print_table, show_steps
from kg.errors import FetchError

if TYPE_CHECKING:
    from kg.fetch.settings import FetchSettings

ENDING = ".warc.gz"


def fetch(
    urls: Annotated[
        list[str], typer.Argument(metavar="URLS", help="Pages, sitemaps, feeds; - reads addresses, one a line.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Web archive to make or add to.")
    ] = Path("news.warc.gz"),
    most: Annotated[int, typer.Option("--max", metavar="N", min=1, help="Addresses to fetch at most.")] = 1000,
    delay: Annotated[
        float, typer.Option("--delay", metavar="SECONDS", min=0, help="Pause between requests to a host, at least.")
    ] = 1.0,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="For a whole answer.")] = 30.0,
    limit: Annotated[int, typer.Option("--limit", metavar="MB", min=1, help="The largest answer.")] = 16,
    agent: Annotated[
        str | None, typer.Option("--user-agent", metavar="TEXT", help="What to call ourselves.  [default: our name]")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also from this machine and private networks.")
    ] = False,
) -> None:
    """Fetch pages into a web archive, which `kg build` reads.

    What sitemaps and feeds list is fetched as well. robots.txt is obeyed. Pages that are in the archive are fetched
    again only if they have changed.
    """
    from kg.fetch.settings import AGENT, EVERYWHERE, FetchSettings

    if not output.name.endswith(ENDING):
        raise typer.BadParameter(f"the name must end in {ENDING}", param_hint="--output")
    given = FetchSettings(
        delay=delay,
        seconds=timeout,
        size=limit * MEGABYTE,
        most=most,
        allowed=EVERYWHERE if allow_private else (),
        agent=agent or AGENT,
    )
    raise typer.Exit(FAILED if print_fetched(list_urls(urls), output, given) else 0)


def list_urls(urls: list[str]) -> Iterator[str]:
    """The addresses of the arguments, and of standard input for "-", but for comments (#). Raises BadParameter."""
    for url in urls:
        if "://" not in url and Path(url).is_file():
            raise typer.BadParameter(
                f"{url} is a file; kg fetch - < {url} fetches the addresses in it", param_hint="URLS"
            )
        yield from map(str.strip, filter(is_address, sys.stdin)) if url == "-" else (url,)


def is_address(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def print_fetched(urls: Iterator[str], output: Path, settings: FetchSettings) -> int:
    """Fetch and print a summary; how many addresses failed."""
    from kg.fetch.fetching import fetch_pages

    saved = unchanged = lists = failed = 0
    with show_steps("fetching", "addresses") as step:
        for outcome in fetch_pages(urls, output, settings):
            step()
            if isinstance(outcome, FetchError):
                failed += 1
                print_error(outcome)
            else:
                lists += outcome.links is not None
                saved += outcome.changed and outcome.links is None
                unchanged += not outcome.changed
    rows = [("pages saved", saved), ("pages unchanged", unchanged), ("sitemaps and feeds", lists), ("failed", failed)]
    print_table((f"fetched into {output}", ""), rows, numbers=1)
    return failed

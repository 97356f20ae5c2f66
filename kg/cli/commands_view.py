"""The commands that show the graph to people: the network as a page, a picture or a file, and the briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import EndpointOption, MentionsOption, StoreOption
from kg.cli.output import print_path
from kg.cli.pictures import Language, Level, Picture, bind_settings, choose_level, choose_output
from kg.config import store_path

app = typer.Typer()

EntityOption = Annotated[
    list[str] | None,
    typer.Option("--entity", "-e", metavar="NAME|ID", help="Only around this thing: name, id or IRI; repeatable."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="No earlier than this year, month or day.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="No later than this year, month or day.")
]
LanguageOption = Annotated[Language, typer.Option("--ui-lang", help="The language it speaks.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Show the file when it is written.")]


@app.command(
    epilog="Example: kg view --entity 'Садыр Жапаров' --since 2025 --type Talks,Visit -o japarov.html\n\n"
    "Example: kg view --entity KG --level actors --max-nodes 60 -o kg.svg\n\n"
    "Example: kg view --query meeting-network -o meetings.graphml"
)
def view(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="File to write, - for standard output.  [default: kg.html]"
        ),
    ] = None,
    format: Annotated[
        Picture | None, typer.Option("--format", "-f", help="[default: by the file's suffix, else html]")
    ] = None,
    entity: EntityOption = None,
    hops: Annotated[
        int, typer.Option("--hops", metavar="N", min=1, max=9, help="Steps from --entity, each by way of an event.")
    ] = 1,
    since: SinceOption = None,
    until: UntilOption = None,
    type: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPES", help="Only these types or groups, as Talks,Visit; repeatable."),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUSES", help="Only these, as planned,cancelled; repeatable."),
    ] = None,
    level: Annotated[
        Level | None,
        typer.Option(
            "--level",
            help="Actors joined by their events, or events with what they name.  [default: actors;"
            " events for graphml and --query]",
        ),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", metavar="NAME|FILE|TEXT", help="Only what it answers: CONSTRUCT, or SELECT of edges."),
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of --query; repeatable.")
    ] = None,
    most: Annotated[
        int | None,
        typer.Option("--max-nodes", metavar="N", min=1, help="The most important ones.  [default: 150 if drawn]"),
    ] = None,
    language: LanguageOption = Language.RU,
    show: OpenOption = False,
    mentions: MentionsOption = False,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
) -> None:
    """Write the network as a page that works offline, a picture (PNG, SVG) or GraphML.

    All of it, or what happened around somebody, in some time, of some types. PNG needs matplotlib:
    pip install 'diplomatic-kg[draw]'.
    """
    from kg.cli.pictures import Wish, open_file, write_view
    from kg.cli.remote import open_source
    from kg.graph.selection import parse_statuses, parse_types
    from kg.graph.stretch import parse_stretch

    target, chosen = choose_output(output, format)
    wish = Wish(
        things=tuple(entity or ()),
        hops=hops,
        time=parse_stretch(since, until),
        types=parse_types(type or ()),
        statuses=parse_statuses(status or ()),
        most=most,
        query=query,
        settings=bind_settings(query, settings or ()),
        mentions=mentions,
        level=choose_level(level, chosen, query),
    )
    with open_source(store, endpoint) as source:
        write_view(source, wish, target, chosen, language)
    print_path(target)
    open_file(target, show)


@app.command(
    epilog="Example: kg report --country KG --since 2025 -o report.html\n\n"
    "Example: kg report --entity 'Садыр Жапаров' --since 2025-01 --until 2025-06"
)
def report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="HTML file to write, - for standard output.")
    ] = Path("report.html"),
    country: Annotated[
        str | None, typer.Option("--country", metavar="NAME|CODE", help="The country that it is about.")
    ] = None,
    entity: Annotated[
        str | None, typer.Option("--entity", "-e", metavar="NAME|ID", help="Or the person, organisation, place …")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = Language.RU,
    show: OpenOption = False,
    store: StoreOption = None,
) -> None:
    """Write a briefing to print: figures, timeline, what is ahead, counterparts, documents, map, sources.

    Every statement has the sentence that says so. The page runs no script and loads nothing.
    """
    from kg.cli.briefings import find_subject, write_report
    from kg.cli.pictures import open_file
    from kg.graph.store import open_store
    from kg.graph.stretch import parse_stretch

    time = parse_stretch(since, until)
    with open_store(store_path(store), read_only=True) as source:
        write_report(source, find_subject(source, country, entity), time, output, language)
    print_path(output)
    open_file(output, show)

"""The commands of ``kg``. Each imports what it needs when it runs, so that --help and queries start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.cli.building import build
from kg.cli.commands_reference import reference_app
from kg.cli.failures import FAILED, STATUSES, Commands
from kg.cli.fetching import fetch
from kg.cli.options import (
    LIMIT,
    MEGABYTE,
    ConfidenceOption,
    DerivedOption,
    EndpointOption,
    ExplainOption,
    GraphFormat,
    JsonOption,
    LimitOption,
    MentionsOption,
    OutputOption,
    PathsArgument,
    ReferenceOption,
    StoreOption,
    TableFormat,
    check_apart,
    choose_format,
    parse_settings,
)
from kg.cli.reading import AsIsOption, ColumnsOption, FormatOption, RepeatsOption, make_settings
from kg.cli.remote import push
from kg.cli.server import serve
from kg.config import store_path

app = typer.Typer(
    name="kg",
    cls=Commands,
    help="Diplomatic news to a knowledge graph: who met, visited, signed and sanctioned whom, where and when.",
    epilog=STATUSES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(reference_app)


def print_version(wanted: bool) -> None:
    """Print the version and end, if it is wanted."""
    if wanted:
        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """What stands before a command."""


app.command(
    epilog="Example: kg build data/articles news.jsonl --store kg-store --workers 4. "
    "More: kg build pages.warc.gz feed.xml dump.csv.gz --column text=body --column published=day"
)(build)


@app.command(epilog="Example: kg extract data/articles/ru-001.json")
def extract(
    paths: PathsArgument,
    json: JsonOption = False,
    explain: ExplainOption = False,
    reference: ReferenceOption = None,
    min_confidence: ConfidenceOption = None,
    limit: LimitOption = LIMIT,
    column: ColumnsOption = None,
    format: FormatOption = None,
    as_is: AsIsOption = False,
    repeats: RepeatsOption = False,
) -> None:
    """Show what is found in articles, without a store.

    With --json one annotated article a line; with --explain why: each cue with what was weighed.
    """
    from kg.cli.explanation import print_explanations
    from kg.cli.extraction import print_extractions
    from kg.sources.reading import read_articles

    check_apart(json, explain)
    reads = read_articles(paths, limit * MEGABYTE, make_settings(column, format, as_is, repeats))
    nlp = kg.load("ru", least=min_confidence)
    failed = print_explanations(nlp, reads) if explain else print_extractions(nlp, reads, json)
    raise typer.Exit(FAILED if failed else 0)


@app.command(epilog="Example: kg query meetings-of --set person=person/vladimir-putin --format csv")
def query(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE|TEXT", help="A saved query, a .rq file or SPARQL.")],
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the query; repeatable.")
    ] = None,
    format: Annotated[TableFormat, typer.Option("--format", "-f", help="How to print the answer.")] = TableFormat.TABLE,
    mentions: MentionsOption = False,
    derived: DerivedOption = True,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    profile: Annotated[bool, typer.Option("--profile", help="Tell how long it took.")] = False,
) -> None:
    """Ask the store, or with --endpoint a SPARQL endpoint; `kg queries` lists the saved ones."""
    from kg.cli.answers import ask, print_answer
    from kg.cli.emptiness import tell_no_articles
    from kg.cli.remote import open_source

    with open_source(store, endpoint) as source:
        table = ask(source, name, parse_settings(settings or ()), profile, mentions=mentions, derived=derived)
        print_answer(table, source.prefixes, format)
        tell_no_articles(source)


@app.command(epilog="Example: kg queries")
def queries() -> None:
    """List the saved queries: what each answers and its parameters."""
    from kg.cli.answers import print_queries

    print_queries()


@app.command(epilog="Example: kg export -o graph.ttl --format turtle")
def export(
    output: OutputOption = None,
    format: Annotated[
        GraphFormat | None, typer.Option("--format", "-f", help="[default: by the file's suffix, else trig]")
    ] = None,
    article: Annotated[str | None, typer.Option("--article", metavar="ID", help="Only this article's graph.")] = None,
    derived: DerivedOption = True,
    store: StoreOption = None,
) -> None:
    """Write the graph as RDF.

    In an order that is always the same: the same store gives the same bytes.
    """
    from kg.cli.emptiness import tell_no_articles
    from kg.cli.output import open_output
    from kg.graph.export import dump_store
    from kg.graph.store import open_store

    chosen = choose_format(format, output)
    with open_store(store_path(store), read_only=True) as source, open_output(output) as out:
        dump_store(source, out, chosen, article=article, derived=derived)
        tell_no_articles(source)


@app.command(epilog="Example: kg stats --json")
def stats(json: JsonOption = False, mentions: MentionsOption = False, store: StoreOption = None) -> None:
    """Count what the store holds."""
    from kg.cli.answers import print_counts
    from kg.cli.emptiness import tell_no_articles
    from kg.graph.store import open_store

    with open_store(store_path(store), read_only=True) as source:
        print_counts(source.count_mentions() if mentions else source.counts, json)
        tell_no_articles(source)


@app.command(epilog="Example: kg evaluate tests/annotations/dev-ru --verbose")
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of annotated articles (.json).")],
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="List found, missed and extra events.")] = False,
    json: JsonOption = False,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Score the pipeline against annotated articles.

    Precision, recall and F1, micro-averaged. Statement has figures of its own.
    """
    from kg.cli.evaluation import print_evaluation

    raise typer.Exit(FAILED if print_evaluation(folder, verbose, json, min_confidence) else 0)


@app.command(epilog="Example: kg train tests/annotations/dev-ru -o models.json.gz")
def train(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of annotated articles (.json).")],
    also: Annotated[
        list[Path] | None, typer.Option("--also", metavar="DIR", help="More of them to learn from, not to measure.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="File to write.  [default: the models that kg uses]"),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Shuffle the articles before they are dealt to folds.")
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option("--cross-validate", metavar="K", min=2, help="Print figures of K folds and write nothing."),
    ] = None,
) -> None:
    """Fit the models to annotated articles.

    Needs scikit-learn: pip install 'diplomatic-kg[train]'. The same articles and seed give the same bytes.
    With --cross-validate each article is read by models that learned from the others only.
    """
    from kg.cli.training import print_validation, write_models

    if folds is not None:
        print_validation(folder, also or [], folds, seed)
    else:
        write_models([folder, *(also or [])], output, seed)


app.command(epilog="Example: kg serve --store kg-store --port 8000")(serve)


app.command(epilog="Example: kg fetch https://news.example/sitemap.xml -o news.warc.gz && kg build news.warc.gz")(fetch)


app.command(epilog="Example: kg push --endpoint http://127.0.0.1:7878/store")(push)


def main() -> None:
    """The console script."""
    app(prog_name="kg")

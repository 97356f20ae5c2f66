"""How fast and how good we are.

``python -m kg.bench text`` times article to quads against natasha on the same texts; ``factrueval DIR`` and
``nerel DIR`` measure facts and links against public corpora (see kg.corpora); ``groups`` times how articles that tell
of the same are brought together, ``serve`` the endpoint against the engine (see kg.serve.bench), ``view`` the page
against a bare pyvis page (see kg.graph.bench).

natasha runs its own segmenter, morphology, syntax and names (no lemmas, no events); we run all that and the rest.
Both are warm, in one process, one thread, taking turns; CPU seconds, so that a busy machine matters less.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.config import DEFAULT_BASE, data_path
from kg.errors import KgError, ReadError
from kg.records import Article

ROUNDS = 5
SIZES = (1_000, 3_000)
CORPORA = {
    "factrueval": "meetings and occupations of factRuEval-2016 (.facts)",
    "nerel": "links to Wikidata of NEREL (.ann)",
}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

Job = Callable[[Sequence[Article]], None]


def make_pipeline() -> Job:
    """Our whole path: from articles to the quads that a store would get."""
    import kg
    from kg.graph.mapping import extraction_quads
    from kg.ingest import extract_reads

    nlp = kg.load("ru")

    def run(articles: Sequence[Article]) -> None:
        for extraction in extract_reads(articles, nlp):
            if isinstance(extraction, Exception):
                raise extraction
            for _ in extraction_quads(extraction, DEFAULT_BASE):
                pass

    return run


def make_natasha() -> Job:
    """natasha's segmenter, morphology, syntax and named entities."""
    from natasha import Doc, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter

    segmenter, embedding = Segmenter(), NewsEmbedding()
    morphology, syntax, names = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)

    def run(articles: Sequence[Article]) -> None:
        for article in articles:
            doc = Doc(article.content)
            doc.segment(segmenter)
            doc.tag_morph(morphology)
            doc.parse_syntax(syntax)
            doc.tag_ner(names)

    return run


def time_jobs(jobs: Sequence[Job], articles: Sequence[Article], rounds: int) -> list[list[float]]:
    """CPU seconds of each job in each round; the jobs take turns after one run to warm up.

    The garbage collector passes over what is loaded, as in the workers of ``kg build``, for all jobs alike.
    """
    from kg.ingest import spare_collector

    for job in jobs:
        job(articles)
    spare_collector()
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, seconds in zip(jobs, times, strict=True):
            start = time.process_time()
            job(articles)
            seconds.append(time.process_time() - start)
    return times


def read_sample(folder: Path) -> list[Article]:
    """The articles of a folder, all in memory, so that reading is not timed. Raises the first ReadError."""
    from kg.sources.reading import read_articles
    from kg.sources.source import AS_IS

    articles = []
    for read in read_articles([folder], settings=AS_IS):
        if isinstance(read, ReadError):
            raise read
        if isinstance(read, Article):
            articles.append(read)
    return articles


def bench_text(folder: Path, rounds: int) -> None:
    """Time both and print words a second and the ratio of medians."""
    articles = read_sample(folder)
    words = sum(len(article.content.split()) for article in articles)
    ours, theirs = time_jobs((make_pipeline(), make_natasha()), articles, rounds)
    print(f"{len(articles)} articles, {words} words, {rounds} rounds, CPU seconds, one thread")
    for name, times in (("kg, article to quads", ours), ("natasha, parse and names", theirs)):
        middle = statistics.median(times)
        print(f"{name:26}{middle:8.2f} s ({min(times):.2f} to {max(times):.2f}), {words / middle:,.0f} words/s")
    print(f"ratio of medians {statistics.median(ours) / statistics.median(theirs):.2f}")


def run_text(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench text``."""
    bench_text(arguments.articles or data_path("articles"), arguments.rounds)


def run_view(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench view``."""
    from kg.graph.bench import run_bench

    try:
        run_bench()
    except KgError as error:
        sys.exit(f"kg.bench: {error}")


def run_groups(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench groups``."""
    from kg.corpora.groups import bench_groups

    bench_groups()


def run_corpus(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench factrueval DIR`` and ``nerel DIR``."""
    from kg.corpora.bench import BENCHES

    try:
        BENCHES[arguments.what](arguments.folder, arguments.errors)
    except KgError as error:
        sys.exit(f"kg.bench: {error}")


def run_serve(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench serve``."""
    from kg.serve.bench import run_bench

    run_bench()


def run_articles(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench articles N -o FILE``."""
    from kg.bulk.articles import dump_articles

    with arguments.output.open("wb") as out:
        dump_articles(arguments.number, out, arguments.start)


def run_build(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench build``."""
    from kg.bulk.bench import bench_builds

    bench_builds(arguments.sizes, arguments.workers)


def run_spark(arguments: argparse.Namespace) -> None:
    """``python -m kg.bench spark``."""
    from kg.bulk.comparison import compare_spark

    sys.exit(0 if compare_spark(arguments.number, arguments.cores) else 1)


def make_parser() -> argparse.ArgumentParser:
    """The sub-commands."""
    parser = argparse.ArgumentParser(prog="python -m kg.bench", description="Time the pipeline, or measure it.")
    commands = parser.add_subparsers(dest="what", required=True)
    text = commands.add_parser("text", help="time article to quads, against natasha")
    text.add_argument("--articles", type=Path, default=None, help="folder of articles (default: the samples)")
    text.add_argument("--rounds", type=int, default=ROUNDS)
    text.set_defaults(run=run_text)
    view = commands.add_parser("view", help="time the page of a network against a bare pyvis page, in Chromium")
    view.set_defaults(run=run_view)
    groups = commands.add_parser("groups", help="time bringing articles together: 5,000 to 20,000 made-up events")
    groups.set_defaults(run=run_groups)
    serve = commands.add_parser("serve", help="time the SPARQL endpoint against the engine, on a million quads")
    serve.set_defaults(run=run_serve)
    articles = commands.add_parser("articles", help="write made-up articles, a line of JSON each")
    articles.add_argument("number", type=int, metavar="N")
    articles.add_argument("--output", "-o", type=Path, required=True, metavar="FILE")
    articles.add_argument("--start", type=int, default=0, metavar="N", help="the number of the first one")
    articles.set_defaults(run=run_articles)
    build = commands.add_parser("build", help="time kg build on made-up articles, and measure its memory")
    build.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="N", help="numbers of articles")
    build.add_argument("--workers", type=int, nargs="+", default=(1, 2), metavar="N")
    build.set_defaults(run=run_build)
    spark = commands.add_parser("spark", help="compare a Spark job that is killed half-way with a build")
    spark.add_argument("number", type=int, nargs="?", default=2_000, metavar="N", help="number of articles")
    spark.add_argument("--cores", type=int, default=2, metavar="N")
    spark.set_defaults(run=run_spark)
    for name, what in CORPORA.items():
        corpus = commands.add_parser(name, help=what)
        corpus.add_argument("folder", type=Path, metavar="DIR", help="folder of annotated texts")
        corpus.add_argument("--errors", action="store_true", help="list what is missed and wrong")
        corpus.set_defaults(run=run_corpus)
    return parser


def main() -> None:
    """Parse the arguments; threads are set here because NumPy reads them when it is first imported."""
    arguments = make_parser().parse_args()
    os.environ.update(dict.fromkeys(THREADS, "1"))
    arguments.run(arguments)


if __name__ == "__main__":
    main()

"""What ``kg evaluate`` does: analyse annotated articles and print how well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.cli.output import show_progress
from kg.cli.tables import format_scores, print_comparisons, print_scores
from kg.evaluate import Facts, extraction_facts, read_annotations, score_articles
from kg.ingest import extract_reads
from kg.records import Extraction
from kg.sources.reading import read_articles
from kg.sources.source import AS_IS

if TYPE_CHECKING:
    from spacy.language import Language


def print_evaluation(folder: Path, verbose: bool, as_json: bool, least: float | None) -> int:
    """Print the figures; how many articles failed. Raises DataError for a folder without annotated articles."""
    gold = tuple(read_annotations(folder))
    scores = score_articles(gold, find_facts(kg.load("ru", least=least), folder))
    if verbose:
        print_comparisons(scores.comparisons)
    if as_json:
        print(format_scores(scores))
    else:
        print_scores(scores)
    return scores.missing


def find_facts(nlp: Language, folder: Path) -> dict[str, Facts]:
    """What the pipeline finds in each article, by article id; failed ones are reported and left out."""
    found = {}
    with show_progress("reading") as report:
        for outcome in extract_reads(read_articles([folder], settings=AS_IS), nlp):
            report(outcome)
            if isinstance(outcome, Extraction):
                found[outcome.article.id] = extraction_facts(outcome)
    return found

"""``python -m kg.bench factrueval DIR`` and ``nerel DIR``: our pipeline against public annotation.

Both corpora are fetched by the user; nothing of them is part of the project.
"""

from __future__ import annotations

from pathlib import Path

import kg
from kg.corpora.brat import read_brat
from kg.corpora.factrueval import read_factrueval
from kg.corpora.facts import compare_facts
from kg.corpora.linking import Catalogue, compare_links
from kg.corpora.reading import read_documents
from kg.corpora.tables import print_facts, print_link_errors, print_links
from kg.text.knowledge import load_gazetteer

EVENTLESS = ("event_finder", "document_finder")


def bench_factrueval(folder: Path, errors: bool) -> None:
    """Meetings and occupations of factRuEval-2016 (a folder of .txt, .spans, .objects, .coref, .facts)."""
    pairs = read_documents(read_factrueval(folder), kg.load("ru"))
    print_facts([compare_facts(document, reading, load_gazetteer()) for document, reading in pairs], errors)


def bench_nerel(folder: Path, errors: bool) -> None:
    """Links to Wikidata of NEREL (a folder of .txt and .ann)."""
    documents = list(read_brat(folder))
    catalogue = Catalogue(load_gazetteer(), documents)
    pairs = read_documents(documents, kg.load("ru", exclude=EVENTLESS))
    links = [link for document, reading in pairs for link in compare_links(document, reading, catalogue)]
    print_links(links)
    if errors:
        print_link_errors(links)


BENCHES = {"factrueval": bench_factrueval, "nerel": bench_nerel}

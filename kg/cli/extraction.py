"""What ``kg extract`` does: analyse and print, article by article."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.cli.output import print_error
from kg.cli.tables import print_extraction
from kg.errors import Skipped
from kg.evaluate.layout import extraction_json
from kg.ingest import extract_reads
from kg.records import Extraction
from kg.sources.reading import Read

if TYPE_CHECKING:
    from spacy.language import Language


def print_extractions(nlp: Language, reads: Iterable[Read], as_json: bool) -> int:
    """Print what is found in each article; how many failed."""
    failed = 0
    for outcome in extract_reads(reads, nlp):
        if not isinstance(outcome, Extraction):
            failed += not isinstance(outcome, Skipped)
            print_error(outcome)
        elif as_json:
            print(json.dumps(extraction_json(outcome), ensure_ascii=False))
        else:
            print_extraction(outcome)
    return failed

"""Scores of the pipeline against annotated articles."""

from kg.evaluate.annotation import read_annotation, read_annotations
from kg.evaluate.conversion import extraction_facts
from kg.evaluate.facts import Facts
from kg.evaluate.scores import Scores, score_articles

__all__ = ["Facts", "Scores", "extraction_facts", "read_annotation", "read_annotations", "score_articles"]

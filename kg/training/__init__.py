"""From annotated articles to the models of events and documents. Needs the extra ``train``."""

from kg.training.lessons import analyse_lessons, read_lessons
from kg.training.progress import Step
from kg.training.trainer import Trainer
from kg.training.validation import Bin, Validation, cross_validate

__all__ = ["Bin", "Step", "Trainer", "Validation", "analyse_lessons", "cross_validate", "read_lessons"]

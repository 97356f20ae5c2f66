"""All models from annotated cases: those of the first reading, then those of the second, which learns from the first.

The second reading must not learn from first readings that have seen the answers: models that were fitted on
the other folds make them (cross-fitting).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.text.context import Context
from kg.text.drafts import make_first_drafts
from kg.train.examples import Example, Table, make_tables
from kg.train.fitting import Models, fit_models
from kg.train.settings import FOLDS, SHIFT
from kg.training.alignment import Alignment
from kg.training.folds import deal
from kg.training.lessons import Case
from kg.training.pairs import PAIR_MODELS, list_pairs
from kg.training.papers import DOCUMENT_MODELS, list_papers
from kg.training.progress import Report, Step, ignore
from kg.training.readings import FIRST_MODELS, SECOND_MODELS, list_first, list_second


@dataclass(frozen=True)
class Trainer:
    """Trains on any choice of its cases; the examples of the first reading are made once."""

    cases: Sequence[Case]
    seed: int | None = None

    @cached_property
    def alignments(self) -> tuple[Alignment, ...]:
        """The cases against their annotations."""
        return tuple(map(Alignment, self.cases))

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables of the first reading and of documents, over all cases."""
        return make_tables([self._list_examples(alignment) for alignment in self.alignments])

    def _list_examples(self, alignment: Alignment) -> Iterator[Example]:
        yield from list_first(alignment)
        yield from list_papers(alignment.case)

    def train(self, chosen: Sequence[int], report: Report = ignore) -> Models:
        """All models, from the cases of these numbers."""
        folds = deal(chosen, FOLDS, self.seed)
        contexts: dict[int, Context] = {}
        for number, fold in enumerate(folds):
            report(Step("fitting", number, len(folds) + 2))
            contexts |= self._read_fold(fold, [i for i in chosen if i not in set(fold)])
        report(Step("fitting", len(folds), len(folds) + 2))
        first = fit_models(self.tables, (*FIRST_MODELS, *DOCUMENT_MODELS), chosen)
        report(Step("fitting", len(folds) + 1, len(folds) + 2))
        return first | self._fit_second(contexts)

    def _read_fold(self, fold: Sequence[int], others: Sequence[int]) -> dict[int, Context]:
        """First readings of a fold by models of the other folds."""
        models = fit_models(self.tables, FIRST_MODELS, others)
        scenes = ((i, self.cases[i].scene) for i in fold)
        return {i: Context(scene, make_first_drafts(scene, models, shift=SHIFT)) for i, scene in scenes}

    def _fit_second(self, contexts: dict[int, Context]) -> Models:
        """The models of the second reading."""
        numbers = sorted(contexts)
        tables = make_tables([self._list_later(i, contexts[i]) for i in numbers])
        return fit_models(tables, (*SECOND_MODELS, *PAIR_MODELS), range(len(numbers)))

    def _list_later(self, number: int, context: Context) -> Iterator[Example]:
        yield from list_second(self.alignments[number], context)
        yield from list_pairs(self.alignments[number], context)

"""All models from annotated cases: those of the first reading, then those that learn from what it finds.

These must not learn from first readings that have seen the answers: models that were fitted on the other folds
make them (cross-fitting).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from kg.text.drafts import make_context
from kg.text.news import find_news
from kg.train.examples import Example, Table, make_tables
from kg.train.fitting import Models, fit_models
from kg.train.settings import FOLDS, SHIFT
from kg.training.alignment import Alignment
from kg.training.folds import deal
from kg.training.lessons import Case
from kg.training.news import NEWS_MODELS, list_news
from kg.training.pairs import PAIR_MODELS, list_pairs
from kg.training.papers import DOCUMENT_MODELS, list_papers
from kg.training.progress import Report, Step, ignore
from kg.training.proposals import EVENT_MODELS, list_events
from kg.training.readings import FIRST_MODELS, SECOND_MODELS, list_cues, list_first, list_second

Lister = Callable[[int, Models], Iterator[Example]]
Folds = Mapping[tuple[int, ...], Sequence[int]]  # each with all cases that are not in it


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
        """The tables of the first reading (but for cues), of documents and of articles, over all cases."""
        return make_tables([self._list_examples(alignment) for alignment in self.alignments])

    def _list_examples(self, alignment: Alignment) -> Iterator[Example]:
        yield from list_first(alignment)
        yield from list_papers(alignment.case)
        yield from list_news(alignment.case)

    def train(self, chosen: Sequence[int], report: Report = ignore) -> Models:
        """All models, from the cases of these numbers."""
        try:
            return self._train(chosen, report)
        finally:
            for case in self.cases:  # other models will tell something else of the article
                case.scene.news.clear()

    def _train(self, chosen: Sequence[int], report: Report) -> Models:
        folds: Folds = {
            tuple(fold): [i for i in chosen if i not in set(fold)] for fold in deal(chosen, FOLDS, self.seed)
        }
        steps = count()
        tables = self.tables | self._make_cue_tables(folds, chosen)
        crossed: dict[int, Models] = {}  # by case: first models that have not seen it
        for fold, others in folds.items():
            report(Step("fitting", next(steps), len(folds) + 3))
            crossed |= dict.fromkeys(fold, fit_models(tables, FIRST_MODELS, others))
        report(Step("fitting", next(steps), len(folds) + 3))
        models = fit_models(tables, (*FIRST_MODELS, *DOCUMENT_MODELS, *NEWS_MODELS), chosen)
        report(Step("fitting", next(steps), len(folds) + 3))
        models |= self._fit_later((*SECOND_MODELS, *PAIR_MODELS), crossed, self._list_second)
        report(Step("fitting", next(steps), len(folds) + 3))
        unseen = {i: models | first for i, first in crossed.items()}
        return models | self._fit_later(EVENT_MODELS, unseen, self._list_events)

    def _make_cue_tables(self, folds: Folds, chosen: Sequence[int]) -> dict[str, Table]:
        """The table of cues, which know what models that have not seen the article tell of it."""
        for fold, others in folds.items():
            models = fit_models(self.tables, NEWS_MODELS, others)
            for i in fold:
                self.cases[i].scene.news[:] = [find_news(self.cases[i].scene, models)]
        wanted = set(chosen)
        return make_tables([list_cues(a) if i in wanted else () for i, a in enumerate(self.alignments)])

    def _fit_later(self, names: Sequence[str], crossed: dict[int, Models], list_examples: Lister) -> Models:
        """Models that learn from what models that have not seen a case find in it."""
        numbers = sorted(crossed)
        tables = make_tables([list_examples(i, crossed[i]) for i in numbers])
        return fit_models(tables, names, range(len(numbers)))

    def _list_second(self, number: int, models: Models) -> Iterator[Example]:
        scene = self.cases[number].scene
        context = make_context(scene, models, SHIFT)
        yield from list_second(self.alignments[number], context)
        yield from list_pairs(self.alignments[number], context)

    def _list_events(self, number: int, models: Models) -> Iterator[Example]:
        return list_events(self.cases[number], models)

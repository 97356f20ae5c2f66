"""Examples of whole articles: whether they tell of events at all."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.news import news_features
from kg.train.examples import Example, make_example
from kg.training.lessons import Case

NEWS_MODELS = ("news",)


def list_news(case: Case) -> Iterator[Example]:
    """Whether any event is annotated."""
    yield make_example("news", "", news_features(case.scene), bool(case.lesson.facts.events))

"""Whether an article as a whole is about the dealings of states: a match, a deal of firms, a concert are not."""

from __future__ import annotations

from collections.abc import Mapping

from kg.text.scene import CUE_PARTS, Scene
from kg.train.linear import LinearModel

STEPS = (0.2, 0.5, 0.8, 0.95)


def news_features(scene: Scene) -> list[str]:
    """The content words of the article, each once."""
    pairs = zip(scene.lemmas, scene.parts, strict=True)
    return list(dict.fromkeys(lemma for lemma, part in pairs if part in CUE_PARTS and part != "PROPN"))


def find_news(scene: Scene, models: Mapping[str, LinearModel]) -> str:
    """The probability in five steps."""
    probability = models["news"].probability(news_features(scene))
    return str(sum(probability >= step for step in STEPS))

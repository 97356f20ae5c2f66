"""Fits on made-up examples: a feature that tells gets weight, one that does not gets none, choices are learned."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("sklearn")

from kg.train.examples import Example, make_example, make_tables
from kg.train.fitting import fit_model, fit_models
from kg.train.settings import SECOND, STRENGTHS, find_strength

ARTICLES = range(40)


def make_cues(seed: int) -> list[list[Example]]:
    """Articles of ten cues: "planted" means yes, "visits" means yes for a visit and no for talks, "noise" nothing."""
    chance = random.Random(seed)
    return [[make_cue(chance) for _ in range(10)] for _ in ARTICLES]


def make_cue(chance: random.Random) -> Example:
    label = chance.random() < 0.4
    kind = chance.choice(("Visit", "Talks"))
    features = ["bias", *(["planted"] if label else []), *(["noise"] if chance.random() < 0.5 else [])]
    if label == (kind == "Visit"):
        features.append("visits")
    return make_example("cue", kind, [*features, f"rare={chance.random()}"], label)


def make_dates(seed: int) -> list[list[Example]]:
    """Articles of three choices: of four dates the near one is right."""
    chance = random.Random(seed)
    return [[make_date(chance) for _ in range(3)] for _ in ARTICLES]


def make_date(chance: random.Random) -> Example:
    right = chance.randrange(4)
    options = [("near",) if n == right else (f"far={chance.randrange(3)}",) for n in range(4)]
    return Example("date", "Visit", tuple(options), tuple(n == right for n in range(4)))


def test_a_planted_feature_gets_weight() -> None:
    model = fit_model("cue", make_tables(make_cues(1))["cue"], ARTICLES)
    assert model.weights["planted"] > 2
    assert abs(model.weights.get("noise", 0.0)) < 0.5
    assert model.probability(["bias", "planted"], "Visit") > 0.8
    assert model.probability(["bias", "noise"], "Visit") < 0.2


def test_kinds_have_weights_of_their_own() -> None:
    model = fit_model("cue", make_tables(make_cues(2))["cue"], ARTICLES)
    assert model.weights["Visit|visits"] > 0 > model.weights["Talks|visits"]


def test_rare_features_are_left_out() -> None:
    model = fit_model("cue", make_tables(make_cues(3))["cue"], ARTICLES)
    assert not [name for name in model.weights if "rare=" in name]


def test_choices_are_learned() -> None:
    model = fit_model("date", make_tables(make_dates(4))["date"], ARTICLES)
    assert model.bias == 0
    assert all(model.score(["near"], "Visit") > model.score([f"far={n}"], "Visit") + 2 for n in range(3))


def test_only_the_chosen_articles_count() -> None:
    turned = [[make_example("cue", e.kind, e.options[0], not e.labels[0]) for e in a] for a in make_cues(5)]
    tables = make_tables([*make_cues(5), *turned])
    right, wrong = (fit_model("cue", tables["cue"], chosen) for chosen in (ARTICLES, range(40, 80)))
    assert right.weights["planted"] > 2
    assert wrong.weights["planted"] < -2
    assert right == fit_model("cue", make_tables(make_cues(5))["cue"], ARTICLES)


def test_the_order_of_features_does_not_matter() -> None:
    examples = make_cues(6)
    turned = [[make_example(e.model, e.kind, reversed(e.options[0]), e.labels[0]) for e in a] for a in examples]
    assert fit_model("cue", make_tables(examples)["cue"], ARTICLES) == fit_model(
        "cue", make_tables(turned)["cue"], ARTICLES
    )


def test_models_without_examples_say_no() -> None:
    yes = [[make_example("cue", "Visit", ["bias"], True)]] * 20
    models = fit_models(make_tables(yes), ("cue", "target", "date"), range(20))
    assert sorted(models) == ["cue", "date", "target"]
    assert models["cue"].probability(["bias"], "Visit") > 0.9
    assert models["target"].probability(["bias"], "Visit") < 0.5
    assert models["date"].score(["bias"], "Visit") == 0


@pytest.mark.parametrize("name", [name for name in STRENGTHS if name + SECOND not in STRENGTHS])
def test_second_readings_are_as_strong_as_first_unless_told(name: str) -> None:
    assert find_strength(name + SECOND) == find_strength(name)
    assert find_strength("place" + SECOND) == STRENGTHS["place" + SECOND] != find_strength("place")

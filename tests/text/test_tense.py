"""The tense of verbs in made-up sentences."""

from __future__ import annotations

import pytest

from kg.text.tense import climb_verbs, find_time, verb_form
from tests.text.reading import find_cue, read_scene

TENSES = [
    ("Стороны подписали соглашение.", "подписали", "past"),
    ("Стороны подпишут соглашение.", "подпишут", "future"),
    ("Соглашение будет подписано в Москве.", "подписано", "future"),
    ("Стороны проводят переговоры.", "проводят", "present"),
    ("Соглашение, подписанное в Москве, вступило в силу.", "подписанное", "participle"),
]


@pytest.mark.parametrize(("text", "word", "tense"), TENSES)
def test_tense(text: str, word: str, tense: str) -> None:
    scene = read_scene(text)
    assert find_time(scene, (scene.tokens[find_cue(scene, word).token],)) == tense


def test_the_first_verb_that_has_a_tense_counts() -> None:
    scene = read_scene("Министр сообщил, что стороны подпишут соглашение.")
    noun = scene.tokens[find_cue(scene, "соглашение").token]
    verbs = list(climb_verbs(noun))
    assert [verb.text for verb in verbs] == ["подпишут", "сообщил"]
    assert find_time(scene, verbs) == "future"
    assert find_time(scene, verbs[1:]) == "past"
    assert find_time(scene, ()) == "none"


def test_an_auxiliary_s_tense_stands_in_the_form() -> None:
    """The models know these very strings."""
    for text, form in (
        ("Соглашение будет подписано в Москве.", "auxPresfut"),
        ("Соглашение было подписано в Москве.", "auxPast"),
    ):
        scene = read_scene(text)
        assert verb_form(scene, scene.tokens[find_cue(scene, "подписано").token]).split(".")[-1] == form

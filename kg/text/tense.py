"""The tense in which something is told: that of its verb or of the verbs above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.text.language import load_language
from kg.text.scene import Scene

FORMS = ("Tense", "VerbForm", "Aspect", "Voice", "Mood")


def climb_verbs(token: Token) -> Iterator[Token]:
    """The verbs above a token, the nearest first."""
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in ("VERB", "AUX") or "Short" in current.morph.get("Variant", []):
            yield current


def verb_form(scene: Scene, token: Token) -> str:
    """Part of speech with tense, form, aspect and voice; an auxiliary's tense counts («будет подписано»)."""
    morph = token.morph.to_dict()
    parts = [scene.parts[token.i], *(morph[name] for name in FORMS if name in morph)]
    helper = next((c for c in scene.children[token.i] if scene.parts[c] == "AUX"), None)
    if helper is not None:
        tense = scene.tokens[helper].morph.to_dict().get("Tense", "")
        coming = scene.words[helper].startswith(tuple(load_language().words["syntax.future"]))
        parts.append(f"aux{tense}{'fut' if coming else ''}")
    return ".".join(parts)


def find_time(scene: Scene, words: Sequence[Token]) -> str:
    """The tense in which the first of ``words`` is told: its own, or that of the verbs that follow it there.

    "past", "present", "future", "participle", or "none".
    """
    for verb in words:
        form = verb_form(scene, verb)
        if form.endswith("fut") or ".Fut." in form:
            return "future"
        if scene.parts[verb.i] in ("VERB", "AUX", "ADJ") and ".Inf." not in form and ".Part." not in form:
            return "past" if ".Past." in form else "present" if ".Pres." in form else "none"
        if ".Part." in form:
            return "participle"
    return "none"

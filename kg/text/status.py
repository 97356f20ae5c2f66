"""Whether an event is planned, under way, done or called off, and the rank of a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.records import RANKS, STATUSES
from kg.text.calendar import resolve
from kg.text.dating import day_of
from kg.text.scene import Cue, Scene
from kg.train.linear import LinearModel

LISTS = ("planned", "cancelled", "ongoing")
FORMS = ("Tense", "VerbForm", "Aspect", "Voice", "Mood")


def find_status(scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel]) -> str:
    """The likeliest status; what «не состоялся» is called off whatever else the sentence says."""
    if is_called_off(scene, scene.tokens[cue.token]):
        return "cancelled"
    features = status_features(scene, cue)
    return max(STATUSES, key=lambda status: models[f"status-{status}"].score(features, kind))


def is_called_off(scene: Scene, token: Token) -> bool:
    """A verb of taking place is denied of what a token names («встреча не состоится»)."""
    return scene.is_denied(token.head.i) and scene.lemmas[token.head.i] in scene.taxonomy.lists["held"]


def find_rank(scene: Scene, cue: Cue) -> str | None:
    """The rank that adjectives of a visit give it («государственный визит»), in its sentence."""
    near = {scene.lemmas[i] for i in scene.children[cue.token]}
    for rank in RANKS:
        if scene.taxonomy.ranks[rank] & near:
            return rank
    return None


def status_features(scene: Scene, cue: Cue) -> list[str]:
    """What tells the status: tense, mood and aspect of the verbs above, words of plan and cancelling near, dates."""
    token = scene.tokens[cue.token]
    chain = list(climb_verbs(token))[:2]
    forms = [verb_form(scene, v) for v in chain]
    below = scene.children[cue.token]
    near = [scene.lemmas[i] for i in near_tokens(scene, token, chain)]
    start, end = scene.bounds[scene.sentence[cue.token]]
    clause = scene.lemmas[max(start, cue.token - 10) : min(end, cue.token + 10)]
    negated = any(scene.is_denied(v.i) for v in (token, *chain[:1]))
    features = [
        "bias",
        f"own={verb_form(scene, token)}",
        f"verb={forms[0] if forms else '-'}",
        f"verbs={'>'.join(forms)}",
        *(f"gov={scene.lemmas[v.i]}" for v in chain),
        f"lemma={scene.lemmas[cue.token]}",
        *(f"near={scene.lemmas[i]}" for i in below if scene.parts[i] in ("ADJ", "VERB", "ADV", "NOUN")),
        *(f"list={name}" for name in LISTS if not scene.taxonomy.lists[name].isdisjoint(near)),
        *(f"clause={name}" for name in LISTS if not scene.taxonomy.lists[name].isdisjoint(clause)),
        f"negated={negated}",
        f"title={scene.sentence[cue.token] == 0}",
        *date_features(scene, cue),
    ]
    return list(dict.fromkeys(features))


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
        parts.append(f"aux{tense}{'fut' if scene.words[helper].startswith('буд') else ''}")
    return ".".join(parts)


def near_tokens(scene: Scene, token: Token, chain: list[Token]) -> Iterator[int]:
    """What governs a token or modifies it: its head, the verbs above, its dependents, the verb's adverbs and verbs."""
    yield token.head.i
    yield from (v.i for v in chain)
    yield from scene.children[token.i]
    for verb in chain[:1]:
        yield from (c for c in scene.children[verb.i] if scene.parts[c] in ("ADV", "ADJ", "VERB"))


def date_features(scene: Scene, cue: Cue) -> Iterator[str]:
    """Whether the dates of the sentence lie before, on or after the day of publication."""
    day = day_of(scene)
    for expression in scene.dates_in.get(scene.sentence[cue.token], ()):
        when = resolve(expression, day, False, None)
        bounds = when.bounds() if when else None
        if bounds is None or day is None:
            yield "when=?"
            continue
        order = "past" if bounds[1] < day else "future" if bounds[0] > day else "now"
        near = abs(expression.start - cue.token) < 8
        yield f"when={order}|{expression.kind}|near={near}"

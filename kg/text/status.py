"""Whether an event is planned, under way, done or called off, and the rank of a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.records import RANKS, STATUSES
from kg.text.calendar import resolve
from kg.text.context import Context
from kg.text.scene import Cue, Scene
from kg.text.setting import day_of
from kg.text.syntax import find_preposition
from kg.text.tense import climb_verbs, find_time, verb_form
from kg.train.linear import LinearModel

SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj"))
SAID = frozenset(("Statement",))  # «не исключил» says something all the same
LISTS = ("planned", "cancelled", "ongoing")


def find_status(
    scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel], context: Context | None = None
) -> str:
    """The likeliest status; what «не состоялся» is called off whatever else the sentence says."""
    if is_called_off(scene, scene.tokens[cue.token]):
        return "cancelled"
    features = list_features(scene, cue, kind, context)
    reading = "-2" if context is not None else ""
    return max(STATUSES, key=lambda status: models[f"status-{status}{reading}"].score(features, kind))


def list_features(scene: Scene, cue: Cue, kind: str, context: Context | None) -> list[str]:
    """What tells the status: the sentence, and the rest of the article where a first reading of it is known."""
    features = scene.recall(("status", cue.token), lambda: status_features(scene, cue))
    return [*features, *context.tell_status(cue, kind)] if context is not None else features


def is_called_off(scene: Scene, token: Token) -> bool:
    """A verb of taking place is denied of what a token names («встреча не состоится», «встречи не будет»).

    «Саммит, о котором условились, не состоится»: what is said of it in between may stand in the way.
    """
    verb = token.head
    if scene.is_denied(verb.i) and verb.lemma_ == "быть" and "Gen" in token.morph.get("Case", []):
        return True
    above = [verb, verb.head] if token.dep_.startswith("nsubj") and verb.dep_ in SUBJECTS else [verb]
    return any(scene.is_denied(v.i) and scene.lemmas[v.i] in scene.taxonomy.lists["held"] for v in above)


def is_denied(scene: Scene, cue: Cue, kind: str, status: str) -> bool:
    """Whether a verb says that an event was not («не встречался»), and it was not called off either."""
    return (
        kind not in SAID and status != "cancelled" and scene.parts[cue.token] == "VERB" and scene.is_denied(cue.token)
    )


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
        f"tense={find_time(scene, (token, *chain))}",
        *ruling_features(scene, token, chain),
        *clause_features(scene, token),
        f"prep={find_preposition(token)}",
        f"title={scene.sentence[cue.token] == 0}",
        *date_features(scene, cue),
    ]
    return list(dict.fromkeys(features))


def ruling_features(scene: Scene, token: Token, chain: list[Token]) -> Iterator[str]:
    """Whether what directly rules an event is a word of plan, cancelling or course («отменил поездку»)."""
    for name in LISTS:
        words = scene.taxonomy.lists[name]
        if scene.lemmas[token.head.i] in words or (chain and scene.lemmas[chain[0].i] in words):
            yield f"ruled={name}"
            yield f"ruled={name}|{token.dep_}"
            yield f"ruled={name}|head={scene.lemmas[token.head.i] in words}"


def clause_features(scene: Scene, token: Token) -> Iterator[str]:
    """What a participle or clause below an event says of it («визит, намеченный на май», «саммит, который пройдёт»)."""
    for child in scene.children[token.i]:
        if scene.tokens[child].dep_ in ("acl", "acl:relcl"):
            yield f"below={find_time(scene, (scene.tokens[child],))}"
            yield from (f"below={name}" for name in LISTS if scene.lemmas[child] in scene.taxonomy.lists[name])


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

"""Whether an event is planned, under way, done or called off, and the rank of a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.knowledge.stems import fold
from kg.records import RANKS, STATUSES
from kg.text.calendar import resolve
from kg.text.dating import day_of
from kg.text.scene import Cue, Scene
from kg.train.linear import LinearModel


def find_status(scene: Scene, cue: Cue, kind: str, models: Mapping[str, LinearModel]) -> str:
    """The likeliest status."""
    features = status_features(scene, cue)
    return max(STATUSES, key=lambda status: models[f"status-{status}"].score(features, kind))


def find_rank(scene: Scene, cue: Cue) -> str | None:
    """The rank that adjectives of a visit give it («государственный визит»), in its sentence."""
    token = scene.doc[cue.token]
    near = {fold(t.lemma_) for t in token.children}
    for rank in RANKS:
        if scene.taxonomy.ranks[rank] & near:
            return rank
    return None


def status_features(scene: Scene, cue: Cue) -> list[str]:
    """What tells the status: tense, mood and aspect of the verbs above, words of plan and cancelling near, dates."""
    token = scene.doc[cue.token]
    chain = list(climb_verbs(token))
    features = [
        "bias",
        f"own={verb_form(token)}",
        f"verb={verb_form(chain[0]) if chain else '-'}",
        f"verbs={'>'.join(verb_form(v) for v in chain[:2])}",
        *(f"gov={fold(v.lemma_)}" for v in chain[:2]),
        f"lemma={fold(token.lemma_)}",
        *(f"near={fold(t.lemma_)}" for t in token.children if t.pos_ in ("ADJ", "VERB", "ADV", "NOUN")),
        *(f"list={name}" for name in ("planned", "cancelled", "ongoing") if list_near(scene, token, chain, name)),
        *(f"clause={name}" for name in ("planned", "cancelled", "ongoing") if list_clause(scene, token, name)),
        f"negated={any(c.lower_ in ('не', 'ни') for v in (token, *chain[:1]) for c in v.children)}",
        f"title={scene.sentence[cue.token] == 0}",
        *date_features(scene, cue),
    ]
    return list(dict.fromkeys(features))


def climb_verbs(token: Token) -> Iterator[Token]:
    """The verbs above a token, the nearest first."""
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in ("VERB", "AUX") or "Short" in current.morph.get("Variant"):
            yield current


def verb_form(token: Token) -> str:
    """Part of speech with tense, form, aspect and voice; an auxiliary's tense counts («будет подписано»)."""
    helper = next((c for c in token.children if c.pos_ == "AUX"), None)
    parts = [str(token.pos_)]
    for name in ("Tense", "VerbForm", "Aspect", "Voice", "Mood"):
        parts += token.morph.get(name)
    if helper is not None:
        parts.append("aux" + "".join(helper.morph.get("Tense")) + ("fut" if helper.lower_.startswith("буд") else ""))
    return ".".join(parts)


def list_near(scene: Scene, token: Token, chain: list[Token], name: str) -> bool:
    """A word of a list governs the token or modifies it."""
    words = scene.taxonomy.lists[name]
    near = [token.head, *chain[:2], *token.children, *(c for v in chain[:1] for c in v.children if c.pos_ in ("ADV", "ADJ", "VERB"))]
    return any(fold(t.lemma_) in words for t in near)


def list_clause(scene: Scene, token: Token, name: str) -> bool:
    """A word of a list stands in the sentence within ten words."""
    words = scene.taxonomy.lists[name]
    sent = token.sent
    return any(fold(t.lemma_) in words for t in scene.doc[max(sent.start, token.i - 10) : min(sent.end, token.i + 10)])


def date_features(scene: Scene, cue: Cue) -> Iterator[str]:
    """Whether the dates of the sentence lie before, on or after the day of publication."""
    day = day_of(scene)
    for expression in scene.doc._.dates:
        if scene.sentence[expression.start] != scene.sentence[cue.token]:
            continue
        when = resolve(expression, day, False, None)
        bounds = when.bounds() if when else None
        if bounds is None or day is None:
            yield "when=?"
            continue
        order = "past" if bounds[1] < day else "future" if bounds[0] > day else "now"
        near = abs(expression.start - cue.token) < 8
        yield f"when={order}|{expression.kind}|near={near}"

"""What tells when an event took place: features of a date against its cue, the tense, the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from spacy.tokens import Token

from kg.records import When
from kg.text.calendar import Expression, resolve
from kg.text.features import distance_bucket
from kg.text.language import load_language
from kg.text.scene import Cue, Scene
from kg.text.syntax import find_governor, find_slot

CLAUSES = frozenset(("acl", "acl:relcl", "advcl", "ccomp", "csubj", "xcomp"))
LINKS = ("then", "prior", "meanwhile")
BEFORE = 4  # words before a cue, and at the head of its sentence, that may link it to what is told before


def inside_features(scene: Scene, cue: Cue, expression: Expression, count: int) -> list[str]:
    """What tells for a date of the cue's own sentence."""
    others = scene.dates_in[scene.sentence[cue.token]]
    head = scene.tokens[expression.end - 1 if expression.kind != "day" else expression.start]
    slot = find_slot(head, scene.tokens[cue.token], scene.tokens[cue.governor] if cue.governor is not None else None)
    distance = expression.start - cue.token
    between = scene.words[min(expression.start, cue.token) : max(expression.start, cue.token)]
    commas = sum(w in ",;:—–" for w in between)
    stops = min(sum(w == ";" for w in between), 1)
    own = expression_clause(scene, cue, expression)
    rival = any(o is not expression and expression_clause(scene, cue, o) == "same" for o in others)
    before = scene.words[expression.start - 1] if expression.start else "-"
    where = (slot.label[:8], min(slot.depth, 2)) if slot is not None else ("-", 9)
    nearest = min(others, key=lambda e: abs(e.start - cue.token)) is expression
    return [
        "option=inside",
        f"kind={expression.kind}",
        f"slot={where[0]}|{where[1]}",
        f"depth={where[1]}",
        f"dist={distance_bucket(distance)}|commas={min(commas, 3)}",
        f"nearest={nearest}|count={min(count, 3)}",
        f"prep={before}|{expression.kind}",
        f"order={'before' if distance < 0 else 'after'}|{expression.kind}",
        f"own={own}",
        f"own={own}|{expression.kind}",
        f"own={own}|rival={rival}|nearest={nearest}",
        f"stops={stops}",
        f"lemma={scene.lemmas[cue.token]}|{expression.kind}",
    ]


def order_features(when: When, day: datetime.date | None, status: str, tense: str) -> Iterator[str]:
    """Whether a date lies before or after the day of publication, against status and tense."""
    order, bounds = find_order(when, day), when.bounds()
    if bounds is None or day is None:
        return
    far = "far" if abs((bounds[0] - day).days) > 120 else "near"
    yield f"order={order}|{status}"
    yield f"order={order}|{tense}|{far}"


def find_order(when: When | None, day: datetime.date | None) -> str:
    """Whether a date lies before ("past"), behind ("future") or on ("now") the day of publication, or "?"."""
    bounds = when.bounds() if when is not None else None
    if bounds is None or day is None:
        return "?"
    return "past" if bounds[1] < day else "future" if bounds[0] > day else "now"


def find_lag(scene: Scene, day: datetime.date | None) -> str:
    """How many days before publication the first date of the article's opening lies: the day of the news."""
    first = next(
        (e for e in scene.doc._.dates if e.kind in ("day", "weekday", "offset") and scene.sentence[e.start] <= 2), None
    )
    when = resolve(first, day, False, day) if first is not None else None
    bounds = when.bounds() if when is not None else None
    if bounds is None or day is None:
        return "-"
    days = (day - bounds[0]).days
    return str(days) if 0 <= days < 3 else "past" if days > 0 else "future"


def expression_clause(scene: Scene, cue: Cue, expression: Expression) -> str:
    """Whether a date and a cue hang under the same verb, or one's verb above the other's."""
    date_verb = find_governor(scene.tokens[expression.start])
    if date_verb is None:
        return "none"
    own = cue.governor if cue.governor is not None else cue.token
    if date_verb.i in (own, cue.token):
        return "same"
    if date_verb.i in {t.i for t in scene.tokens[own].ancestors}:
        return f"above:{find_tie(scene.tokens[own], date_verb)}"
    below = {t.i for t in date_verb.ancestors}
    if own in below or cue.token in below:
        return f"below:{find_tie(date_verb, scene.tokens[own])}"
    return "other"


def find_tie(verb: Token, above: Token) -> str:
    """How a verb hangs below another: "conj" along a list of verbs only, else the relation of the first clause."""
    for token in (verb, *verb.ancestors):
        if token.i == above.i:
            break
        if token.dep_ in CLAUSES:
            return token.dep_[:5]
    return "conj"


def find_link(scene: Scene, cue: Cue) -> str:
    """How the words before a cue or at the head of its sentence link it to what is told before: "then", "prior" …"""
    start, _ = scene.bounds[scene.sentence[cue.token]]
    near = {*scene.words[max(start, cue.token - BEFORE) : cue.token], *scene.words[start : start + BEFORE]}
    lists = load_language().words
    return "+".join(name for name in LINKS if lists[f"dates.{name}"] & near) or "-"


def find_depth(scene: Scene, expression: Expression) -> int:
    """Clauses above that of a date: 0 in a main clause; at most 2."""
    token = scene.tokens[expression.start]
    return min(sum(t.dep_ in CLAUSES for t in (token, *token.ancestors)), 2)

"""When an event took place: a choice among its sentence's dates, those told of before, and the day of publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.records import When
from kg.text.calendar import Expression, list_readings, resolve
from kg.text.context import Context
from kg.text.features import distance_bucket
from kg.text.scene import Cue, Scene
from kg.text.syntax import find_governor, find_slot
from kg.train.linear import LinearModel

TOLD = 4  # dates told of before that an event may take over
DURATIONS = {"двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7}


@dataclass(frozen=True, slots=True)
class Dating:
    """A date that an event may have, and what tells for it. ``when`` is None for "unknown"."""

    when: When | None
    features: list[str]


def day_of(scene: Scene) -> datetime.date | None:
    """The day of publication."""
    article = scene.doc._.article
    return article.published if article is not None else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all dates of a cue share: the event's status, tense of the clause, day of publication, common features."""

    scene: Scene
    cue: Cue
    status: str
    tense: str
    day: datetime.date | None
    common: tuple[str, ...]

    @property
    def here(self) -> int:
        """The sentence of the cue."""
        return self.scene.sentence[self.cue.token]

    def with_common(self, mark: str) -> list[str]:
        """The common features as those of one sort of date."""
        return [f"{mark}|{feature}" for feature in self.common]


def find_when(
    scene: Scene, cue: Cue, kind: str, status: str, models: Mapping[str, LinearModel], context: Context | None
) -> When | None:
    """The likeliest date."""
    model = models["date" if context is None else "date-2"]
    options = list_datings(scene, cue, kind, status, context)
    return max(options, key=lambda option: model.score(option.features, kind)).when


def list_datings(scene: Scene, cue: Cue, kind: str, status: str, context: Context | None) -> list[Dating]:
    """All dates that an event at a cue may have, each once with all that tells for it."""
    merged: dict[When | None, dict[str, None]] = {}
    for dating in (*make_datings(make_setting(scene, cue, status)), *list_others(context, cue, status)):
        merged.setdefault(dating.when, {}).update(dict.fromkeys(dating.features))
    return [Dating(when, list(features)) for when, features in merged.items()]


def list_others(context: Context | None, cue: Cue, status: str) -> Iterator[Dating]:
    """The dates of other events of the article."""
    if context is not None:
        for source, when in context.dates(cue):
            yield Dating(when, [f"other={source}", f"other={source}|{status}"])


def make_setting(scene: Scene, cue: Cue, status: str) -> Setting:
    """The setting of a cue."""
    day, here, tense = day_of(scene), scene.sentence[cue.token], find_tense(scene, cue)
    inside = min(len(scene.dates_in.get(here, [])), 2)
    before = any(scene.sentence[e.start] < here for e in scene.doc._.dates)
    lag = find_lag(scene, day)
    common = (
        f"lag={lag}|{status}",
        f"inside={inside}|lag={lag}",
        f"{tense}|{status}",
        f"deep={min(here, 6)}|inside={inside > 0}",
        f"status={status}",
        f"inside={inside}",
        f"before={before}",
        f"title={here == 0}",
    )
    return Setting(scene, cue, status, tense, day, common)


def make_datings(setting: Setting) -> Iterator[Dating]:
    """The dates of the sentence, those told of before, that of the lead, the day of publication, and none."""
    yield from list_inside(setting)
    yield from list_told(setting)
    yield from list_lead(setting)
    if setting.day is not None:
        day = setting.day.isoformat()
        yield Dating(When(day), ["option=published", *setting.with_common("published")])
        yield Dating(When(day[:7]), ["option=month", *setting.with_common("month")])
    yield Dating(None, ["option=unknown", *setting.with_common("unknown")])


def list_inside(setting: Setting) -> Iterator[Dating]:
    """The dates of the cue's own sentence, in all their readings."""
    scene, cue, status, tense, day = setting.scene, setting.cue, setting.status, setting.tense, setting.day
    inside = scene.dates_in.get(setting.here, [])
    for expression in inside:
        facts = inside_features(scene, cue, expression, len(inside))
        for reading, when in list_readings(expression, day, find_previous(scene, expression, day)):
            how = [
                f"read={reading}|{expression.kind}|{status}",
                f"read={reading}|{tense}|{status}",
                f"read={reading}|{expression.kind}|{tense}",
                *order_features(when, day, status, tense),
            ]
            yield Dating(when, [*facts, *how, *setting.common])
            stretch = find_stretch(scene, cue, when)
            if stretch is not None:
                yield Dating(stretch, ["option=duration", *(f"duration|{f}" for f in facts[:4])])


def find_stretch(scene: Scene, cue: Cue, when: When) -> When | None:
    """From a day on for as long as the sentence says («двухдневный визит»)."""
    duration, bounds = find_duration(scene, cue), when.bounds()
    if not duration or bounds is None or bounds[0] != bounds[1]:
        return None
    return When(bounds[0].isoformat(), (bounds[0] + datetime.timedelta(days=duration - 1)).isoformat())


def list_told(setting: Setting) -> Iterator[Dating]:
    """The last dates told of before the sentence."""
    scene, status, day = setting.scene, setting.status, setting.day
    before = [e for e in scene.doc._.dates if scene.sentence[e.start] < setting.here]
    for rank, expression in enumerate(reversed(before[-TOLD:])):
        when = resolve(expression, day, False, find_previous(scene, expression, day))
        if when is not None:
            gap = min(setting.here - scene.sentence[expression.start], 4)
            facts = [
                "option=told",
                f"told={expression.kind}|gap={gap}|{status}",
                f"toldrank={rank}",
                f"toldrank={rank}|{expression.kind}|{status}",
                *order_features(when, day, status, setting.tense),
            ]
            yield Dating(when, [*facts, *setting.with_common(f"told{min(rank, 1)}")])


def list_lead(setting: Setting) -> Iterator[Dating]:
    """The first date of the article's opening; to a title that of the sentence behind it."""
    scene = setting.scene
    lead = next((e for e in scene.doc._.dates if scene.sentence[e.start] < min(setting.here, 3)), None)
    when = resolve(lead, setting.day, False, None) if lead is not None else None
    if lead is not None and when is not None:
        yield Dating(when, ["option=lead", f"lead={lead.kind}|{setting.status}"])
    ahead = next(iter(scene.dates_in.get(1, ())), None) if setting.here == 0 else None
    when = resolve(ahead, setting.day, setting.status == "planned", None) if ahead is not None else None
    if when is not None:
        yield Dating(when, ["option=ahead", *setting.with_common("ahead")])


def inside_features(scene: Scene, cue: Cue, expression: Expression, count: int) -> list[str]:
    """What tells for a date of the cue's own sentence."""
    head = scene.tokens[expression.end - 1 if expression.kind != "day" else expression.start]
    slot = find_slot(head, scene.tokens[cue.token], scene.tokens[cue.governor] if cue.governor is not None else None)
    distance = expression.start - cue.token
    between = scene.words[min(expression.start, cue.token) : max(expression.start, cue.token)]
    commas = sum(w in ",;:—–" for w in between)
    before = scene.words[expression.start - 1] if expression.start else "-"
    where = (slot.label[:8], min(slot.depth, 2)) if slot is not None else ("-", 9)
    others = scene.dates_in[scene.sentence[cue.token]]
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
        f"own={expression_clause(scene, cue, expression)}",
        f"own={expression_clause(scene, cue, expression)}|{expression.kind}",
        f"lemma={scene.lemmas[cue.token]}|{expression.kind}",
    ]


def find_previous(scene: Scene, expression: Expression, day: datetime.date | None) -> datetime.date | None:
    """The day told of before an expression, from which «днём ранее» counts; at first the day of publication."""
    earlier = [
        e
        for e in scene.doc._.dates
        if e.start < expression.start and e.kind not in ("step", "year", "yearshift", "month")
    ]
    for other in reversed(earlier):
        when = resolve(other, day, False, day)
        bounds = when.bounds() if when else None
        if bounds is not None and bounds[0] == bounds[1]:
            return bounds[0]
    return day


def find_tense(scene: Scene, cue: Cue) -> str:
    """The tense of the cue or of its verb: Past, Pres, Fut, or the verb's form."""
    for i in (cue.token, cue.governor):
        if i is None or scene.parts[i] not in ("VERB", "AUX", "ADJ"):
            continue
        if any(scene.words[c].startswith("буд") for c in scene.children[i]):
            return "Fut"
        morph = scene.tokens[i].morph.to_dict()
        found = morph.get("Tense") or morph.get("VerbForm")
        if found:
            return str(found)
    return "-"


def order_features(when: When, day: datetime.date | None, status: str, tense: str) -> Iterator[str]:
    """Whether a date lies before or after the day of publication, against status and tense."""
    bounds = when.bounds()
    if bounds is None or day is None:
        return
    order = "past" if bounds[1] < day else "future" if bounds[0] > day else "now"
    far = "far" if abs((bounds[0] - day).days) > 120 else "near"
    yield f"order={order}|{status}"
    yield f"order={order}|{tense}|{far}"


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
    above = {t.i for t in scene.tokens[own].ancestors}
    below = {t.i for t in date_verb.ancestors}
    return "above" if date_verb.i in above else "below" if own in below or cue.token in below else "other"


def find_duration(scene: Scene, cue: Cue) -> int:
    """Days that the sentence gives an event: «двухдневный», «трёхдневный»; 0 where it gives none."""
    start, end = scene.bounds[scene.sentence[cue.token]]
    for lemma in scene.lemmas[start:end]:
        if lemma.endswith("дневный"):
            return DURATIONS.get(lemma.removesuffix("дневный"), 0)
    return 0

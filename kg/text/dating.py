"""When an event took place: a choice among its sentence's dates, those told of before, and the day of publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.records import When
from kg.text.chronology import list_elsewhere, read_dates
from kg.text.context import Context
from kg.text.scene import Cue, Scene
from kg.text.setting import Dating, Setting, make_setting
from kg.text.stretches import find_stretch
from kg.text.timing import inside_features, order_features
from kg.train.linear import LinearModel


def find_when(
    scene: Scene, cue: Cue, kind: str, status: str, models: Mapping[str, LinearModel], context: Context | None
) -> When | None:
    """The likeliest date."""
    model = models["date" if context is None else "date-2"]
    options = list_datings(scene, cue, kind, status, context)
    return max(options, key=lambda option: model.score(option.features, kind)).when


def list_datings(scene: Scene, cue: Cue, kind: str, status: str, context: Context | None) -> list[Dating]:
    """All dates that an event at a cue may have, each once with all that tells for it."""
    setting = scene.recall(("setting", cue.token, status), lambda: make_setting(scene, cue, status))
    own = scene.recall(("datings", cue.token, status), lambda: merge_datings(make_datings(setting)))
    return merge_datings(context.list_datings(setting, kind), own) if context is not None else own


def merge_datings(datings: Iterable[Dating], known: Sequence[Dating] = ()) -> list[Dating]:
    """Each date once, with all that tells for it; ``known`` are merged already."""
    merged = {dating.when: dating for dating in known}
    for dating in datings:
        other = merged.get(dating.when)
        merged[dating.when] = dating if other is None else other.join(dating)
    return list(merged.values())


def make_datings(setting: Setting) -> Iterator[Dating]:
    """The dates of the sentence, those told elsewhere, the day of publication, and none."""
    yield from list_inside(setting)
    yield from list_elsewhere(setting)
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
        for reading, when in read_dates(scene, expression, day):
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

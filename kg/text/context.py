"""What the rest of the article says of an event's date: the dates of its other events, from a first reading."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.records import When
from kg.text.draft import Draft
from kg.text.scene import Cue, Scene

SPAN = 6  # days before and after publication that belong to the news


@dataclass(frozen=True)
class Context:
    """The drafts of a first reading."""

    scene: Scene
    drafts: Sequence[Draft]

    @cached_property
    def trip(self) -> Draft | None:
        """The likeliest visit."""
        visits = [d for d in self.drafts if d.type == "Visit"]
        return max(visits, key=lambda d: d.probability) if visits else None

    def dates(self, cue: Cue) -> Iterator[tuple[str, When]]:
        """Dates of other events, each with where it comes from."""
        here = self.scene.sentence[cue.token]
        others = [d for d in self.drafts if d.cue.token != cue.token and d.when is not None]
        beside = [d for d in others if self.scene.sentence[d.cue.token] == here]
        earlier = [d for d in others if self.scene.sentence[d.cue.token] < here]
        later = [d for d in others if self.scene.sentence[d.cue.token] > here]
        yield from (("beside", d.when) for d in beside if d.when)
        yield from (("earlier", d.when) for d in earlier[-1:] if d.when)
        yield from (("later", d.when) for d in later[:1] if d.when)
        if self.trip is not None and self.trip.when is not None and self.trip.cue.token != cue.token:
            yield "trip", self.trip.when
        yield from (("span", span) for span in list_spans([d.when for d in others if d.when], self.day))
        common = Counter(str(d.when) for d in others).most_common(1)
        yield from (("common", d.when) for d in others if d.when and common and str(d.when) == common[0][0])

    @property
    def day(self) -> datetime.date | None:
        """The day of publication."""
        article = self.scene.doc._.article
        return article.published if article is not None else None


def list_spans(whens: Sequence[When], day: datetime.date | None) -> Iterator[When]:
    """The stretch of days that the article tells of, and from its first day to publication: for visits and summits."""
    if day is None:
        return
    days = sorted(b[0] for w in whens if (b := w.bounds()) and b[0] == b[1] and abs((b[0] - day).days) <= SPAN)
    if not days:
        return
    if days[0] < days[-1]:
        yield When(days[0].isoformat(), days[-1].isoformat())
    if days[0] < day != days[-1]:
        yield When(days[0].isoformat(), day.isoformat())

"""What the rest of the article says of an event's date: the dates of its other events, from a first reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.text.draft import Draft, find_actors
from kg.text.scene import Cue, Scene
from kg.text.setting import Dating, Setting, day_of
from kg.text.stays import LASTING, Stay
from kg.text.stretches import list_spans
from kg.text.timing import find_order


@dataclass(frozen=True)
class Context:
    """The drafts of a first reading."""

    scene: Scene
    drafts: Sequence[Draft]
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    @cached_property
    def trip(self) -> Draft | None:
        """The likeliest visit."""
        visits = [d for d in self.drafts if d.type == "Visit"]
        return max(visits, key=lambda d: d.probability) if visits else None

    @cached_property
    def draft_at(self) -> dict[tuple[int, str], Draft]:
        """Drafts by cue and type."""
        return {(d.cue.token, d.type): d for d in self.drafts}

    @cached_property
    def drafts_at(self) -> dict[int, list[Draft]]:
        """Drafts by the token of their cue."""
        index: dict[int, list[Draft]] = defaultdict(list)
        for draft in self.drafts:
            index[draft.cue.token].append(draft)
        return dict(index)

    def count(self, role: str) -> Counter[str]:
        """How many drafts each entity is likely to play a role in."""
        if role not in self.counts:
            self.counts[role] = Counter(ident for draft in self.drafts for ident in find_actors(draft, role))
        return self.counts[role]

    def find_actors(self, cue: Cue, kind: str) -> frozenset[str]:
        """The likely participants of the event of type ``kind`` at a cue."""
        own = self.draft_at.get((cue.token, kind))
        return find_actors(own) if own is not None else frozenset()

    def tell_status(self, cue: Cue, kind: str) -> Iterator[str]:
        """Features of an event's status: its date as first read, the status of events around it and like it."""
        own, actors = self.draft_at.get((cue.token, kind)), self.find_actors(cue, kind)
        yield f"dated={find_order(own.when if own is not None else None, day_of(self.scene))}"
        for source, other in self.list_others(cue, [d for d in self.drafts if d.cue.token != cue.token]):
            shared = bool(actors & find_actors(other))
            yield f"other={source}|{other.status}" if source != "trip" else f"other=trip|{other.status}|{shared}"
            if source == "beside":
                yield f"other=beside|{other.status}|{other.type}"
        for other in self.drafts:
            if other.type == kind and other.cue.token != cue.token and actors & find_actors(other):
                yield f"like={other.status}"

    def list_datings(self, setting: Setting, kind: str) -> Iterator[Dating]:
        """The dates of other events, each with how these relate to the event of type ``kind`` at the cue."""
        dated = [d for d in self.drafts if d.cue.token != setting.cue.token and d.when is not None]
        for source, other in self.list_others(setting.cue, dated):
            if other.when is not None:
                yield Dating(other.when, list(self._relate(setting, kind, source, other)))
        others = [d.when for d in dated if d.when is not None]
        if kind in LASTING:
            yield from Stay(setting, self.draft_at.get((setting.cue.token, kind)), dated).list_datings()
        for when in list_spans(others, setting.day):
            yield Dating(when, ["other=span", f"other=span|{setting.status}"])
        if others:
            common = Counter(map(str, others)).most_common(1)[0][0]
            when = next(w for w in others if str(w) == common)
            yield Dating(when, ["other=common", f"other=common|{setting.status}"])

    def list_others(self, cue: Cue, others: Sequence[Draft]) -> Iterator[tuple[str, Draft]]:
        """The other events that stand closest to a cue: in its sentence, right before, right behind, and the trip."""
        here = self.scene.sentence[cue.token]
        yield from (("beside", d) for d in others if self.scene.sentence[d.cue.token] == here)
        yield from (("earlier", d) for d in [d for d in others if self.scene.sentence[d.cue.token] < here][-1:])
        yield from (("later", d) for d in [d for d in others if self.scene.sentence[d.cue.token] > here][:1])
        if self.trip is not None and self.trip.cue.token != cue.token:
            yield "trip", self.trip

    def _relate(self, setting: Setting, kind: str, source: str, other: Draft) -> Iterator[str]:
        """Features of another event's date."""
        shared = bool(self.find_actors(setting.cue, kind) & find_actors(other))
        gap = min(abs(setting.here - self.scene.sentence[other.cue.token]), 3)
        inside = setting.here in self.scene.dates_in
        yield f"other={source}"
        yield f"other={source}|{setting.status}"
        yield f"other={source}|{setting.status}<{other.status}"
        yield f"other={source}|of={other.type}"
        yield f"other={source}|shared={shared}|gap={gap}"
        yield f"other={source}|shared={shared}|inside={inside}"
        yield f"other={source}|inside={inside}|gap={gap}"
        yield f"other={source}|link={setting.link}|inside={inside}"

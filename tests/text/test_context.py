"""What the drafts of an article's other events tell of one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kg.records import When
from kg.text.context import Context
from kg.text.draft import Draft
from kg.text.scene import Scene
from kg.text.setting import make_setting
from tests.text.reading import find_cue, read_scene

ROLES = {("participant", "person/vladimir-putin"): 0.9, ("participant", "person/xi-jinping"): 0.1}


@dataclass(frozen=True, slots=True)
class Story:
    """A visit with talks and a signing, as first read."""

    scene: Scene
    trip: Draft
    talks: Draft
    signing: Draft

    @property
    def context(self) -> Context:
        return Context(self.scene, (self.trip, self.talks, self.signing))


@pytest.fixture(scope="module")
def story() -> Story:
    scene = read_scene("Владимир Путин 8 июня прибыл с визитом. Затем прошли переговоры. Подписано соглашение.")
    visit, talks, signing = (find_cue(scene, word) for word in ("визитом", "переговоры", "Подписано"))
    return Story(
        scene,
        Draft(visit, "Visit", 0.9, ROLES, "occurred", When("2025-06-08")),
        Draft(talks, "Talks", 0.8, ROLES, "occurred", None),
        Draft(signing, "Signing", 0.8, {}, "planned", When("2025-06-12")),
    )


def test_the_likeliest_visit_is_the_trip(story: Story) -> None:
    doubtful = replace(story.trip, probability=0.2, cue=story.talks.cue)
    assert Context(story.scene, (doubtful, story.trip)).trip == story.trip
    assert Context(story.scene, (story.talks,)).trip is None


def test_actors_are_the_likely_participants(story: Story) -> None:
    assert story.context.find_actors(story.talks.cue, "Talks") == {"person/vladimir-putin"}
    assert story.context.find_actors(story.talks.cue, "Meeting") == frozenset()


def test_status_is_told_by_the_events_before_and_behind(story: Story) -> None:
    told = list(story.context.tell_status(story.talks.cue, "Talks"))
    assert told == ["dated=?", "other=earlier|occurred", "other=later|planned", "other=trip|occurred|True"]
    assert next(iter(story.context.tell_status(story.signing.cue, "Signing"))) == "dated=future"
    twice = Context(story.scene, (story.talks, replace(story.talks, cue=story.trip.cue)))
    assert "like=occurred" in list(twice.tell_status(story.talks.cue, "Talks"))


def test_dates_are_those_of_the_others_and_the_stretch_between_them(story: Story) -> None:
    setting = make_setting(story.scene, story.talks.cue, "occurred")
    datings = list(story.context.list_datings(setting, "Talks"))
    found = [(str(dating.when), dating.features[0]) for dating in datings]
    assert found == [
        ("2025-06-08", "other=earlier"),
        ("2025-06-12", "other=later"),
        ("2025-06-08", "other=trip"),
        ("2025-06-08/2025-06-12", "other=span"),
        ("2025-06-08/2025-06-10", "other=span"),
        ("2025-06-08", "other=common"),
    ]
    assert "other=earlier|shared=True|gap=1" in datings[0].features
    assert "other=later|shared=False|gap=1" in datings[1].features

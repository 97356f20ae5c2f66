"""What a briefing tells: the events of its time, who with, where, which documents, by which articles."""

from __future__ import annotations

import pytest

from kg.errors import EmptyError
from kg.graph.report.briefing import Briefing, read_briefing
from kg.graph.store import Store
from kg.graph.stretch import Stretch, parse_stretch
from kg.graph.terms import load_terms

KYRGYZSTAN, PUTIN, AIDE = "country/KG", "person/vladimir-putin", "person/иван-придуманный"


def read(store: Store, thing: str, since: str | None = None, until: str | None = None, most: int = 100) -> Briefing:
    return read_briefing(store, store.base + thing, parse_stretch(since, until), load_terms(), most)


def test_country(full: Store) -> None:
    found = read(full, KYRGYZSTAN)
    assert [entry.event.type for entry in found.happened] == ["Visit", "Talks", "Invitation"]  # the undated comes last
    assert [entry.event.type for entry in found.planned] == ["Summit"]
    assert [paper.document.label.ru for paper in found.papers] == [
        "совместное заявление о союзничестве", "договор о дружбе",
    ]  # fmt: skip
    assert [source.url for source in found.sources] == ["https://news.example/ru/1"]


def test_counterparts_are_not_the_subject_nor_its_own(full: Store) -> None:
    found = {partner.node.iri.removeprefix(full.base): partner for partner in read(full, PUTIN).partners}
    assert not {PUTIN, "country/RU"} & set(found)  # he holds an office of it
    assert (found["person/sadyr-japarov"].events, found["country/KG"].events) == (2, 3)
    assert found["country/KG"].last.type == "Talks"


def test_places_are_cities_with_their_venues(full: Store) -> None:
    spots = {spot.place.label.en: spot for spot in read(full, KYRGYZSTAN).spots}
    bishkek = spots["Bishkek"]
    assert bishkek.events == 2
    assert [venue.label.en for venue in bishkek.venues] == ["Yntymak Ordo"]
    assert bishkek.point is not None
    assert bishkek.point == pytest.approx((74.6, 42.9), abs=0.2)


def test_statements_stand_apart(full: Store) -> None:
    found = read(full, AIDE)
    assert [entry.event.type for entry in found.statements] == ["Statement"]
    assert [entry.event.type for entry in found.planned] == ["Visit"]
    assert [spot.point for spot in found.spots] == [None]


def test_time(full: Store) -> None:
    found = read(full, KYRGYZSTAN, "2025-11-26", "2025-11-26")
    assert [entry.event.type for entry in found.happened] == ["Talks"]
    assert len(found.papers) == 2  # the article of that day tells of both


@pytest.mark.parametrize(("thing", "since"), [(KYRGYZSTAN, "2031"), ("country/AD", None), ("person/nobody", None)])
def test_nothing_to_tell(full: Store, thing: str, since: str | None) -> None:
    with pytest.raises(EmptyError, match=f"names {thing}"):
        read(full, thing, since)


def test_what_does_not_fit_is_owned_up_to(full: Store) -> None:
    assert read(full, KYRGYZSTAN, most=2).cut
    assert not read(full, KYRGYZSTAN).cut


def test_time_of_all(full: Store) -> None:
    assert read(full, KYRGYZSTAN).time == Stretch()

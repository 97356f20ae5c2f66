"""Whether two accounts tell of the same event: weights for what agrees, vetoes for what makes them two."""

from __future__ import annotations

from kg.resolve.accounts import EventAccount, Paper
from kg.resolve.documents import compare_papers
from kg.resolve.settings import Settings
from kg.resolve.verdicts import Verdict, Weighing
from kg.resolve.windows import find_window

WEEK, MONTH = 7, 62


def compare_events(a: EventAccount, b: EventAccount, settings: Settings) -> Verdict:
    """The verdict on two accounts; it is the same whichever comes first."""
    weighing = Weighing(settings.event)
    if a.source.article == b.source.article:
        weighing.forbid("one article tells them apart")
    if settings.family(a.type) != settings.family(b.type):
        weighing.forbid("types")
    weighing.add("same_type" if a.type == b.type else "same_family")
    weigh_days(weighing, a, b, settings)
    if weighing.veto is None:  # the rest costs more
        weigh_persons(weighing, a, b, settings)
        weigh_sides(weighing, a, b, settings)
        weigh_places(weighing, a, b, settings)
        weigh_papers(weighing, a, b, settings)
        weigh_rest(weighing, a, b, settings)
    return weighing.verdict()


def weigh_days(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """Dates agree as far as both are known; a month apart is another event."""
    one, other = find_window(a, settings), find_window(b, settings)
    if one is None or other is None:
        return weighing.add("undated")
    gap, longest = one.gap(other), max(one.days, other.days)
    if gap > settings.windows["slack"] or (gap and not (one.dated and other.dated)):
        return weighing.forbid("dates")
    if gap:
        return weighing.add("next_day")
    if not (one.dated and other.dated):
        return weighing.add("undated" if longest <= MONTH else "year_overlap")
    if longest == 1 or one == other:
        return weighing.add("day_equal" if longest <= WEEK else "month_overlap")
    return weighing.add("days_overlap" if longest <= WEEK else "month_overlap" if longest <= MONTH else "year_overlap")


def weigh_persons(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """Who was there; an account may name fewer than there were."""
    one, other = a.persons, b.persons
    shared = len(one & other)
    if not one or not other:
        return
    if one == other:
        return weighing.add("persons_equal" if shared > 1 else "person_equal")
    if not shared and not settings.holds("loose", a.type, b.type):
        return weighing.forbid("persons")
    if not shared:
        return weighing.add("persons_differ")
    if shared == min(len(one), len(other)):
        return weighing.add("persons_within")
    if settings.holds("mutual", a.type, b.type):
        return weighing.forbid("persons")
    return weighing.add("persons_overlap")


def weigh_sides(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """Countries and organisations, and which of them is acted upon or hosts."""
    weigh_countries(weighing, a.countries, b.countries)
    if a.organizations and b.organizations:
        shared = a.organizations & b.organizations
        weighing.add("organizations_shared" if shared else "organizations_differ")
    if settings.holds("directed", a.type, b.type) and a.goals and b.goals:
        if a.goals.isdisjoint(b.goals):
            return weighing.forbid("direction")
        weighing.add("target_equal")


def weigh_countries(weighing: Weighing, one: frozenset[str], other: frozenset[str]) -> None:
    """On whose behalf they act."""
    shared = len(one & other)
    if not one or not other:
        return
    if not shared:
        return weighing.forbid("countries")
    if one == other:
        return weighing.add("countries_equal" if shared > 1 else "country_equal")
    if shared == min(len(one), len(other)):
        return weighing.add("countries_within" if shared > 1 else "country_equal")
    return weighing.add("countries_overlap")


def weigh_places(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """City against city, else country against country; a city lies in its country."""
    if settings.holds("placeless", a.type, b.type):
        return
    one, other = a.spots, b.spots
    if one.countries and other.countries and one.countries.isdisjoint(other.countries):
        return weighing.forbid("countries of the place")
    if one.cities and other.cities:
        if one.cities & other.cities:
            weighing.add("city_equal")
        elif settings.holds("placed", a.type, b.type):
            return weighing.forbid("cities")
        else:
            weighing.add("city_differs")
    elif one.countries & other.countries:
        weighing.add("country_of_place_equal")
    if one.venues and other.venues:
        weighing.add("venue_equal" if one.venues & other.venues else "venue_differs")


def weigh_papers(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """Documents that are signed, ratified or discussed."""
    if not a.papers or not b.papers:
        return
    if share_papers(a.papers, b.papers, settings):
        return weighing.add("papers_equal")
    if settings.holds("papered", a.type, b.type):
        return weighing.forbid("documents")
    return weighing.add("papers_differ")


def share_papers(one: tuple[Paper, ...], other: tuple[Paper, ...], settings: Settings) -> bool:
    """Whether a document of one is, by its title, a document of the other."""
    return any(compare_papers(x, y, settings) for x in one for y in other)


def weigh_rest(weighing: Weighing, a: EventAccount, b: EventAccount, settings: Settings) -> None:
    """Rank, topics, and the words where a day has many events of a type."""
    if a.rank and b.rank:
        weighing.add("rank_equal" if a.rank == b.rank else "rank_differs")
    if a.topics & b.topics:
        weighing.add("topics_shared")
    if settings.holds("wordy", a.type, b.type) and a.words and b.words:
        share = len(a.words & b.words) / len(a.words | b.words)
        if share < settings.words["least"]:
            return weighing.add("words_unlike")
        weighing.add("words_alike", share)

"""The index in which an account finds those that may tell of the same, by what both would have in common.

A key is "<list>|<what>|<when>". An account stands under its posted keys; it is compared with what stands under
the sought ones, which follow from the posted ones alone, so that either of two accounts finds the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from kg.resolve.accounts import DocumentAccount, EventAccount, list_pairs
from kg.resolve.settings import Settings
from kg.resolve.windows import find_window

HALF_YEAR = 183
MOST_COUNTRIES = 8  # of an event whose pairs of countries are listed; larger ones are found by who takes part

# Lists: of a day or a few (f), the same by year (c), of long stretches by year (w); documents with two parties (p),
# the same without their parties (q), and documents whose parties are not known (n).
SOUGHT = {"f": "f", "c": "w", "w": "cw", "p": "p", "q": "n", "n": "qn"}


def event_keys(account: EventAccount, settings: Settings) -> frozenset[str]:
    """The keys under which an event stands; none where nothing is known of its time or of who was there."""
    window = find_window(account, settings)
    if window is None:
        return frozenset()
    family, slack, size = settings.family(account.type), settings.windows["slack"], settings.windows["bucket"]
    first, last = window.first - slack, window.last + slack
    years = list_years(first, last)
    wide = window.days > settings.windows["wide"]
    buckets = () if wide else range(first // size, last // size + 1)
    keys = set[str]()
    for actor in find_actors(account):
        keys |= {f"f|{family}|{actor}|{bucket}" for bucket in buckets}
        keys |= {f"{'w' if wide else 'c'}|{family}|{actor}|{year}" for year in years}
    return frozenset(keys)


def list_years(first: int, last: int) -> range:
    """The years of a stretch of days."""
    least, most = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    start, end = (datetime.date.fromordinal(min(max(day, least), most)).year for day in (first, last))
    return range(start, end + 1)


def find_actors(account: EventAccount) -> Iterator[str]:
    """What an event is found by: persons, organisations and pairs of countries; a country alone if nobody else is."""
    people = account.persons | account.organizations
    yield from sorted(people)
    countries = account.countries
    if 1 < len(countries) <= MOST_COUNTRIES:
        yield from (f"{a}+{b}" for a, b in list_pairs(countries))
    if len(countries) == 1:
        yield from countries


def document_keys(account: DocumentAccount, settings: Settings) -> frozenset[str]:
    """The keys under which a document stands: its kind and parties with each word of its title and with its days.

    One whose parties are not known is found by the words of its title within half a year; without either, not at all.
    """
    paper = account.paper
    when = account.day or account.source.day
    day = when.toordinal() if when else None
    slack, size = settings.document_days["untitled"], settings.windows["bucket"]
    buckets = range((day - slack) // size, (day + slack) // size + 1) if day else ()
    years = list_years(day - HALF_YEAR, day + HALF_YEAR) if day else ()
    few = len(paper.parties) <= MOST_COUNTRIES
    pairs = [f"{a}+{b}" for a, b in list_pairs(paper.parties)] if few else []
    keys = {f"p|{paper.kind}|{pair}|{mark}" for pair in pairs for mark in (*paper.words, *buckets)}
    letter = "q" if pairs else "n"
    return frozenset(keys | {f"{letter}|{paper.kind}|{word}|{year}" for word in paper.words for year in years})


def sought_keys(posted: Iterable[str]) -> frozenset[str]:
    """The keys under which those stand that an account with these keys is compared with."""
    return frozenset(f"{letter}{key[1:]}" for key in posted for letter in SOUGHT[key[0]])

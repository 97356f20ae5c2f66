"""The index in which an account finds those that may tell of the same, by what both would have in common.

A key is "<list>|<what>|<when>". An account stands under its posted keys; it is compared with what stands under
the sought ones, which follow from the posted ones alone, so that either of two accounts finds the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.resolve.accounts import Account, DocumentAccount, EventAccount, list_pairs
from kg.resolve.settings import Settings
from kg.resolve.windows import find_window

HALF_YEAR = 183
MOST_COUNTRIES = 8  # of an event whose pairs of countries are listed; larger ones are found by who takes part

# Lists: of a day or a few (f) and of long stretches by year (w); documents by two parties (p), by each of two or more
# (r), by the only one (s), all these without their parties (q), and those of no known party or very many (n).
SOUGHT = {"f": "f", "w": "w", "p": "p", "r": "s", "s": "rs", "q": "n", "n": "qn"}


def event_keys(account: EventAccount, settings: Settings) -> frozenset[str]:
    """The keys under which an event stands; none where nothing is known of its time or of who was there."""
    window = find_window(account, settings)
    if window is None:
        return frozenset()
    family, slack, size = settings.family(account.type), settings.windows["slack"], settings.windows["bucket"]
    first, last = window.first - slack, window.last + slack
    wide = window.days > settings.windows["wide"]
    times = list_years(first, last) if wide else list_buckets(first, last, size)
    return frozenset(
        f"{'w' if wide else 'f'}|{family}|{actor}|{time}" for actor in find_actors(account) for time in times
    )


def list_buckets(first: int, last: int, size: int) -> range:
    """The buckets of a stretch of days."""
    return range(first // size, last // size + 1)


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

    One of which fewer than two parties are known is found by the words of its title within half a year; without
    either, not at all.
    """
    paper = account.paper
    when = account.day or account.source.day
    day = when.toordinal() if when else None
    slack, size = settings.document_days["untitled"], settings.windows["bucket"]
    buckets = list_buckets(day - slack, day + slack, size) if day else ()
    years = list_years(day - HALF_YEAR, day + HALF_YEAR) if day else ()
    told = [f"{word}|{year}" for word in paper.words for year in years]
    parties = paper.parties if len(paper.parties) <= MOST_COUNTRIES else frozenset[str]()
    keys = {f"p|{paper.kind}|{a}+{b}|{mark}" for a, b in list_pairs(parties) for mark in (*paper.words, *buckets)}
    keys |= {f"{'r' if len(parties) > 1 else 's'}|{paper.kind}|{party}|{mark}" for party in parties for mark in told}
    return frozenset(keys | {f"{'q' if parties else 'n'}|{paper.kind}|{mark}" for mark in told})


def make_keys(account: Account, settings: Settings) -> frozenset[str]:
    """The keys under which an account stands."""
    return event_keys(account, settings) if isinstance(account, EventAccount) else document_keys(account, settings)


def sought_keys(posted: Iterable[str], settings: Settings) -> frozenset[str]:
    """The keys under which those stand that an account with these keys is compared with."""
    size = settings.windows["bucket"]
    return frozenset(key for own in posted for key in seek(own, size))


def seek(key: str, size: int) -> Iterator[str]:
    """The keys that are sought for a posted one; days and long stretches find each other."""
    letter, rest = key[0], key[1:]
    yield from (f"{other}{rest}" for other in SOUGHT[letter])
    if letter in "fw":
        what, _, time = rest.rpartition("|")
        yield from (f"{'w' if letter == 'f' else 'f'}{what}|{other}" for other in convert_time(letter, int(time), size))


@lru_cache(4096)
def convert_time(letter: str, time: int, size: int) -> range:
    """The years of a bucket (f), or the buckets of a year (w)."""
    if letter == "f":
        return list_years(time * size, (time + 1) * size - 1)
    first, last = (datetime.date(time, *day).toordinal() for day in ((1, 1), (12, 31)))
    return list_buckets(first, last, size)

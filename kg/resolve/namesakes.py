"""Those who bear one name: told apart by the countries and offices that articles give them.

A name that no table knows has one id, whoever bears it. Articles whose titles share no country tell of two persons,
each with an id of its own behind a dot: "person/ivan-petrov.kz". Other offices of one country are one person's, unless
people decide otherwise; the parts that they decide on are "person/ivan-petrov.kz.ambassador".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.resolve.clusters import Partition
from kg.resolve.decisions import Decisions

DOT = "."  # never in an id that is made of a name


@dataclass(frozen=True, slots=True)
class Telling:
    """The countries and offices of the titles that one article gives to somebody; ids, offices by their keys."""

    article: str
    countries: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """The articles that surely tell of one person; ``home`` is the country's part of the id, "" where none is told."""

    id: str
    home: str
    tellings: tuple[Telling, ...]

    @property
    def countries(self) -> frozenset[str]:
        """The countries of its titles."""
        return frozenset().union(*(telling.countries for telling in self.tellings))

    @property
    def offices(self) -> frozenset[str]:
        """The offices of its titles."""
        return frozenset().union(*(telling.offices for telling in self.tellings))


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person of a name, with the parts that it is made of."""

    id: str
    parts: tuple[Part, ...]


def whole_id(id_: str) -> str:
    """The id that articles give, of that of a part."""
    return id_.partition(DOT)[0]


def split_name(id_: str, tellings: Iterable[Telling]) -> tuple[Part, ...]:
    """The parts of a name, by country and then by office, in order; the same whatever the order of the articles."""
    parts = []
    for home, told in share(tellings, lambda telling: telling.countries):
        for office, own in share(told, lambda telling: telling.offices):
            parts.append(Part(DOT.join(filter(None, (id_, home, office))), home, own))
    return tuple(sorted(parts, key=lambda part: part.id))


def share(
    tellings: Iterable[Telling], values: Callable[[Telling], frozenset[str]]
) -> Iterator[tuple[str, tuple[Telling, ...]]]:
    """The tellings that common values connect, by the first value of each; those without any under ""."""
    ordered = sorted(tellings, key=lambda telling: telling.article)
    sets = Partition(value for telling in ordered for value in values(telling))
    for telling in ordered:
        first, *rest = sorted(values(telling)) or [""]
        for value in rest:
            sets.join(first, value)
    names = {value: min(members) for value, members in sets.sets.items()}
    found: dict[str, list[Telling]] = {}
    for telling in ordered:
        name = names.get(min(values(telling), default=""), "")
        found.setdefault(name.rpartition("/")[2].lower(), []).append(telling)
    return ((name, tuple(own)) for name, own in sorted(found.items()))


def find_bearers(id_: str, parts: Sequence[Part], decisions: Decisions) -> tuple[Bearer, ...]:
    """Who bears a name: one, unless titles name several countries or people decided that there are more."""
    homes = sorted({part.home for part in parts if part.home})
    if len(homes) < 2:
        return tuple(part_bearers(id_, parts, decisions))
    split = (part_bearers(f"{id_}{DOT}{home}", [p for p in parts if p.home == home], decisions) for home in homes)
    rest = [Bearer(id_, tuple(part for part in parts if not part.home))]
    return (*rest, *(bearer for bearers in split for bearer in bearers))


def part_bearers(id_: str, parts: Sequence[Part], decisions: Decisions) -> Iterator[Bearer]:
    """One bearer of all parts; one of each where a decision keeps any two apart."""
    pairs = ((a.id, b.id) for i, a in enumerate(parts) for b in parts[i + 1 :])
    if any(decisions.find(a, b) is False for a, b in pairs):
        yield from (Bearer(part.id, (part,)) for part in parts)
    else:
        yield Bearer(id_, tuple(parts))


def choose_name(ids: Iterable[str], known: frozenset[str]) -> str:
    """What stands for ids that are one: what the tables know, else the fullest name, else the first."""

    def rank(id_: str) -> tuple[bool, int, str]:
        words = whole_id(id_).rpartition("/")[2].split("-")
        return id_ not in known, -sum(len(word) > 1 for word in words), id_

    return min(ids, key=rank)

"""Bodies of states by their own words and the country: «сенат» of US is the Senate of organizations.tsv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.knowledge.gazetteer import Gazetteer, list_variants, split_words
from kg.knowledge.stems import find_stems
from kg.knowledge.tables import Organization

NATIONAL = frozenset(("forum", "agency", "bank"))


class Bodies:
    """The national bodies of the tables, each by what is left of its names without the country."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._named: dict[tuple[str, int], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for row in gazetteer.tables.organizations:
            for iso2, words in list_names(row, gazetteer):
                for stems in list_variants(words):
                    self._named[iso2, len(words)].append((stems, row.id))

    def find_body(self, words: Sequence[str], iso2: str) -> str | None:
        """The id of the body of a country that these words spell in any case, None if the tables lack it."""
        known = self._named.get((iso2, len(words)), ())
        spelt = [{stem for stem, _ in find_stems(word)} for word in words] if known else []
        fitting = (ident for stems, ident in known if all(s in forms for s, forms in zip(stems, spelt, strict=True)))
        return next(fitting, None)


def list_names(row: Organization, gazetteer: Gazetteer) -> Iterator[tuple[str, list[str]]]:
    """Names of a national body without their country, with the country; names that say none are of its seat."""
    if row.kind not in NATIONAL:
        return
    for text in (row.name_ru, row.abbr_ru, *row.aliases_ru):
        words = split_words(text)
        ends = ((start, find_country(words[start:], gazetteer)) for start in range(1, len(words)))
        start, country = next((end for end in ends if end[1]), (0, ""))
        if country:
            yield country, words[:start]
        elif words and row.members_iso2 == (row.hq_iso2,):
            yield row.hq_iso2, words


def find_country(words: Sequence[str], gazetteer: Gazetteer) -> str:
    """The ISO code of the country that all these words name, "" if none."""
    match = next(gazetteer.find_matches(words), None)
    names = match.names if match is not None and (match.start, match.end) == (0, len(words)) else ()
    return next((n.entity.iso2 for n in names if n.entity.iso2 and n.sort == "name"), "")

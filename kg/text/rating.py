"""How well a person of the tables fits a name in one article: office, country, date, sex, parts of the name."""

from __future__ import annotations

import datetime
from functools import lru_cache

from spacy.tokens import Span, Token

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.stems import fold
from kg.knowledge.tables import Person, TenureRow
from kg.text.language import load_language

REACH = 6  # tokens before a name in which its title stands
SLACK = 400  # days by which dates of tenures may be off


@lru_cache(4)
def list_kinds(gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """Kinds and levels of office by the noun of their titles, folded."""
    kinds: dict[str, frozenset[str]] = {}
    for row in gazetteer.tables.offices:
        known = kinds.get(fold(row.lemma_ru), frozenset())
        kinds[fold(row.lemma_ru)] = known | {row.office_kind, row.level} - {"other"}
    return kinds


def find_kinds(span: Span, gazetteer: Gazetteer) -> frozenset[str]:
    """What offices the title right before a name may mean; none where a verb or a stop stands in between."""
    found: frozenset[str] = frozenset()
    kinds = list_kinds(gazetteer)
    for token in reversed(span.doc[max(0, span.start - REACH) : span.start]):
        if token.pos_ in ("VERB", "PUNCT", "SCONJ", "PRON") or token.is_space:
            break
        found = found or kinds.get(fold(token.lemma_), frozenset())
    return found


def rate(
    person: Person,
    parts: int,
    gazetteer: Gazetteer,
    day: datetime.date | None,
    countries: frozenset[str],
    kinds: frozenset[str],
) -> float:
    """Parts of the name, country in the text, in office on the day or ever, the office that the text names."""
    rows = gazetteer.offices_held.get(person.key, ())
    active = [row for row in rows if in_office(row, day, SLACK)]
    bound = person.country_iso2 in countries
    titled = any(row.office in kinds or gazetteer.tenures.find_kind(row) in kinds for row in active)
    first = any(row.office in ("head_of_state", "head_of_government") for row in rows)
    return 0.5 * min(parts, 2) + 0.8 * bound + 0.6 * bool(active) + 0.2 * bool(rows) + 0.7 * titled + 0.1 * first


def in_office(row: TenureRow, day: datetime.date | None, slack: int) -> bool:
    """Whether a day lies in a tenure, give or take ``slack`` days; an unknown day always does."""
    if day is None:
        return True
    margin = datetime.timedelta(days=slack)
    return (row.start is None or row.start - margin <= day) and (row.end is None or day <= row.end + margin)


def agrees(ending: str, person: Person) -> bool:
    """«Захаровой» is a woman's, «Захаровым» a man's."""
    words = load_language().words
    surname = fold(person.surname_ru.split()[-1] if person.surname_ru else "")
    if surname.endswith(tuple(words["names.men"])):
        return ending not in words["names.notmen"]
    if surname.endswith(tuple(words["names.women"])) and person.sex == "f":
        return ending not in words["names.notwomen"]
    return True


def agrees_in_case(token: Token, surname: str) -> bool:
    """«Алиева» as a subject is a woman's name, else it is a man's in the genitive."""
    words, folded = load_language().words, fold(token.text)
    if not folded.endswith(tuple(words["names.women"])):
        return True
    subject = token.dep_.startswith("nsubj") or "Nom" in token.morph.get("Case", [])
    return fold(surname).endswith(tuple(words["names.women"])) == subject

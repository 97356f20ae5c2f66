"""Names of the tables are found in the forms that texts give them."""

from __future__ import annotations

import pytest

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.tables import load_tables


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_tables())


FORMS = [
    ("Боснии и Герцеговине", "country/BA"),  # words of one letter count
    ("Тринидада и Тобаго", "country/TT"),
    ("Организации Договора о коллективной безопасности", "organization/csto"),
    ("Букингемского дворца", "venue/buckingham-palace"),  # vowels flee in any word of a name
    ("Вестминстерском дворце", "venue/palace-of-westminster"),
    ("Букингемский дворец", "venue/buckingham-palace"),
    ("Египта", "country/EG"),
]


@pytest.mark.parametrize(("text", "ident"), FORMS)
def test_a_name_is_found_whole(gazetteer: Gazetteer, text: str, ident: str) -> None:
    words = text.split()
    (match,) = gazetteer.find_matches(words)
    assert (match.start, match.end) == (0, len(words))
    assert ident in {name.entity.id for name in match.names}

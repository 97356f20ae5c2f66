"""Names inside names, adjectives of cities, halves of compounds: mentions that take no part in events."""

from __future__ import annotations

import pytest

from kg.text.extract import make_mentions
from tests.text.reading import read

INNER = [
    ("Сенат США одобрил договор.", "США", "country/US"),
    ("Визит в Московский Кремль перенесли.", "Московский", "city/moscow"),
    ("Начались женевские переговоры по Сирии.", "женевские", "city/geneva"),
    ("Нью-йоркское совещание закончилось.", "Нью-йоркское", "city/new-york"),
    ("Об этом сообщили в ФСБ России.", "ФСБ России", "organization/fsb"),
    ("Прошли российско-киргизские переговоры.", "российско", "country/RU"),
    ("Прошли российско-киргизские переговоры.", "киргизские", "country/KG"),
    ("Гости собрались в Ростове-на-Дону.", "Ростове-на-Дону", "city/rostov-on-don"),
    ("Они посетили храм Христа Спасителя.", "храм Христа Спасителя", "venue/cathedral-of-christ-the-saviour"),
]
ABSENT = [
    ("Губернатор Московской области приехал в Минск.", "city/moscow"),
    ("Полковник Женевский приехал в Минск.", "city/geneva"),
]


def list_mentions(text: str) -> set[tuple[str, str]]:
    """Stretches of a text with the ids that they mean."""
    doc = read(text)
    return {(doc.text[m.span.start : m.span.end], m.entity.id) for m in make_mentions(doc)}


@pytest.mark.parametrize(("text", "words", "ident"), INNER)
def test_a_name_is_mentioned(text: str, words: str, ident: str) -> None:
    assert (words, ident) in list_mentions(text)


@pytest.mark.parametrize(("text", "ident"), ABSENT)
def test_what_is_larger_or_a_surname_is_no_city(text: str, ident: str) -> None:
    assert ident not in {found for _, found in list_mentions(text)}


def test_events_do_not_see_names_inside_names() -> None:
    doc = read("Начались женевские переговоры по Сирии.")
    assert "city/geneva" not in {e.id for r in doc._.refs for e in r.entities}
    assert "city/geneva" in {r.entity.id for r in doc._.inner}
    assert "city/geneva" in {span.kb_id_ for span in doc.spans["mentions"]}

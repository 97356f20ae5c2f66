"""Names that no table knows: how they read in the nominative, of what kind they are, and what is no name."""

from __future__ import annotations

import pytest

from kg.text.nouns import copy_case, genitive, to_nominative
from tests.text.reading import read

# sentence → (kind, name) that it must name, or must not
NAMED = [
    ("Министры прибыли на озеро Иссык-Куль, а затем обсудили дела Южного Кавказа.", ("Region", "Южный Кавказ")),
    ("Стороны обсудили обстановку в Южно-Китайском море.", ("Region", "Южно-Китайское море")),
    ("Послы стран Африки собрались в Москве.", ("Region", "Африка")),
    ("Ноту вручило российское внешнеполитическое ведомство.", ("Organization", "внешнеполитическое ведомство России")),
    ("Правительства России и Индии подписали соглашение.", ("Organization", "правительство России")),
    ("Сотрудников саудовского посольства отозвали.", ("Organization", "посольство Саудовской Аравии")),
    ("Президент Киргизии прибыл в Берлин и выступил в бундестаге.", ("Organization", "бундестаг")),
    ("Министры побывали на учебном паруснике «Седов».", ("Venue", "учебный парусник «Седов»")),
]
NOT_NAMED = [
    ("Стороны исполняют Алжирское соглашение 2000 года.", "Алжирское"),
    ("Вторым документом стала Астанинская декларация.", "Астанинская"),
    ("Объятия министров удивили прессу. Товарооборот вырос вдвое.", "Товарооборот"),
    ("Прибыл Чрезвычайный и Полномочный Посол в Республике Колумбия.", "Посол"),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_named(text: str, expected: tuple[str, str]) -> None:
    found = {(e.kind, e.name[:1].lower() + e.name[1:]) for ref in read(text)._.refs for e in ref.entities}
    assert (expected[0], expected[1][:1].lower() + expected[1][1:]) in found


@pytest.mark.parametrize(("text", "word"), NOT_NAMED)
def test_not_named(text: str, word: str) -> None:
    assert word not in {e.name for ref in read(text)._.refs for e in ref.entities}


def test_spellings_of_one_body_share_an_id() -> None:
    text = (
        "МИД Турции протестует. Турецкое внешнеполитическое ведомство ждёт. Министерство иностранных дел Турции молчит."
    )
    bodies = {e.id for ref in read(text)._.refs for e in ref.entities if e.kind == "Organization"}
    assert bodies == {"organization/mfa-tr"}


def test_what_has_no_proper_name_stays_within_its_article() -> None:
    venues = [e.id for ref in read("Гостей встретили в аэропорту.")._.refs for e in ref.entities if e.kind == "Venue"]
    assert venues
    assert all(venue.startswith("venue/aeroport-") for venue in venues)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Россия", "России"),
        ("Саудовская Аравия", "Саудовской Аравии"),
        ("Босния и Герцеговина", "Боснии и Герцеговины"),
        ("Республика Корея", "Республики Корея"),
        ("Филиппины", "Филиппин"),
        ("Кот-д’Ивуар", "Кот-д’Ивуара"),
        ("США", "США"),
    ],
)
def test_genitive(name: str, expected: str) -> None:
    assert genitive(name) == expected


def test_adjectives_agree_with_their_noun() -> None:
    assert to_nominative("южного", "gent", "sing", "masc") == "южный"
    assert to_nominative("южного", "gent", "sing", "neut") == "южное"


def test_capitals_are_those_of_each_part() -> None:
    assert copy_case("иссык-куль", "Иссык-Куля") == "Иссык-Куль"
    assert copy_case("мид", "МИДа") == "Мид"
    assert copy_case("оон", "ООН") == "ООН"


@pytest.mark.parametrize("surname", ["Путин", "Токаев", "Эрдоган"])
def test_surnames_of_the_tables_are_known_wherever_they_stand(surname: str) -> None:
    refs = read(f"{surname} встретился с руководителем концерна.")._.refs
    assert [r.entity.name.split()[-1] for r in refs if r.entity.kind == "Person"] == [surname]


def test_venue_of_several_cities_is_that_of_the_city_named() -> None:
    doc = read("Саммит открылся в Минске во Дворце независимости. Токаев представлял Казахстан.")
    assert "venue/independence-palace-minsk" in {e.id for ref in doc._.refs for e in ref.entities}

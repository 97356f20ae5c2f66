"""Names that may be one person's, in whatever spelling and alphabet."""

from __future__ import annotations

import pytest

from kg.resolve.likeness import Named, compare_names, compare_texts, name_keys, sought_name_keys
from kg.resolve.settings import load_settings

CASES = {
    ("Шавкат Мирзиёев", "Шавкат Мирзиеев"): "names_equal",
    ("Мирзиёев Шавкат", "Шавкат Мирзиёев"): "names_equal",
    ("Садыр Жапаров", "Садыр Нургожоевич Жапаров"): "names_within",
    ("Садыр Жапаров", "Sadyr Japarov"): "names_equal",
    ("Шавкат Мирзияев", "Shavkat Mirziyoyev"): "spelled_alike",
    ("Сергеем Лавровым", "Сергей Лавров"): "spelled_alike",
    ("С. Жапаров", "Садыр Жапаров"): "initials",
    ("Жапаров", "Садыр Жапаров"): "one_word",
    ("Садыр Жапаров", "Акылбек Жапаров"): "",
    ("Иван Петров", "Пётр Иванов"): "",
    ("А. Ким", "Б. Ким"): "",
    ("Ли", "Лу"): "",
    ("", "Ли"): "",
}


@pytest.mark.parametrize("names", CASES)
def test_likeness(names: tuple[str, str]) -> None:
    for one, other in (names, names[::-1]):
        assert compare_texts(one, other).partition(" ")[2] == CASES[names]


@pytest.mark.parametrize("names", [names for names, likeness in CASES.items() if likeness])
def test_like_names_find_each_other(names: tuple[str, str]) -> None:
    one, other = (Named(str(number), (name,)) for number, name in enumerate(names))
    assert sought_name_keys(one) & name_keys(other) or sought_name_keys(other) & name_keys(one)


def test_country_and_office_have_a_say() -> None:
    settings, low = load_settings(), load_settings().thresholds["doubt_low"]

    def score(a: str, b: str, *more: tuple[str, str]) -> float:
        told = [tuple(frozenset(filter(None, value.split())) for value in pair) for pair in more or [("", "")]]
        one, other = (
            Named(f"person/{name}", (name,), *pair)
            for name, pair in zip((a, b), told * (1 if more else 2), strict=True)
        )
        return compare_names(one, other, settings).score

    full, short, bare = "Иван Петров", "И. Петров", "Петров"
    assert score(full, full, ("KZ", ""), ("UZ", "")) > low
    assert score(short, full) < low < score(short, full, ("KZ", ""), ("KZ", ""))
    assert score(short, full, ("KZ", ""), ("UZ", "")) < low
    assert score(bare, full, ("KZ", ""), ("KZ", "")) < low < score(bare, full, ("KZ", "envoy"), ("KZ", "envoy"))
    assert compare_names(Named("person/a", ("Садыр Жапаров",)), Named("person/b", ("Акылбек Жапаров",)), settings).veto


@pytest.mark.parametrize(("kind", "vetoed"), [("person", False), ("organization", True), ("venue", True)])
def test_a_longer_name_may_be_of_another_body(kind: str, vetoed: bool) -> None:
    one, other = Named(f"{kind}/a", ("Совет Безопасности",)), Named(f"{kind}/b", ("Совет Безопасности России",))
    assert bool(compare_names(one, other, load_settings()).veto) == vetoed

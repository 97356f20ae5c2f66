"""The curated tables are whole, and every fault that could creep in is found."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.config import data_path
from kg.errors import DataError
from kg.knowledge.checks import check_tables, find_heads
from kg.knowledge.tables import Tables, load_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


def test_shipped_tables_have_no_problem(tables: Tables) -> None:
    assert list(check_tables(tables)) == []


def test_tables_are_not_small(tables: Tables) -> None:
    assert len(tables.persons) > 2000
    assert len(tables.venues) > 400
    assert len(tables.cities) > 1500


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("persons", {"key": "vladimir-putin"}, "stands twice"),
    ("persons", {"key": "Bad Key"}, "malformed"),
    ("persons", {"qid": "q12"}, "no Wikidata id"),
    ("persons", {"name_ru": ""}, "a name is empty"),
    ("persons", {"name_ru": "Пaвел Фаулт"}, "mixes Latin and Cyrillic"),
    ("persons", {"surname_ru": "Небывалов"}, "in none of the names"),
    ("persons", {"sex": "x"}, "sex is"),
    ("persons", {"native_order": "any"}, "native_order is"),
    ("persons", {"country_iso2": "QQ"}, "no country"),
    ("venues", {"city": "atlantis"}, "no city"),
    ("venues", {"iso2": "QQ"}, "no country"),
    ("cities", {"name_en": ""}, "a name is empty"),
    ("cities", {"iso2": "rus"}, "no country"),
    ("organizations", {"members_iso2": ("Россия",)}, "no country"),
    ("countries", {"capital_ru": ""}, "a name is empty"),
    ("offices", {"level": "boss"}, "no level of office"),
    ("tenures", {"person": "nobody"}, "no such person"),
    ("tenures", {"of": "nowhere"}, "neither a country nor an organisation"),
    ("tenures", {"office": "president"}, "no level of office"),
    ("tenures", {"title_ru": ""}, "a name is empty"),
    ("tenures", {"start": datetime.date(2020, 1, 2), "end": datetime.date(2020, 1, 1)}, "before it starts"),
    ("tenures", {"end_precision": "decade"}, "a precision is none of"),
]


@pytest.mark.parametrize(("table", "change", "problem"), FAULTS)
def test_a_fault_is_found_and_named(tables: Tables, table: str, change: dict[str, Any], problem: str) -> None:
    first, *rest = getattr(tables, table)
    rows: Any = (replace(first, **change), *rest)
    found = [line for line in check_tables(replace(tables, **{table: rows})) if problem in line]
    assert found
    assert found[0].startswith(table)


def test_a_repeated_wikidata_id_is_found(tables: Tables) -> None:
    first, *rest = tables.venues
    taken = next(person.qid for person in tables.persons if person.qid)
    broken = replace(tables, venues=(replace(first, qid=taken), *rest))
    assert any("is also of persons" in line for line in check_tables(broken))


@pytest.mark.parametrize("year", range(1996, 2027, 2))
def test_a_title_of_a_head_has_one_holder(tables: Tables, year: int) -> None:
    several = {
        (of, title): persons
        for (of, title), persons in find_heads(tables, datetime.date(year, 6, 15)).items()
        if len(persons) > 1 and of not in ("BA", "LY", "YE")  # a presidency of three, and divided governments
    }
    assert several == {}


CITIES = [
    ("bishkek", "Бишкек", "KG"),
    ("astana", "Астана", "KZ"),
    ("beijing", "Пекин", "CN"),
    ("kyiv", "Киев", "UA"),
    ("washington", "Вашингтон", "US"),
    ("sukhumi", "Сухум", "XA"),
    ("almaty", "Алма-Ата", "KZ"),
    ("new-york", "Нью-Йорк", "US"),
    ("saint-petersburg", "Санкт-Петербург", "RU"),
    ("geneva", "Женева", "CH"),
    ("cholpon-ata", "Чолпон-Ата", "KG"),
    ("khankendi", "Ханкенди", "AZ"),
    ("sharm-el-sheikh", "Шарм-эш-Шейх", "EG"),
]


@pytest.mark.parametrize(("key", "name", "iso2"), CITIES)
def test_known_cities(tables: Tables, key: str, name: str, iso2: str) -> None:
    assert (tables.city[key].name_ru, tables.city[key].iso2) == (name, iso2)


def test_every_capital_is_a_city(tables: Tables) -> None:
    names = {(city.name_ru, city.iso2) for city in tables.cities}
    missing = {c.iso2 for c in tables.countries if (c.capital_ru, c.iso2) not in names}
    assert missing == {"SU"}  # Moscow is RU's


def test_no_city_but_a_capital_is_named_like_a_country(tables: Tables) -> None:
    countries = {country.name_ru for country in tables.countries}
    capitals = {(country.capital_ru, country.iso2) for country in tables.countries}
    assert [c.key for c in tables.cities if c.name_ru in countries and (c.name_ru, c.iso2) not in capitals] == []


def test_partial_dates_keep_their_precision(tables: Tables) -> None:
    row = next(row for row in tables.tenures if row.end_precision == "month")
    assert len(row.until) == 7
    assert row.end is not None
    assert row.end.isoformat().startswith(row.until)


def copy_tables(folder: Path) -> Path:
    for path in data_path("gazetteer").glob("*.tsv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = copy_tables(tmp_path) / "venues.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("kind", "sort", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"venues\.tsv line 1: no column kind"):
        load_tables(tmp_path)


def test_a_bad_date_names_line_and_column(tmp_path: Path) -> None:
    path = copy_tables(tmp_path) / "tenures.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split("\t")
    cells[5] = "2020-13-01"
    path.write_text("\n".join([lines[0], "\t".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"tenures\.tsv line 2: start is '2020-13-01'"):
        load_tables(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"countries\.tsv"):
        load_tables(tmp_path)

"""Bodies of states: those of the tables by their own words and the country, the others by theirs."""

from __future__ import annotations

import pytest

from tests.text.reading import read

BODIES = [
    ("Закон поддержал сенат США.", "organization/united-states-senate"),
    ("В США спорят: конгресс не одобрил закон.", "organization/united-states-congress"),
    ("Закон внесли в госдуму.", "organization/state-duma"),
    ("Депутаты государственной думы уехали.", "organization/state-duma"),
    ("Об этом сообщили в министерстве обороны США.", "organization/u-s-department-of-defense"),
    ("В России ждут: администрация президента ответит завтра.", "organization/presidential-administration-of-russia"),
    ("Сенат Перу закон одобрил.", "organization/senat-pe"),
    ("Боевики движения Хамас отступили.", "organization/hamas"),
]


@pytest.mark.parametrize(("text", "ident"), BODIES)
def test_body(text: str, ident: str) -> None:
    assert ident in {e.id for r in read(text)._.refs for e in r.entities}


def test_one_word_means_the_longer_name_before_it() -> None:
    refs = read("Комиссия посетила Чернобыльскую АЭС. Пожар у АЭС потушен.")._.refs
    assert [r.entity.id for r in refs].count("venue/chernobyl-nuclear-power-plant") == 2

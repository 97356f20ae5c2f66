"""What is found in an article is the same in every process, though sets have another order in each."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

TEXT = (  # two cities each hold as many other events as the other, so that which is the scene must be settled
    "Ответный визит узбекистанской делегации, как рассчитывают в Саратова, придётся на осень. Министерство "
    "иностранных дел выслало 99 дипломатов. Стороны подписали 83 документов, в том числе меморандум о "
    "взаимопонимании. Эрнесту Араужу поблагодарил Андруса Ансипа за тёплый приём. «Отныне граница должна не "
    "разделять, а соединять наши народы», — заявил после этого Жапаров. А в понедельник, 21 ноября, в Каире ждут "
    "груз тестов из Маврикия. В беседе участвовал советник президента Мурат Ломуралов."
)
CODE = """
import datetime, sys, kg
from kg.records import Article
from kg.text.extract import extract_articles
article = Article("a", sys.stdin.read(), title="В Бостоне обсудили торговлю", published=datetime.date(2019, 7, 11))
print(*extract_articles(kg.load("ru"), [article]))
"""


@pytest.mark.slow
def test_the_order_of_sets_makes_no_difference() -> None:
    seeds = ("0", "1", "2")
    processes = [start(seed) for seed in seeds]
    found = {process.communicate(TEXT, timeout=120)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * len(seeds)
    assert len(found) == 1
    assert "person/andrus-ansip" in found.pop()


def start(seed: str) -> subprocess.Popen[str]:
    """A process that reads the article, in which sets have an order of their own."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", CODE], env=environment, stdin=pipe, stdout=pipe, text=True)

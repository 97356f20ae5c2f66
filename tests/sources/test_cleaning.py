"""Cleaning: what stands around an article goes, the article stays to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import Article
from kg.sources.cleaning import clean_article
from kg.sources.reading import ReadSettings
from tests.sources.making import BODY, TEXT, TITLE, make_page, read_all, read_error, read_one, write

NOISE = [
    "Читайте также: Токаев принял посла Франции",
    "ЧИТАЙТЕ ТАКЖЕ",
    "Поделиться",
    "Поделиться: ВКонтакте",
    "VK · Telegram · WhatsApp",
    "ВКонтакте | Одноклассники",
    "Фото: пресс-служба президента Казахстана",
    "На фото: Владимир Путин и Касым-Жомарт Токаев",
    "© Агентство «Пример», 2024",
    "Автор: Иван Петров",
    "Текст: Анна Смирнова",
    "Подписывайтесь на наш канал в Telegram",
    "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
    "1 234 просмотра",
    "Комментарии: 15",
    "3 мин. чтения",
    "* * *",
    "Теги: Россия, Казахстан",
    "Реклама",
    "12 комментариев",
]
KEPT = [
    "АСТАНА, 27 ноября. /ТАСС/. Президент прибыл.",
    "МОСКВА, 3 мар — РИА Новости. Министр заявил о планах.",
    "27 ноября 2024",
    "Поделиться опытом в Астану приехали министры трёх стран.",
    "Фотографии переговоров опубликовала пресс-служба.",
    "Источник в министерстве сообщил, что встреча отложена.",
    "Реклама алкоголя запрещена в пяти странах союза.",
    "Автор резолюции — делегация Египта.",
    "По теме Украины стороны не договорились.",
    "Стороны обсудили следующие вопросы:",
    "— Комментариев не будет, — сказал посол.",
    "Далее делегация отправилась в Алма-Ату.",
    "",
    "О",
]


def clean(text: str) -> str:
    return clean_article(Article("x", text)).text


@pytest.mark.parametrize("line", NOISE)
def test_line_goes(line: str) -> None:
    assert clean(f"{BODY[0]}\n{line}\n{BODY[1]}") == f"{BODY[0]}\n{BODY[1]}"


@pytest.mark.parametrize("line", KEPT)
def test_line_stays(line: str) -> None:
    text = f"{BODY[0]}\n{line}\n{BODY[1]}"
    assert clean(text) == text


def test_list_of_links_goes_up_to_the_next_sentence() -> None:
    links = "Читайте также\nТокаев принял посла Франции\n\nПогода на выходные\n"
    assert clean(f"{BODY[0]}\n{links}{BODY[1]}\nИ подпись") == f"{BODY[0]}\n\n{BODY[1]}\nИ подпись"


def test_end_of_a_line_goes() -> None:
    assert clean(f"{BODY[0]} Читайте также: Погода на выходные") == BODY[0]


def test_long_line_is_no_caption() -> None:
    text = "Фото: " + "выставка о дружбе народов открылась в Бишкеке, сообщает посольство. " * 5
    assert clean(text) == text


def test_offsets_point_into_the_cleaned_text(tmp_path: Path) -> None:
    article = read_one(write(tmp_path / "a.txt", f"{TITLE}\nПоделиться\n{BODY[0]}\nФото: ТАСС\n{BODY[1]}"))
    start = article.content.index("Переговоры")
    assert article.text == f"{BODY[0]}\n{BODY[1]}"
    assert article.content[start : start + 10] == "Переговоры"


def test_id_does_not_hang_on_the_phrases(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"{TITLE}\nПоделиться\n{BODY[0]}")
    raw = read_one(path, settings=ReadSettings(clean=False))
    assert "Поделиться" in raw.text
    assert read_one(path).id == raw.id


def test_nothing_but_buttons_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "Поделиться\nВКонтакте"})
    assert "nothing is left of the article" in read_error(path)


def test_samples_are_clean(articles: Path) -> None:
    assert read_all(articles) == read_all(articles, settings=ReadSettings(clean=False, unique=False))


def test_messy_page(tmp_path: Path) -> None:
    more = """<figure><img src="a.jpg"><figcaption>Фото: пресс-служба</figcaption></figure>
    <div class="share"><a href="#">ВКонтакте</a> <a href="#">Telegram</a></div>
    <p>Читайте также: <a href="/3">Токаев принял посла</a></p>
    <p>Автор: Иван Петров</p><p>Подписывайтесь на наш канал</p>"""
    assert read_one(write(tmp_path / "a.html", make_page(more=more))).text == TEXT

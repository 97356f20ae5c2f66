"""The texts of a corpus as articles: the same characters, and the day of the news where the text tells it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.records import Article, When
from kg.text.calendar import resolve
from kg.text.expression import Expression
from kg.text.expressions import find_expressions
from kg.text.language import load_language
from kg.text.lemmas import find_lemma
from kg.text.tokenizer import split_tokens

SENTENCE_ENDS = (".", "…", ":", ";")
NEWS = 2000  # the first year of news of these corpora: what is older is history
DATED = ("day", "month")  # kinds of expressions whose first value is a year


def read_text(path: Path) -> str:
    """The characters of a file to the letter, for offsets count them. Raises ReadError."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ReadError(str(path), error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ReadError(str(path), f"not UTF-8 at byte {error.start}") from error


def list_files(folder: Path, suffix: str) -> list[Path]:
    """The files of a folder with a suffix, in order of name. Raises ReadError where there is none."""
    files = sorted(path for path in folder.glob(f"*{suffix}") if path.is_file())
    if not files:
        raise ReadError(str(folder), f"holds no {suffix} files")
    return files


def make_article(id: str, text: str) -> Article:
    """An article of ``text``. Its first line is the title, unless it is the only one or ends as a sentence does.

    Offsets in ``content`` are those in ``text`` plus ``find_shift``.
    """
    title, newline, body = text.partition("\n")
    if not newline or title.rstrip().endswith(SENTENCE_ENDS):
        title, body = "", text
    return Article(id, body, title=title, published=find_day(text))


def find_shift(article: Article) -> int:
    """How many characters ``content`` puts before the text: the newline after an empty title."""
    return 0 if article.title else 1


def find_day(text: str) -> datetime.date | None:
    """The latest day that the text names with its year, else the end of the latest such month; None without any.

    News is told on the last day it tells of, or soon after: near enough to know who held an office.
    """
    days = [(kind == "day", bounds[1]) for kind, when in list_dates(text) if (bounds := when.bounds())]
    return max((day for day in days if day[1].year >= NEWS), default=(False, None))[1]


def list_dates(text: str) -> Iterator[tuple[str, When]]:
    """Days and months with a year, each with the kind of its expression."""
    words = [word for _, word in split_tokens(text)]
    lemmas = [find_lemma(word.lower()) for word in words]
    for expression in find_expressions(words, lemmas, load_language("ru")):
        when = resolve(expression, None, False, None) if is_dated(expression) else None
        if when is not None:
            yield expression.kind, when


def is_dated(expression: Expression) -> bool:
    """Whether an expression names a day or a month together with its year."""
    return expression.kind in DATED and expression.values[0] >= 1000

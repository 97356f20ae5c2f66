"""Every format there and back: what was put into a file comes out as the article."""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import ReadError
from kg.records import Article
from kg.sources.readers import read_source
from kg.sources.reading import ReadSettings
from kg.sources.source import AS_IS, Source
from kg.sources.streams import make_stream
from tests.sources.making import (
    ATOM,
    BODY,
    DAY,
    RSS,
    SITE,
    TEXT,
    TITLE,
    URL,
    make_csv,
    make_docx,
    make_page,
    make_parquet,
    make_pdf,
    make_warc,
    make_zip,
    make_zstd,
    pack,
    read_all,
    read_error,
    read_one,
    write,
)

FIELDS = {"title": TITLE, "text": TEXT, "published": DAY, "url": URL, "source": SITE}
WHOLE = ("title", "text", "published", "url", "source")
FORMATS: dict[str, tuple[Callable[[], str | bytes | object], tuple[str, ...]]] = {
    "a.txt": (lambda: f"{TITLE}\n{TEXT}", ("title", "text")),
    "a.json": (lambda: FIELDS, WHOLE),
    "a.jsonl": (lambda: FIELDS, WHOLE),
    "a.csv": (lambda: make_csv([FIELDS]), WHOLE),
    "a.tsv": (lambda: make_csv([FIELDS], "\t"), WHOLE),
    "a.html": (lambda: make_page(), ("title", "text", "published", "source")),
    "a.rss": (lambda: RSS.replace("<item><title>Погода", "<x><title>"), WHOLE),
    "a.atom": (lambda: ATOM, WHOLE),
    "a.xml": (lambda: ATOM, WHOLE),
    "a.warc": (lambda: make_warc([(URL, make_page().encode(), "text/html")], packed=False), WHOLE),
    "a.warc.gz": (lambda: make_warc([(URL, make_page().encode(), "text/html")]), WHOLE),
    "a.docx": (lambda: make_docx("", [TITLE, *BODY]), ("title", "text")),
    "a.pdf": (lambda: make_pdf([TITLE, *BODY]), ("title", "text")),
    "a.parquet": (lambda: make_parquet([FIELDS | {"published": datetime.date(2024, 11, 27)}]), WHOLE),
    "a.json.gz": (lambda: pack(write_json()), WHOLE),
    "a.json.zst": (lambda: make_zstd(write_json()), WHOLE),
    "a.zip": (lambda: make_zip({"folder/a.json": write_json(), "folder/a.png": b"x"}), WHOLE),
    "b.zip": (lambda: make_zip({"a.json.gz": pack(write_json())}), WHOLE),
}


def write_json() -> bytes:
    import json

    return json.dumps(FIELDS).encode()


@pytest.mark.parametrize("name", FORMATS)
def test_round_trip(tmp_path: Path, name: str) -> None:
    make, fields = FORMATS[name]
    article = next(read for read in read_all(write(tmp_path / name, make())) if isinstance(read, Article))
    assert article.title == TITLE
    assert article.text == TEXT
    assert article.lang == "ru"
    assert (article.published == datetime.date(2024, 11, 27)) == ("published" in fields)
    assert (article.url == URL) == ("url" in fields)
    assert (article.source == SITE) == ("source" in fields)


@pytest.mark.parametrize("name", FORMATS)
def test_content_tells_the_format_of_a_file_without_suffix(tmp_path: Path, name: str) -> None:
    make, _ = FORMATS[name]
    assert read_all(write(tmp_path / "news", make())) == read_all(write(tmp_path / name, make()))


@pytest.mark.parametrize("name", FORMATS)
def test_pipe_is_read_like_a_file(tmp_path: Path, name: str) -> None:
    make, _ = FORMATS[name]
    path = write(tmp_path / name, make())
    piped = [read for _, read in read_source(Source(make_stream(path.open("rb").read), "standard input"))]
    filed = read_all(path, settings=AS_IS)
    whole = [read for read in filed if isinstance(read, Article)]
    assert [read for read in piped if isinstance(read, Article)] == whole
    assert len(piped) == len(filed)


def test_pdf(tmp_path: Path) -> None:
    lines = [
        "Talks in Astana",
        "The presidents of two coun-",
        "tries met in Astana",
        "on Wednesday.",
        "They signed a treaty.",
    ]
    article = read_one(write(tmp_path / "a.pdf", make_pdf(["Talks in Astana.", *lines[1:]])))
    assert article.title == "Talks in Astana."
    assert article.text.strip() == "The presidents of two countries met in Astana on Wednesday.\nThey signed a treaty."


def test_pdf_without_text_says_so(tmp_path: Path) -> None:
    assert "no text in this PDF" in read_error(write(tmp_path / "a.pdf", make_pdf([])))


def test_short_page_has_its_one_sentence(tmp_path: Path) -> None:
    article = read_one(write(tmp_path / "a.html", make_page(body=["Путин прибыл в Астану с визитом."])))
    assert article.text == "Путин прибыл в Астану с визитом."


@pytest.mark.parametrize("day", ["1961-04-12", "2024-11-27", "2099-01-01"])
def test_page_has_the_day_that_it_states(tmp_path: Path, day: str) -> None:
    assert str(read_one(write(tmp_path / "a.html", make_page(day=day))).published) == day


def test_page_without_a_day_has_none(tmp_path: Path) -> None:
    page = make_page().replace(f'content="{DAY}T10:15:00+03:00"', "").replace("©", "© 2019")
    assert read_one(write(tmp_path / "a.html", page)).published is None


def test_page_without_main_text(tmp_path: Path) -> None:
    assert "no main text" in read_error(write(tmp_path / "a.html", "<html><body><a href='/'>А</a></body></html>"))


def test_folder_of_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.html", make_page())
    write(tmp_path / "a_files" / "frame.html", make_page(title="Реклама окон", body=["Окна от производителя. " * 9]))
    assert [read.title for read in read_all(tmp_path) if isinstance(read, Article)] == [TITLE]


def test_text_that_is_a_page_is_read_as_one(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.txt", make_page())).text == TEXT


def test_sitemap_holds_no_articles(tmp_path: Path) -> None:
    sitemap = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    assert "kg fetch gets the pages" in read_error(write(tmp_path / "a.xml", sitemap))


def test_feed_gives_an_article_an_item(tmp_path: Path) -> None:
    first, second = read_all(write(tmp_path / "a.xml", RSS))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.published == datetime.date(2024, 11, 27)  # of the place where it was written, not UTC
    assert (second.title, second.text) == ("Погода", "В четверг & пятницу ожидается дождь.")


def test_columns_are_found_by_usual_names_or_as_told(tmp_path: Path) -> None:
    usual = make_csv([{"Заголовок": TITLE, "Текст": TEXT, "Дата": DAY}], ";")
    own = make_csv([{"t": TITLE, "b": TEXT, "text": "не то"}])
    assert read_one(write(tmp_path / "a.csv", usual)).text == TEXT
    settings = ReadSettings(columns=(("title", "t"), ("text", "b")))
    assert read_one(write(tmp_path / "b.csv", own), settings=settings).content == f"{TITLE}\n{TEXT}"
    line = write(tmp_path / "c.jsonl", {"t": TITLE, "b": TEXT})
    assert read_one(line, settings=settings).content == f"{TITLE}\n{TEXT}"
    assert "no column 't'; the columns are заголовок, текст, дата" in read_error(
        write(tmp_path / "d.csv", usual), settings=settings
    )


def test_a_table_without_a_name_is_told_in_any_encoding() -> None:
    raw = make_csv([{"Заголовок": TITLE, "Текст": TEXT, "Дата": DAY}], ";").encode("cp1251")
    ((_, article),) = read_source(Source(io.BytesIO(raw), "standard input"))
    assert isinstance(article, Article)
    assert (article.title, article.text) == (TITLE, TEXT)


def test_paths_of_an_archive_that_lead_out_are_read_like_others(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.zip", make_zip({"../../a.json": write_json()}))).text == TEXT
    assert "no article in this archive" in read_error(write(tmp_path / "b.zip", make_zip({"../.a.json": write_json()})))


def test_rows_that_are_broken_stop_nothing(tmp_path: Path) -> None:
    raw = 'title,text\nа,"б\nв"\nг\n\nд,\nе,"ж"\n'.encode()
    long = b"x," + b"y" * 3000 + b"\n"
    path = write(tmp_path / "a.csv", raw + long + "з,и\n".encode())
    reads = read_all(path, limit=2000)
    assert [read.content for read in reads if isinstance(read, Article)] == ["а\nб\nв", "е\nж", "з\nи"]
    assert [str(read).removeprefix(str(path)) for read in reads if isinstance(read, ReadError)] == [
        " line 4: 1 columns, the header has 2",
        ' line 6: no "text"',
        " line 8: longer than the limit of 2,000 bytes",
    ]


def test_quote_that_does_not_end_costs_its_own_row(tmp_path: Path) -> None:
    rows = [f"{number},текст {number}\n" for number in range(3, 2000)]
    path = write(tmp_path / "a.csv", f'title,text\n1,"незакрытая кавычка\n2,"да"\n{"".join(rows)}')
    error, *rest = read_all(path)
    assert str(error).startswith(f"{path} line 2: ")
    assert [read.title for read in rest if isinstance(read, Article)] == [str(number) for number in range(2, 2000)]


def test_value_that_is_broken_costs_its_own_row(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    texts = [f"{TEXT} {number}".encode() + (b"\xff" if number == 2 else b"") for number in range(5)]
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array(texts, pyarrow.binary()).view("string")}), path)
    reads = read_all(path)
    assert [isinstance(read, Article) for read in reads] == [True, True, False, True, True]
    assert str(reads[2]).startswith(f"{path} row 3: a broken value")


def test_ids_that_differ_in_how_letters_are_composed_are_one(tmp_path: Path) -> None:
    lines = [{"id": "й", "text": TEXT}, {"id": "и\u0306", "text": f"{TEXT} Ещё."}]
    path = write(tmp_path / "a.jsonl", "\n".join(json.dumps(line) for line in lines))
    first, second = read_all(path)
    assert isinstance(first, Article)
    assert "was read before in this run" in str(second)


def test_feed_that_breaks_off_costs_its_last_item(tmp_path: Path) -> None:
    article, error = read_all(write(tmp_path / "a.xml", RSS[: RSS.index("ожидается")]))
    assert isinstance(article, Article)
    assert str(error) == f"{tmp_path / 'a.xml'} item 2: the feed breaks off in line 6"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "title,text\n", "no row below the header"),
        ("a.csv", "text,title,text\nа,б,в\n", "two columns are called 'text'"),
        ("a.json", [], "no article in this list"),
        ("a.docx", make_docx("Word Document", []), "no text in this document"),
    ],
    ids=["header only", "two columns", "empty list", "empty document"],
)
def test_file_without_an_article_is_told(
    tmp_path: Path, name: str, content: str | bytes | list[object], message: str
) -> None:
    assert message in read_error(write(tmp_path / name, content))


def test_table_without_text(tmp_path: Path) -> None:
    assert "no column for the text; the columns are a, b" in read_error(write(tmp_path / "a.csv", "a,b\n1,2\n"))


@pytest.mark.parametrize("headers", [[("Content-Encoding", "gzip")], []], ids=["packed", "truncated"])
def test_page_that_did_not_come_whole_is_told(tmp_path: Path, headers: list[tuple[str, str]]) -> None:
    body = pack(make_page().encode())[:300] if headers else make_page().encode()
    out = io.BytesIO()
    status = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
    marks = {} if headers else {"WARC-Truncated": "length"}
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(URL, "response", io.BytesIO(body), http_headers=status, warc_headers_dict=marks)
    )
    assert ("breaks off" if headers else "did not come whole") in read_error(
        write(tmp_path / "a.warc.gz", out.getvalue())
    )


def test_format_can_be_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.log", make_csv([FIELDS]))
    assert read_one(path, settings=ReadSettings(form=".csv")).text == TEXT
    packed = write(tmp_path / "b.gz", pack(make_csv([FIELDS]).encode()))
    assert read_one(packed, settings=ReadSettings(form=".csv")).text == TEXT


def test_archive_keeps_only_pages_that_came_whole(tmp_path: Path) -> None:
    pages = [
        (URL, make_page().encode("cp1251"), "text/html; charset=windows-1251"),
        ("https://news.example/a.png", b"\x89PNG", "image/png"),
        ("https://news.example/feed", RSS.encode(), "application/rss+xml"),
        ("https://news.example/broken", b"\xff\x00", "text/plain"),
    ]
    article, error = read_all(write(tmp_path / "a.warc.gz", make_warc(pages)))
    assert isinstance(article, Article)
    assert (article.url, article.text) == (URL, TEXT)
    assert "record 4 (https://news.example/broken): not " in str(error)


def test_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    raw = make_warc([(URL, make_page().encode(), "text/html"), (URL, make_page().encode(), "text/html")], packed=False)
    article, error = read_all(write(tmp_path / "a.warc", raw[:-200]))
    assert isinstance(article, Article)
    assert "the last WARC record breaks off" in str(error)


def test_chunks_and_compression_of_responses_are_undone(tmp_path: Path) -> None:
    body = pack(make_page().encode())
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    block = head + chunks
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    assert read_one(write(tmp_path / "a.warc", record)).text == TEXT


@pytest.mark.parametrize(
    ("module", "name", "content", "extra"),
    [
        ("pypdf", "a.pdf", make_pdf(["a"]), "office"),
        ("docx", "a.docx", make_docx("", ["a"]), "office"),
        ("pyarrow.parquet", "a.parquet", b"PAR1", "parquet"),
        ("zstandard", "a.txt.zst", make_zstd(b"a"), "zstd"),
    ],
)
def test_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, content: bytes, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    error = read_error(write(tmp_path / name, content))
    assert error.endswith(f"to read it, install: pip install 'diplomatic-kg[{extra}]'")

"""Files made to do harm: each is an article or one clear error, in bounded memory."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.records import Article
from kg.sources.readers import READERS
from kg.sources.source import AS_IS
from kg.sources.warc import LINE
from tests.sources.making import (
    TEXT,
    make_docx,
    make_page,
    make_parquet,
    make_warc,
    make_zip,
    make_zstd,
    pack,
    read_all,
    read_error,
    write,
)

MEGABYTE = 2**20
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ха-ха">{}]>
<rss version="2.0"><channel><item><title>&j;</title><description>&j;</description></item></channel></rss>""".format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
)
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>"""


def write_line(path: Path, size: int) -> Path:
    """A file of one line of zeros, which takes no room on the disk, and an article after it."""
    with path.open("wb") as out:
        out.seek(size)
        out.write(b'\n{"text": "b"}')
    return path


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix != ".sitemap"])
def test_endless_line_is_refused_in_bounded_memory(tmp_path: Path, suffix: str) -> None:
    read_all(write(tmp_path / f"b{suffix}", b"x"))  # what it imports is not counted, nor is the window of likenesses
    path = write_line(tmp_path / f"a{suffix}", 50 * MEGABYTE)
    tracemalloc.start()
    reads = read_all(path, limit=MEGABYTE, settings=AS_IS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(reads[0], ReadError)
    after = ["b"] if suffix in (".jsonl", ".ndjson") else []
    assert [read.text for read in reads if isinstance(read, Article)] == after
    assert peak < 8 * MEGABYTE


def test_line_of_300_megabytes_takes_no_more_memory_than_the_limit(tmp_path: Path) -> None:
    path = write_line(tmp_path / "a.jsonl", 300 * MEGABYTE)
    code = (
        "import resource, sys; from kg.sources.reading import read_articles\n"
        "start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(*(str(read) for read in read_articles([sys.argv[1]])), sep='\\n')\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)"
    )
    result = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    error, article, megabytes = result.stdout.splitlines()
    assert error.endswith("line 1: longer than the limit of 67,108,864 bytes")
    assert "text='b'" in article
    assert int(megabytes) < 200  # the limit twice: read, and cut


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv", ".html", ".warc"])
def test_gigabyte_of_zeros_in_a_megabyte(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}.gz"
    block = pack(b"\0" * MEGABYTE)
    path.write_bytes(block * 1024)
    reads = read_all(path, limit=MEGABYTE)
    assert reads
    assert all(isinstance(read, ReadError) for read in reads)
    assert "longer than the limit" in str(reads[0]) or "a compression bomb" in str(reads[0]) or "WARC" in str(reads[0])


def test_lines_of_a_bomb_are_not_read_to_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl.gz", pack(b"\n" * 100 * MEGABYTE))
    assert "a compression bomb: " in read_error(path, limit=MEGABYTE)


def test_zstd_bomb(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl.zst", make_zstd(b"\n" * 100 * MEGABYTE))
    assert "a compression bomb: " in read_error(path, limit=MEGABYTE)


def test_zip_of_many_bombs_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", make_zip({f"{n}.jsonl": b"\n" * 20 * MEGABYTE for n in range(9)}))
    reads = read_all(path, limit=MEGABYTE)
    assert len(reads) < 9
    assert all("a compression bomb" in str(read) for read in reads)


def test_archives_in_archives_end(tmp_path: Path) -> None:
    raw = b'{"text": "a"}'
    for _ in range(9):
        raw = make_zip({"a.zip": raw})
    assert "more than 3 archives, one in another" in read_error(write(tmp_path / "a.zip", raw))


def test_archive_with_endless_directory(tmp_path: Path) -> None:
    raw = make_zip({f"{n}.txt": b"" for n in range(2000)})
    assert "too many files for the limit" in read_error(write(tmp_path / "a.zip", raw), limit=MEGABYTE // 8)


def test_encrypted_archive(tmp_path: Path) -> None:
    raw = bytearray(make_zip({"a.txt": b"abc"}))
    raw[6] |= 1
    raw[raw.find(b"PK\1\2") + 8] |= 1
    assert "encrypted" in read_error(write(tmp_path / "a.zip", bytes(raw)))


def test_archive_members_cannot_leave_it(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", "тайна")
    path = write(tmp_path / "x" / "a.zip", make_zip({"../secret.txt": b"a", "a.txt": b"b"}))
    # the member is read for what it is, and the file that its path would lead to is not
    assert [read.title for read in read_all(path) if isinstance(read, Article)] == ["a", "b"]


@pytest.mark.parametrize("raw", [BOMB, OUTSIDE, BOMB.encode("utf-16")], ids=["bomb", "outside", "utf-16"])
def test_entities_are_refused(tmp_path: Path, raw: str | bytes) -> None:
    assert "declares XML entities" in read_error(write(tmp_path / "a.xml", raw))


def test_entities_in_a_word_document_are_not_expanded(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx("", ["x"]))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            body = old.read(info)
            if info.filename == "word/document.xml":
                body = BOMB.replace("rss version", "w").encode()
            new.writestr(info, body)
    (read,) = read_all(write(tmp_path / "a.docx", out.getvalue()))
    assert isinstance(read, ReadError)


def test_word_document_that_swells(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", make_docx("", ["x" * 10 * MEGABYTE]))
    assert "bytes unpacked, longer than the limit" in read_error(path, limit=MEGABYTE)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("form", ["pdf", "docx", "parquet", "warc", "warc.gz", "zip", "gz", "html", "xml", "csv"])
def test_noise_is_a_clear_error(tmp_path: Path, form: str, seed: int) -> None:
    heads = {"pdf": b"%PDF-1.7\n", "docx": b"PK\3\4", "parquet": b"PAR1", "warc": b"WARC/1.0\r\n", "zip": b"PK\3\4"}
    noise = heads.get(form, b"") + random.Random(seed).randbytes(20_000)
    path = write(tmp_path / f"a.{form}", noise)
    for read in read_all(path):
        assert isinstance(read, ReadError)
        assert str(read).startswith(str(path))


@pytest.mark.parametrize("seed", range(20))
def test_files_with_flipped_bytes_raise_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = {
        "a.docx": make_docx("", [TEXT]),
        "a.parquet": make_parquet([{"text": TEXT}] * 50),
        "a.warc.gz": make_warc([("http://a/", make_page().encode(), "text/html")] * 3),
        "a.warc": make_warc([("http://a/", make_page().encode(), "text/html")] * 3, packed=False),
        "a.zip": make_zip({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}),
        "a.txt.gz": pack(TEXT.encode()),
        "a.html": make_page().encode(),
    }
    for name, raw in whole.items():
        broken = bytearray(raw)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path = write(tmp_path / name, bytes(broken[: chance.randint(1, len(broken))]))
        for read in read_all(path):
            assert not isinstance(read, ReadError) or str(read).startswith(str(path))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + TEXT,
        "<html><body><p>" + TEXT + "<p><b><i></p></b><table><tr><p>" * 200,
        "<html>" + "<a href='" * 5000,
        "<html><body><p>" + TEXT.replace(" ", "&#0;&#xD800;&bogus; ") + "</p>",
        "<!doctype html><html><![CDATA[" + TEXT,
        "<html><script>" + "<!--" * 9999,
    ],
)
def test_broken_html_is_an_article_or_an_error(tmp_path: Path, page: str) -> None:
    for read in read_all(write(tmp_path / "a.html", page)):
        assert isinstance(read, Article | ReadError)


def test_page_of_nothing_but_tags_is_not_parsed(tmp_path: Path) -> None:
    page = "<html><body>" + "<a href='/x'>Новость дня</a>" * 30_000
    assert "more than 50,000 tags" in read_error(write(tmp_path / "a.html", page))


def test_headers_without_end(tmp_path: Path) -> None:
    raw = b"WARC/1.0\r\n" + b"X-Header: y\r\n" * (LINE // 8)
    assert "headers longer than" in read_error(write(tmp_path / "a.warc", raw))


def test_feed_that_looks_like_an_address_is_not_opened(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.xml", "<rss><channel><item><title>тайна</title></item></channel></rss>")
    assert "not a feed" in read_error(write(tmp_path / "a.xml", os.fsencode(secret)))

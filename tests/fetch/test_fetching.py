"""Fetching: what a real server has stands in the archive, within all limits, and is read from there."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from kg.cli import app
from kg.errors import FetchError
from kg.fetch.fetching import Fetched, fetch_pages
from kg.fetch.settings import FetchSettings
from kg.records import Article
from tests.fetch.serving import PAGES, Paper, make_news, serve_paper
from tests.sources.making import TEXT, read_all

LOCAL = ("127.0.0.1/32",)
QUICK = FetchSettings(delay=0, seconds=5, allowed=LOCAL)


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serve_paper() as served:
        yield served


def fetch(path: Path, *urls: str, settings: FetchSettings = QUICK) -> list[Fetched | FetchError]:
    return list(fetch_pages(urls, path, settings))


def fail(path: Path, url: str, settings: FetchSettings = QUICK) -> str:
    (error,) = fetch(path, url, settings=settings)
    assert isinstance(error, FetchError), error
    return str(error)


def list_records(path: Path) -> list[tuple[str, str]]:
    """What other software sees in an archive: kind and status of each record."""
    with path.open("rb") as stream:
        return [
            (record.rec_type, record.http_headers.get_statuscode() if record.http_headers else "")
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.raw_stream.read() is not None
        ]


def test_fifty_pages_in_three_encodings(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    outcomes = fetch(path, f"{paper.host}/sitemap.xml")
    assert [outcome for outcome in outcomes if isinstance(outcome, FetchError)] == []
    assert sum(isinstance(outcome, Fetched) and outcome.links is None for outcome in outcomes) == PAGES
    articles = {read.url: read for read in read_all(path) if isinstance(read, Article)}
    assert len(articles) == PAGES == len(read_all(path))
    for number in range(PAGES):
        title, lines = make_news(number)
        article = articles[f"{paper.host}/page/{number}"]
        assert (article.title, article.text.split("\n")) == (title, lines)
        assert str(article.published) == "2024-11-27"
    assert list_records(path) == [("warcinfo", ""), *[("response", "200")] * (PAGES + 3)]


def test_feed_leads_to_its_pages(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    first, *pages = fetch(path, f"{paper.host}/feed", f"{paper.host}/page/1")
    assert isinstance(first, Fetched)
    assert first.links == 2
    assert sorted(page.url for page in pages if isinstance(page, Fetched)) == [
        f"{paper.host}/page/1",
        f"{paper.host}/page/2",
    ]
    assert [read.title for read in read_all(path) if isinstance(read, Article)] == [make_news(n)[0] for n in (1, 2)]


def test_unchanged_pages_are_not_fetched_again(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    urls = [f"{paper.host}/page/{number}" for number in (1, 2, 3)]
    fetch(path, *urls)
    paper.versions[2] = "Добавлено позднее о Каракасе."
    size = path.stat().st_size
    outcomes = fetch(path, *urls)
    assert [outcome.changed for outcome in outcomes if isinstance(outcome, Fetched)] == [False, True, False]
    assert path.stat().st_size > size
    texts = [read.text for read in read_all(path) if isinstance(read, Article)]
    assert sum("Каракасе" in text for text in texts) == 1
    assert len(texts) == 4


def test_page_that_came_packed_and_in_chunks(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    fetch(path, f"{paper.host}/packed/7")
    assert [read.title for read in read_all(path) if isinstance(read, Article)] == [make_news(7)[0]]
    assert list_records(path)[-1] == ("response", "200")


def test_redirects_are_followed_and_kept(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    fetch(path, f"{paper.host}/moved/page/3")
    assert [read.url for read in read_all(path) if isinstance(read, Article)] == [f"{paper.host}/page/3"]
    assert [status for _, status in list_records(path)] == ["", "302", "200"]
    assert "more than 5 redirects" in fail(path, f"{paper.host}/circle/1")


def test_private_addresses_are_refused(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    for host in (paper.host, paper.host.replace("127.0.0.1", "localhost")):
        error = fail(path, f"{host}/page/1", FetchSettings(delay=0))
        assert "a private address; --allow-private lets them be fetched" in error
    assert paper.asked == []


def test_redirects_to_private_addresses_are_refused(tmp_path: Path, paper: Paper) -> None:
    error = fail(tmp_path / "news.warc.gz", f"{paper.host}/away/page/1")
    assert "127.0.0.2 is a private address" in error
    assert "/page/1" not in paper.paths()


def test_robots_are_obeyed(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    assert "robots.txt does not want it" in fail(path, f"{paper.host}/private/a.html")
    assert paper.paths() == ["/robots.txt"]
    assert paper.asked[0][1]["User-Agent"].startswith("diplomatic-kg/")


@pytest.mark.parametrize(
    ("robots", "fetched"), [("404", True), ("500", False), ("User-agent: *\nCrawl-delay: 3600", False)]
)
def test_robots_that_are_missing_or_out_of_order(tmp_path: Path, paper: Paper, robots: str, fetched: bool) -> None:
    paper.robots = robots
    (outcome,) = fetch(tmp_path / "news.warc.gz", f"{paper.host}/page/1")
    assert isinstance(outcome, Fetched) == fetched
    assert ("/page/1" in paper.paths()) == fetched


@pytest.mark.parametrize(("robots", "pause"), [("", 500), ("User-agent: *\nCrawl-delay: 50", 50)])
def test_requests_to_a_host_keep_their_distance(
    tmp_path: Path, paper: Paper, monkeypatch: pytest.MonkeyPatch, robots: str, pause: int
) -> None:
    sleeps: list[float] = []
    monkeypatch.setattr("time.sleep", sleeps.append)
    paper.robots = robots
    settings = FetchSettings(delay=0 if robots else 500, allowed=LOCAL)
    fetch(tmp_path / "news.warc.gz", f"{paper.host}/page/1", f"{paper.host}/page/2", settings=settings)
    assert paper.paths() == ["/robots.txt", "/page/1", "/page/2"]
    assert len(sleeps) == 2  # before each page, as robots.txt was a request too
    assert all(0 < sleep <= pause for sleep in sleeps)


def test_busy_server_is_asked_once_more(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    fetch(path, f"{paper.host}/busy")
    assert [read.text for read in read_all(path) if isinstance(read, Article)] == [TEXT]


@pytest.mark.parametrize("part", ["head", "body"])
def test_answer_that_never_ends_is_given_up(tmp_path: Path, paper: Paper, part: str) -> None:
    settings = FetchSettings(delay=0, seconds=0.7, allowed=LOCAL)
    assert "no whole answer within 0.7 seconds" in fail(
        tmp_path / "news.warc.gz", f"{paper.host}/slow/{part}", settings
    )


def test_large_answer_is_given_up(tmp_path: Path, paper: Paper) -> None:
    settings = FetchSettings(delay=0, size=1000, allowed=LOCAL)
    error = fail(tmp_path / "news.warc.gz", f"{paper.host}/large/100000", settings)
    assert "longer than the limit of 1,000 bytes" in error


def test_as_many_as_allowed(tmp_path: Path, paper: Paper) -> None:
    settings = FetchSettings(delay=0, most=5, allowed=LOCAL)
    outcomes = fetch(tmp_path / "news.warc.gz", f"{paper.host}/sitemap.xml", settings=settings)
    assert sum(isinstance(outcome, Fetched) for outcome in outcomes) == 5
    assert str(outcomes[-1]).endswith("not fetched, as others after it: --max was reached")
    assert len(outcomes) == 6


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "HTTP 404"),
        ("/broken", "RemoteProtocolError"),
        ("/bomb.xml", "a broken sitemap: DTDForbidden"),
        ("/foreign.xml", "a broken sitemap: "),
    ],
)
def test_what_is_broken_is_told(tmp_path: Path, paper: Paper, path: str, message: str) -> None:
    assert message in fail(tmp_path / "news.warc.gz", paper.host + path)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "news", "http://u:p@a.example/", "http://[::1", "http://a b/"]
)
def test_what_is_no_address_of_a_page_is_told(tmp_path: Path, url: str) -> None:
    assert "address" in fail(tmp_path / "news.warc.gz", url)


def test_record_that_was_not_written_whole_is_cut_off(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    fetch(path, f"{paper.host}/page/1", f"{paper.host}/page/2")
    path.write_bytes(path.read_bytes()[:-100])
    fetch(path, f"{paper.host}/page/1", f"{paper.host}/page/2")
    assert [read.title for read in read_all(path) if isinstance(read, Article)] == [make_news(n)[0] for n in (1, 2)]
    assert list_records(path)[-1] == ("response", "200")


def test_archive_that_is_broken_in_the_middle_is_left_alone(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    fetch(path, f"{paper.host}/page/1", f"{paper.host}/page/2")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 50] = bytes(50)
    path.write_bytes(raw)
    with pytest.raises(FetchError, match="nothing was added to it"):
        fetch(path, f"{paper.host}/page/1")
    assert path.read_bytes() == raw


def test_archive_of_one_member_that_breaks_off_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    raw = gzip.compress(os.urandom(300_000))[:-1000]
    path.write_bytes(raw)
    with pytest.raises(FetchError, match="not a whole web archive"):
        fetch(path, "http://127.0.0.1:9/")
    assert path.read_bytes() == raw


def test_other_files_are_not_written_over(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_text("важное")
    with pytest.raises(FetchError, match="not a web archive"):
        fetch(path, f"{paper.host}/page/1")
    assert path.read_text() == "важное"


def test_command(tmp_path: Path, paper: Paper) -> None:
    path = tmp_path / "news.warc.gz"
    arguments = ["fetch", "-", f"{paper.host}/none", "-o", str(path), "--allow-private", "--delay", "0"]
    result = CliRunner().invoke(app, arguments, input=f"# pages\n{paper.host}/page/1\n\n{paper.host}/page/2\n")
    assert result.exit_code == 1
    assert result.stderr == f"kg: {paper.host}/none: HTTP 404 Not Found\n"
    assert [line.strip("│ ").split()[-1] for line in result.stdout.splitlines() if "saved" in line] == ["2"]
    built = CliRunner().invoke(app, ["build", str(path), "--store", str(tmp_path / "store")])
    assert built.exit_code == 0, built.output
    assert CliRunner().invoke(app, ["fetch", "http://a.example", "-o", "x.html"]).exit_code == 2

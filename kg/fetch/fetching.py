"""Addresses to an archive: pages, and the pages that sitemaps and feeds list."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FetchError
from kg.fetch.addresses import parse_url
from kg.fetch.archive import Archive
from kg.fetch.client import Answer, Client
from kg.fetch.listings import find_links
from kg.fetch.robots import LONGEST_DELAY, Manners
from kg.fetch.settings import FetchSettings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
PAUSE = re.compile(r"[0-9]{1,6}")  # seconds
DEPTH = 3  # an index of sitemaps, a sitemap, a page


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address that was answered: ``changed`` is false for a page that is still as it is in the archive.

    ``links`` is how many addresses it lists; None for a page.
    """

    url: str
    changed: bool
    size: int
    links: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An address to fetch, and how many lists led to it."""

    url: str
    depth: int = 0


def fetch_pages(urls: Iterable[str], path: Path, settings: FetchSettings) -> Iterator[Fetched | FetchError]:
    """What became of each address; those that sitemaps and feeds list come after those that were given.

    Answers are added to the archive at ``path`` as they come. Raises FetchError if that cannot be written.
    """
    with closing(Archive(path)) as archive, closing(Client(settings)) as client:
        yield from Fetcher(archive, client, settings).run(urls)


class Fetcher:
    """A run: addresses that wait, and those that were met."""

    def __init__(self, archive: Archive, client: Client, settings: FetchSettings) -> None:
        self.archive, self.client, self.settings = archive, client, settings
        self.manners = Manners(settings, lambda url: self.follow_plain(url))
        self.waiting: deque[Task] = deque()
        self.met: set[str] = set()
        self.left: list[str] = []

    def run(self, urls: Iterable[str]) -> Iterator[Fetched | FetchError]:
        """What became of each address, up to as many as are allowed."""
        for url in urls:
            yield from self.enqueue(url, 0)
        while self.waiting:
            yield from self.fetch(self.waiting.popleft())
        yield from (FetchError(url, "not fetched, as others after it: --max was reached") for url in self.left)

    def enqueue(self, url: str, depth: int, base: str = "") -> Iterator[FetchError]:
        """Let an address wait, unless it was met or there are enough; yields what is wrong with one that is none."""
        try:
            parsed = parse_url(url, base)
        except FetchError as error:
            yield error
            return
        if parsed in self.met:
            return
        if len(self.met) >= self.settings.most:
            self.left = self.left or [parsed]
        else:
            self.met.add(parsed)
            self.waiting.append(Task(parsed, depth))

    def fetch(self, task: Task) -> Iterator[Fetched | FetchError]:
        """Fetch an address and take up what it lists."""
        try:
            answer = self.follow(task.url)
            links = find_links(answer, self.settings.size) if answer.status == 200 else None
        except FetchError as error:
            yield FetchError(task.url, error.what) if error.url == task.url else error
            return
        yield Fetched(task.url, answer.status == 200, len(answer.body), None if links is None else len(links))
        for link in links or () if task.depth < DEPTH else ():
            yield from self.enqueue(link, task.depth + 1, answer.url)

    def follow(self, url: str) -> Answer:
        """The answer at the end of redirects, stored on the way. Raises FetchError for any but 200 and 304."""
        for _ in range(self.settings.redirects + 1):
            self.manners.check(url)
            answer = self.ask(url)
            if answer.status == 304 and url in self.archive.versions:
                return answer
            if answer.status != 200 and answer.status not in REDIRECTS:
                raise FetchError(url, f"HTTP {answer.status} {answer.reason}".rstrip())
            self.archive.add(answer)
            if answer.status == 200:
                return answer
            url = parse_url(answer.header("location"), url)
        raise FetchError(url, f"more than {self.settings.redirects} redirects")

    def ask(self, url: str) -> Answer:
        """What a server answers, asked once more if it is busy and says for how long."""
        version = self.archive.versions.get(url)
        conditions = version.conditions() if version else {}
        answer = self.client.get(url, conditions)
        pause = answer.header("retry-after")
        if answer.status in BUSY and PAUSE.fullmatch(pause) and int(pause) <= LONGEST_DELAY:
            time.sleep(int(pause))
            return self.client.get(url, conditions)
        return answer

    def follow_plain(self, url: str) -> Answer:
        """The answer at the end of redirects, for robots.txt. Raises FetchError."""
        for _ in range(self.settings.redirects + 1):
            answer = self.client.get(url, {})
            if answer.status not in REDIRECTS:
                return answer
            url = parse_url(answer.header("location"), url)
        raise FetchError(url, "too many redirects")

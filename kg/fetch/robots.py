"""What hosts want to be left alone (robots.txt), and how long they want us to wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from kg.errors import FetchError
from kg.fetch.client import Answer
from kg.fetch.settings import FetchSettings

LONGEST_DELAY = 60.0
LARGEST = 500 * 1024  # bytes; RFC 9309 wants this much to be read

Get = Callable[[str], Answer]


class Manners:
    """The rules of each host that was met, and when it was asked last."""

    def __init__(self, settings: FetchSettings, get: Get) -> None:
        self.settings, self.get = settings, get
        self.rules: dict[str, Protego | str] = {}
        self.last: dict[str, float] = {}

    def check(self, url: str) -> None:
        """Wait until the host may be asked again. Raises FetchError if it does not want the page to be fetched."""
        host = find_host(url)
        rules = self.find_rules(host)
        if isinstance(rules, str):
            raise FetchError(url, f"robots.txt cannot be read ({rules}), so that nothing may be fetched")
        if not rules.can_fetch(url, self.settings.agent):
            raise FetchError(url, "robots.txt does not want it to be fetched")
        wanted = rules.crawl_delay(self.settings.agent) or 0.0
        if wanted > LONGEST_DELAY:
            raise FetchError(url, f"robots.txt wants {wanted:g} seconds between requests, which is too long to wait")
        self.wait(host, max(self.settings.delay, wanted))

    def find_rules(self, host: str) -> Protego | str:
        """The rules of a host, or why they cannot be known; they are asked for once."""
        if host not in self.rules:
            self.wait(host, self.settings.delay)
            try:
                self.rules[host] = parse_rules(self.get(f"{host}/robots.txt"))
            except FetchError as error:
                self.rules[host] = error.what
        return self.rules[host]

    def wait(self, host: str, delay: float) -> None:
        """Sleep for what is left of the delay since the host was asked last."""
        left = self.last.get(host, float("-inf")) + delay - time.monotonic()
        if left > 0:
            time.sleep(left)
        self.last[host] = time.monotonic()


def find_host(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def parse_rules(answer: Answer) -> Protego | str:
    """The rules that a host answers; none where it has none (RFC 9309: 4xx), all where it is out of order (5xx)."""
    if answer.status >= 500 or answer.status == 429:
        return f"HTTP {answer.status}"
    text = answer.body[:LARGEST].decode("utf-8", errors="replace") if answer.status == 200 else ""
    return Protego.parse(text)

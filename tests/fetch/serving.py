"""A real web server on this machine: a paper of 50 pages, and addresses that behave badly."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.sources.making import make_page

ENCODINGS = ("utf-8", "windows-1251", "koi8-r")
PAGES = 50
PEOPLE = ("Президент", "Премьер-министр", "Министр иностранных дел", "Посол", "Спикер парламента")
PLACES = ("Астане", "Бишкеке", "Ташкенте", "Минске", "Ереване", "Баку", "Анкаре", "Пекине", "Дели", "Каире")


@dataclass
class Paper:
    """What the server has, and what it was asked for."""

    host: str = ""
    robots: str = "User-agent: *\nDisallow: /private/*.html$\nAllow: /\n"
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    versions: dict[int, str] = field(default_factory=dict)
    busy: int = 0

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]


def make_news(number: int, version: str = "") -> tuple[str, list[str]]:
    """Title and lines of a page, unlike those of all others."""
    who, where = PEOPLE[number % 5], PLACES[number // 5]
    first = f"{who} {number} ноября провёл в {where} переговоры по вопросу номер {number * 17}. {version}".strip()
    return f"{who} провёл переговоры в {where}", [first, f"Стороны обсудили {number + 3} проектов и подписали договор."]


def find_encoding(number: int) -> str:
    """The encoding of a page."""
    return ENCODINGS[number % 3]


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        paper: Paper = self.server.paper
        paper.asked.append((self.path, dict(self.headers)))
        name, _, rest = self.path.lstrip("/").partition("/")
        action = getattr(self, f"get_{name.replace('.', '_')}", None)
        if action is None:
            self.answer(404, b"no such page", "text/plain")
        else:
            action(paper, rest)

    def answer(self, status: int, body: bytes, content: str, **more: str) -> None:
        """One whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", content)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_robots_txt(self, paper: Paper, _: str) -> None:
        if paper.robots.isdecimal():
            self.answer(int(paper.robots), b"", "text/plain")
        else:
            self.answer(200, paper.robots.encode(), "text/plain")

    def get_sitemap_xml(self, paper: Paper, _: str) -> None:
        rows = "".join(f"<sitemap><loc>{paper.host}/part/{n}</loc></sitemap>" for n in (0, 1))
        self.answer(200, f'<?xml version="1.0"?><sitemapindex>{rows}</sitemapindex>'.encode(), "application/xml")

    def get_part(self, paper: Paper, rest: str) -> None:
        numbers = range(int(rest), PAGES, 2)
        rows = "".join(f"<url><loc>{paper.host}/page/{n}</loc></url>" for n in numbers)
        self.answer(200, gzip.compress(f"<urlset>{rows}</urlset>".encode()), "application/octet-stream")

    def get_feed(self, paper: Paper, _: str) -> None:
        items = "".join(f"<item><title>{n}</title><link>/page/{n}</link></item>" for n in (1, 2))
        body = f'<rss version="2.0"><channel><title>Ф</title><link>{paper.host}/</link>{items}</channel></rss>'
        self.answer(200, body.encode(), "application/rss+xml")

    def get_page(self, paper: Paper, rest: str) -> None:
        number = int(rest)
        encoding, version = find_encoding(number), paper.versions.get(number, "")
        tag = f'"{number}-{len(version)}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        title, lines = make_news(number, version)
        declared = encoding if number % 2 else None
        body = make_page(title, lines, charset=declared).encode(encoding, "xmlcharrefreplace")
        content = "text/html" if declared else f"text/html; charset={encoding}"
        self.answer(200, body, content, ETag=tag, Last_Modified=formatdate(0, usegmt=True))

    def get_packed(self, _: Paper, rest: str) -> None:
        title, lines = make_news(int(rest))
        body = gzip.compress(make_page(title, lines).encode())
        self.send_response(200)
        for name, value in (("Content-Type", "text/html"), ("Content-Encoding", "gzip")):
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in (body[:40], body[40:]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def get_private(self, _: Paper, rest: str) -> None:
        self.answer(200, make_page().encode(), "text/html")

    def get_moved(self, _: Paper, rest: str) -> None:
        self.answer(302, b"", "text/plain", Location=f"/{rest}")

    def get_away(self, paper: Paper, rest: str) -> None:
        self.answer(302, b"", "text/plain", Location=f"{paper.host.replace('127.0.0.1', '127.0.0.2')}/{rest}")

    def get_circle(self, _: Paper, rest: str) -> None:
        self.answer(301, b"", "text/plain", Location=f"/circle/{rest}1")

    def get_large(self, _: Paper, rest: str) -> None:
        self.answer(200, b"x" * int(rest), "text/plain")

    def get_busy(self, paper: Paper, _: str) -> None:
        paper.busy += 1
        if paper.busy == 1:
            self.answer(503, b"", "text/plain", Retry_After="0")
        else:
            self.answer(200, make_page().encode(), "text/html")

    def get_slow(self, _: Paper, rest: str) -> None:
        """A byte now and then, of headers or of the body, up to ten seconds."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 1000\r\n\r\n" if rest == "body" else b"X: "))
        try:
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            self.close_connection = True

    def get_broken(self, _: Paper, rest: str) -> None:
        self.wfile.write(b"\x00\xff not HTTP at all\r\n\r\n")
        self.close_connection = True

    def get_foreign_xml(self, _: Paper, rest: str) -> None:
        self.answer(200, b'<?xml version="1.0" encoding="euc-jp"?><urlset><url/></urlset>', "application/xml")

    def get_bomb_xml(self, _: Paper, rest: str) -> None:
        body = b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>'
        self.answer(200, body, "application/xml")


@contextmanager
def serve_paper() -> Iterator[Paper]:
    """The server, on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.paper = paper = Paper(host=f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()

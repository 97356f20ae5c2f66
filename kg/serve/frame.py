"""What holds for every answer: headers that keep browsers safe, who may ask, and a line in the log."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.messages import refuse
from kg.serve.requests import find_header
from kg.serve.sending import send_reply

LOG = logging.getLogger("kg.access")
CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
CORS = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"accept, content-type"),
    (b"access-control-expose-headers", b"x-truncated, retry-after"),
)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Around the application. ``hosts`` are the names that a browser may know the server by, all if empty.

    A page on the internet may give its own name our address; the name that the browser then sends tells.
    ``origin`` is the one whose pages may read answers, "*" for all, None for none but ours.
    """

    app: ASGIApp
    hosts: frozenset[str] = frozenset()
    origin: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        entry = Entry(scope)
        outward = self._wrap(send, entry)
        try:
            if self.hosts and read_host(scope) not in self.hosts:
                await send_reply(refuse(421, "this server is not known by that name"), outward)
            elif self.origin and scope["method"] == "OPTIONS":
                await send_reply(refuse(200, "GET, HEAD, POST"), outward)
            else:
                await self.app(scope, receive, outward)
        finally:
            entry.write()

    def _wrap(self, send: Send, entry: Entry) -> Send:
        added = list_headers(self.origin)

        async def outward(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
                named = b"content-security-policy" in dict(message["headers"])
                message["headers"] = [*message["headers"], *(added[:-1] if named else added)]
            else:
                entry.bytes += len(message.get("body", b""))
            await send(message)

        return outward


POLICY_HEADER = (b"content-security-policy", CLOSED_POLICY.encode())


@lru_cache(1)
def list_headers(origin: str | None) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer; the last is the policy, which some set themselves."""
    if origin:
        return (*SAFE, (b"access-control-allow-origin", origin.encode("latin-1")), *CORS, POLICY_HEADER)
    return (*SAFE, (b"cross-origin-resource-policy", b"same-origin"), POLICY_HEADER)


def read_host(scope: Scope) -> str:
    """The name that the client uses for the server, without the port."""
    return parse_host(find_header(scope, b"host"))


@lru_cache(64)
def parse_host(written: bytes) -> str:
    """The name in a Host header; nothing where it is malformed."""
    try:
        return urlsplit(f"//{written.decode('latin-1')}").hostname or ""
    except ValueError:
        return ""


def list_hosts(host: str, base: str) -> frozenset[str]:
    """The names of a server that listens on ``host``: all, unless it is this machine's own address."""
    if host not in LOOPBACK:
        return frozenset()
    return LOOPBACK | {urlsplit(base).hostname or "localhost"}


@dataclass(slots=True)
class Entry:
    """A line of the access log. Of a query only its length and a hash of it are told, never its text."""

    scope: Scope
    status: int = 0
    bytes: int = 0
    start: float = field(default_factory=time.perf_counter)

    def write(self) -> None:
        """Log it, if anybody listens."""
        if LOG.isEnabledFor(logging.INFO):
            LOG.info(json.dumps(self._fields(), ensure_ascii=True))

    def _fields(self) -> dict[str, object]:
        client = self.scope.get("client")
        query = self.scope.get("kg.query")
        digest = {"query": sha256(query.encode()).hexdigest()[:12], "length": len(query)} if query is not None else {}
        return {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": client[0] if client else None,
            "method": self.scope["method"],
            "path": self.scope["path"][:200],
            "status": self.status,
            "bytes": self.bytes,
            "seconds": round(time.perf_counter() - self.start, 4),
            **digest,
        }

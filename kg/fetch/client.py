"""One request: what a server answers, within limits of time and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpcore

from kg.errors import FetchError
from kg.fetch.connections import Deadline, Guard
from kg.fetch.settings import FetchSettings

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: headers as it sent them, the body as packed as it came (but in one piece)."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header; "" without one."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Client:
    """Connections that are kept while requests go to the same host."""

    def __init__(self, settings: FetchSettings) -> None:
        self.settings = settings
        self.deadline = Deadline()
        self.pool = httpcore.ConnectionPool(
            max_connections=4, keepalive_expiry=30.0, network_backend=Guard(settings, self.deadline)
        )

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()

    def get(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """What stands at an address; a redirect is an answer like others. Raises FetchError."""
        headers = {"User-Agent": self.settings.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip", **conditions}
        self.deadline.start(self.settings.seconds)
        try:
            with self.pool.stream("GET", url, headers=list(headers.items())) as response:
                return make_answer(url, response, self.read_body(url, response))
        except FetchError as error:
            raise FetchError(url, error.what) from None
        except httpcore.TimeoutException:
            raise FetchError(url, f"no whole answer within {self.settings.seconds:g} seconds") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise FetchError(url, f"{type(error).__name__}: {error}"[:200]) from None

    def read_body(self, url: str, response: httpcore.Response) -> bytes:
        """The bytes of an answer. Raises FetchError when there are more than allowed."""
        parts, size = [], 0
        for part in response.iter_stream():
            parts.append(part)
            size += len(part)
            if size > self.settings.size:
                raise FetchError(url, f"longer than the limit of {self.settings.size:,} bytes")
        return b"".join(parts)


def make_answer(url: str, response: httpcore.Response, body: bytes) -> Answer:
    """The answer as a record."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
    return Answer(url, response.status, reason, headers, body)

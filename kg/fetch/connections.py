"""Connections that lead only where they may, and end when their time is up."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from kg.fetch.addresses import resolve_host
from kg.fetch.settings import FetchSettings


class Deadline:
    """When the request under way must be done: a server may send a byte now and then for ever."""

    def __init__(self) -> None:
        self.end = float("inf")

    def start(self, seconds: float) -> None:
        """Begin anew."""
        self.end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left. Raises ReadTimeout when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


class Line(httpcore.NetworkStream):
    """A connection, each step of which has what is left of the time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.remaining())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Line(self.stream.start_tls(ssl_context, server_hostname, self.deadline.remaining()), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Guard(httpcore.NetworkBackend):
    """What connects: to the very address that was looked up and found to be allowed, for each host anew."""

    def __init__(self, settings: FetchSettings, deadline: Deadline) -> None:
        self.settings, self.deadline = settings, deadline
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers. Raises FetchError, and what httpcore raises."""
        *others, last = resolve_host(host, port, self.settings.allowed)
        for address in others:
            try:
                return self.connect(str(address), port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self.connect(str(last), port)

    def connect(self, address: str, port: int) -> httpcore.NetworkStream:
        """A connection to an address."""
        return Line(self.backend.connect_tcp(address, port, self.deadline.remaining()), self.deadline)

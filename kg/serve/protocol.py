"""HTTP with bounds on what a client may send, how long it may take, and how many connections it may hold."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.joining import Joining

HEAD = 2**14  # bytes of all header fields together
PEER = 200  # connections of one address
LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
LATE = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
CROWD = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """``most`` bytes of a request line, ``patience`` seconds for a whole request, from the connection or its start."""

    most = 2**20
    patience = 20.0
    alarm: asyncio.TimerHandle | None = None
    seen = 0
    raw = 0
    in_head = True
    unfinished = False
    joining: Joining

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.joining = Joining(transport)
        super().connection_made(self.joining)
        if self._count_peers() > PEER:
            self._hang_up(CROWD)
        else:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._relax()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which tells of a header field only when it has all of it."""
        super().data_received(data)
        if self.unfinished:
            self._expect()
        self.raw = self.raw + len(data) if self.in_head else 0
        if self.raw > self.most + 2 * HEAD:
            self._hang_up(LARGE)

    def on_message_begin(self) -> None:
        self.seen, self.raw, self.in_head, self.unfinished = 0, 0, True, True
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self.most:
            raise ValueError("the address is too long")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.seen += len(name) + len(value)
        if self.seen > HEAD:
            raise ValueError("the head of the request is too large")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.in_head, self.unfinished = True, False
        self._relax()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self.joining.end_answer()
        super().on_response_complete()

    def _count_peers(self) -> int:
        if self.client is None:
            return 0
        others = (getattr(other, "client", None) for other in self.connections)
        return sum(other is not None and other[0] == self.client[0] for other in others)

    def _expect(self) -> None:
        """Give the client its time, unless it is running already."""
        if self.alarm is None:
            self.alarm = self.loop.call_later(self.patience, self._grow_impatient)

    def _relax(self) -> None:
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None

    def _grow_impatient(self) -> None:
        """Hang up on a client that has not sent all; not while the answer to what it sent before is being made."""
        self.alarm = None
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and not self.cycle.more_body:
            self._expect()
        else:
            self._hang_up(b"" if answering and self.cycle.response_started else LATE)

    def _hang_up(self, reply: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply)
            self.transport.close()

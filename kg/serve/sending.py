"""Answers on their way out: whole before their first byte leaves, then piece by piece."""

from __future__ import annotations

from typing import IO

from starlette.types import Send

from kg.serve.messages import Reply

PIECE = 2**18


async def send_reply(reply: Reply, send: Send, file: IO[bytes] | None = None) -> None:
    """Send an answer; its length is known, so that a client sees when it was cut off on the way."""
    headers = [(b"content-type", reply.media.encode("latin-1")), (b"content-length", b"%d" % reply.size)]
    headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    if file is None:
        await send({"type": "http.response.body", "body": reply.body})
        return
    with file:
        while piece := file.read(PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})

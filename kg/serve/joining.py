"""The head of an answer and the first piece of its body as one packet; uvicorn writes each by itself."""

from __future__ import annotations

import asyncio
from typing import Any

INTERIM = b"HTTP/1.1 1"  # the head of "100 Continue", which no body follows


class Joining(asyncio.Transport):
    """A connection's transport as far as uvicorn uses it. It keeps a head until more is written or the answer ends.

    A packet costs the server and its client as much as a fifth of the engine's work on a small query.
    """

    def __init__(self, inner: asyncio.Transport) -> None:
        self._inner = inner
        self._held = b""
        self._begun = False

    def write(self, data: Any) -> None:
        """Take what uvicorn writes: the head of an answer first."""
        if self._begun or data.startswith(INTERIM):
            self._inner.write(self._held + data if self._held else data)
            self._held = b""
        else:
            self._begun, self._held = True, data

    def end_answer(self) -> None:
        """Send a head that no body followed; what is written next is another one."""
        if self._held:
            self._inner.write(self._held)
        self._begun, self._held = False, b""

    def close(self) -> None:
        self.end_answer()
        self._inner.close()

    def is_closing(self) -> bool:
        return self._inner.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._inner.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._inner.pause_reading()

    def resume_reading(self) -> None:
        self._inner.resume_reading()

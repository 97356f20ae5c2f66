"""A look at whether a client still waits for its answer."""

from __future__ import annotations

import asyncio

from starlette.types import Receive


class Watch:
    """Cancels the task that made it when the client goes away.

    It is started only for an answer that takes a while, since for a small query it would cost as much as the engine.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._asker = asyncio.current_task()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start looking, unless it does."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        assert self._asker is not None
        self._asker.cancel()

    def client_gone(self) -> bool:
        """Whether it was this watch that cancelled; takes the cancellation back."""
        if self._task is None or not self._task.done() or self._asker is None:
            return False
        self._asker.uncancel()
        return True

    def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

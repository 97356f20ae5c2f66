"""A running service: the workers, the snapshot they read, and the watch over both."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import KgError
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.snapshot import Gallery, Snapshot, read_state

WATCH = 1.0  # seconds between two looks at the store


class Service:
    """Serves a store; made before the server listens, so that a store that cannot be read is told at once."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.limits = limits
        self.gallery = Gallery(store)
        try:
            self.snapshot = self.gallery.take()
        except KgError:
            self.gallery.close()
            raise
        self.pool = Pool(limits, self.gallery.folder, self.snapshot)
        self._old: list[Snapshot] = []
        self._watch: asyncio.Task[None] | None = None

    @property
    def base(self) -> str:
        """The base of the resources' IRIs."""
        return self.snapshot.base

    async def __aenter__(self) -> Self:
        self.pool.start()
        self._watch = asyncio.create_task(self._look())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        self.pool.close()
        self.gallery.close()

    async def _look(self) -> None:
        """Every second: replace dead workers, follow the store, forget snapshots that nobody reads."""
        while True:
            await asyncio.sleep(WATCH)
            self.pool.replace_dead()
            with contextlib.suppress(KgError, OSError):  # the old snapshot serves until there is a new store
                if read_state(self.gallery.store) != self.snapshot.state:
                    self._turn(await asyncio.to_thread(self.gallery.take))
            self._tidy()

    def _turn(self, snapshot: Snapshot) -> None:
        """Let all queries from now on read another snapshot."""
        self._old.append(self.snapshot)
        self.snapshot = self.pool.snapshot = snapshot

    def _tidy(self) -> None:
        read = self.pool.read
        for snapshot in [snapshot for snapshot in self._old if snapshot not in read]:
            self._old.remove(snapshot)
            self.gallery.drop(snapshot)

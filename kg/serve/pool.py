"""The workers as the server sees them: a fixed number, each with one query at a time; who dies is replaced."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.serve.hand import Answer, Hand, LostError, start_hand
from kg.serve.limits import Limits
from kg.serve.messages import Call, Task
from kg.serve.snapshot import Snapshot

PAUSE = 0.5  # seconds before a worker that did not even start is tried again
TICK = 0.1  # seconds between two looks at what runs, which cost less than an alarm for each query


class BusyError(KgError):
    """All workers have work and enough queries wait already."""


class OverdueError(KgError):
    """The query did not end in its time."""


@dataclass(eq=False, slots=True)
class Pool:
    """``folder`` is where large answers are put; ``snapshot`` what the next query is answered from."""

    limits: Limits
    folder: Path
    snapshot: Snapshot
    hands: set[Hand] = field(default_factory=set)
    idle: list[Hand] = field(default_factory=list)
    dead: list[Hand] = field(default_factory=list)
    waiting: deque[asyncio.Future[Hand]] = field(default_factory=deque)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    started: int = 0
    open: bool = True

    def start(self) -> None:
        """Start all workers, and the watch over their time."""
        self._sweep()
        for _ in range(self.limits.workers):
            self._spawn_soon()

    async def ask(self, call: Call, linger: Callable[[], None]) -> Answer:
        """The answer to a call. Raises BusyError, OverdueError and LostError; a cancelled call ends its worker.

        ``linger`` is called, perhaps several times, where the answer takes a while. A call whose worker dies is tried
        once more: whoever killed it may have meant another.
        """
        try:
            return await self._ask(call, linger)
        except LostError:
            return await self._ask(call, linger)

    async def _ask(self, call: Call, linger: Callable[[], None]) -> Answer:
        hand = self._take() or await self._wait(linger)
        whole = False
        try:
            hand.begin(self.snapshot, linger)
            answer = hand.take_answer(await hand.exchange(Task(call, str(self.snapshot.path))))
            whole = True
            return answer
        finally:
            hand.end()
            self._release(hand, whole)

    def _sweep(self) -> None:
        """Stop queries that take too long; let those that take a while be known."""
        loop = asyncio.get_running_loop()
        if self.open:
            loop.call_later(TICK, self._sweep)
        now, most = loop.time(), self.limits.seconds
        for hand in self.hands:
            if now - hand.began > most:
                hand.fail(OverdueError(f"the query took more than {most:g} seconds and was stopped"))
            elif now - hand.began > TICK:
                hand.linger()

    def _take(self) -> Hand | None:
        while self.idle:
            hand = self.idle.pop()
            if hand.alive:
                return hand
            self._release(hand, whole=False)
        return None

    async def _wait(self, linger: Callable[[], None]) -> Hand:
        if len(self.waiting) >= self.limits.queue:
            raise BusyError("too many queries are running; try again in a moment")
        linger()
        place: asyncio.Future[Hand] = asyncio.get_running_loop().create_future()
        self.waiting.append(place)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await place
        except BaseException as error:
            if place.done() and not place.cancelled():  # it came at the moment when nobody waited any more
                self._offer(place.result())
            if isinstance(error, TimeoutError):
                raise BusyError("no worker became free in time; try again in a moment") from None
            raise

    def _release(self, hand: Hand, whole: bool) -> None:
        if whole and hand.alive:
            self._offer(hand)
            return
        self._bury(hand)
        self._spawn_soon()

    def _bury(self, hand: Hand) -> None:
        self.hands.discard(hand)
        hand.kill()
        self.dead.append(hand)

    def _offer(self, hand: Hand) -> None:
        while self.waiting:
            place = self.waiting.popleft()
            if not place.done():
                place.set_result(hand)
                return
        self.idle.append(hand)

    def _spawn_soon(self) -> None:
        if self.open:
            task = asyncio.get_running_loop().create_task(self._spawn())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _spawn(self) -> None:
        """Start a worker and offer it once it is ready."""
        while self.open:
            self.started += 1
            hand = await start_hand(self.limits, self.folder / f"answer-{self.started}")
            self.hands.add(hand)
            if await hand.ready():
                self._offer(hand)
                return
            self._bury(hand)
            await asyncio.sleep(PAUSE)

    @property
    def read(self) -> set[Snapshot]:
        """The snapshots that are being read, and the one that the next query reads."""
        return {self.snapshot, *(hand.snapshot for hand in self.hands.difference(self.idle) if hand.snapshot)}

    def replace_dead(self) -> None:
        """Replace idle workers that somebody killed; the others are found out when they do not answer."""
        self.dead = [hand for hand in self.dead if hand.process.poll() is None]
        for hand in [hand for hand in self.idle if not hand.alive]:
            self.idle.remove(hand)
            self._release(hand, whole=False)

    def close(self) -> None:
        """End all workers."""
        self.open = False
        for hand in tuple(self.hands):
            self._bury(hand)
        self.idle.clear()
        for hand in self.dead:
            hand.process.wait()

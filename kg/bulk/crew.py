"""The workers of a build: each reads one batch at a time; who crashes, hangs or swells is replaced.

A thread gives out batches and watches, so that workers do not wait while the build writes. A batch that ends its worker
is read again article by article; the one that ends its worker alone is the culprit.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from queue import Empty, SimpleQueue
from threading import Event, Thread

from kg.bulk.hand import Hand, start_hand
from kg.bulk.messages import Answers, Batch, Poison, Results, Setup
from kg.bulk.settings import BATCH, Settings
from kg.errors import DataError, KgError
from kg.graph.closing import Closing
from kg.records import Article

TICK = 0.2  # seconds between looks at time and memory
AHEAD = 64  # batches a worker that may be under way: enough to go on while the build links; more would fill memory
STARTING = 300.0  # seconds that a worker may take to load its models


class Crew(Closing):
    """Workers that are started as there is work for them; a class, because they share what is to be read."""

    def __init__(self, setup: Setup, settings: Settings) -> None:
        self.setup, self.settings = setup, settings
        self.most = settings.processes * BATCH * AHEAD
        self.pending = 0  # articles that were taken and did not come back yet
        self.peak = 0  # bytes of the largest worker
        self.inbox: deque[Article] = deque()
        self.todo: deque[Batch] = deque()
        self.hands: list[Hand] = []
        self.results: SimpleQueue[Results | BaseException] = SimpleQueue()
        self.stopped = Event()
        self.thread = Thread(target=self._run, name="crew", daemon=True)
        self.thread.start()

    def put(self, article: Article) -> None:
        """Have an article read; workers start to load their models when the first one comes."""
        self.pending += 1
        self.inbox.append(article)

    def read(self, articles: Iterable[Article]) -> Iterator[Results]:
        """One result an article, in the order in which they come. Raises DataError where no worker can start."""
        for article in articles:
            self.put(article)
            yield from self.collect(self.most)
        yield from self.collect(0)

    def collect(self, most: int) -> Iterator[Results]:
        """The results that are there; waits for more while more than ``most`` articles are under way."""
        while self.pending:
            try:
                results = self.results.get(block=self.pending > most)
            except Empty:
                return
            if isinstance(results, BaseException):
                raise results
            self.pending -= len(results)
            yield results

    def finished(self) -> Iterator[Results]:
        """The results that are there, without waiting for any."""
        return self.collect(self.pending)

    def close(self) -> None:
        """End all workers."""
        self.stopped.set()
        self.thread.join()

    def _run(self) -> None:
        """The thread's work."""
        try:
            while not self.stopped.is_set():
                self._assign()
                self._listen()
                self._watch()
        except BaseException as error:  # told to whoever waits for results
            self.results.put(error)
        finally:
            for hand in self.hands:
                hand.kill()

    def _assign(self) -> None:
        """Give batches to those who are free, and start more workers while there is work for them."""
        for hand in self.hands:
            if hand.ready and hand.batch is None and (batch := self._next()):
                hand.give(batch)
        waiting = len(self.todo) + -(-len(self.inbox) // BATCH)
        starting = sum(not hand.ready for hand in self.hands)
        if waiting > starting and len(self.hands) < self.settings.processes:
            self.hands.append(start_hand(self.setup))

    def _next(self) -> Batch | None:
        """What is to be read again, else as many articles as there are."""
        if self.todo:
            return self.todo.popleft()
        articles = tuple(self.inbox.popleft() for _ in range(min(BATCH, len(self.inbox))))
        return Batch(articles) if articles else None

    def _listen(self) -> None:
        """Take what comes from the workers; wait a moment if nothing does, a shorter one where somebody has no work."""
        by_connection = {hand.connection: hand for hand in self.hands}
        busy = len(self.hands) == self.settings.processes and all(hand.batch or not hand.ready for hand in self.hands)
        if not by_connection:
            self.stopped.wait(0.02)
        for connection in wait(list(by_connection), timeout=TICK if busy else 0.02):
            self._take(by_connection[connection])  # type: ignore[index]

    def _take(self, hand: Hand) -> None:
        """Take one message; a connection that broke off is a worker that died."""
        try:
            message = hand.connection.recv()
        except (EOFError, OSError):
            self._lose(hand, hand.end())
            return
        if isinstance(message, KgError):
            raise message
        hand.ready = True
        if isinstance(message, Answers):
            self.results.put(message.results)
            hand.batch = None
            if hand.is_worn():
                self._dismiss(hand)

    def _watch(self) -> None:
        """Stop those who take too long or too much."""
        now = time.monotonic()
        for hand in tuple(self.hands):
            held, limits = hand.memory(), self.settings
            self.peak = max(self.peak, held)
            if held > limits.memory:
                self._stop(hand, f"it takes more than {limits.memory // 2**20:,} MB")
            elif not hand.ready and now - hand.since > STARTING:
                raise DataError(f"a worker does not start within {STARTING:g} seconds")
            elif hand.batch is not None and now - hand.since > limits.seconds:
                self._stop(hand, f"it takes more than {limits.seconds:g} seconds")

    def _stop(self, hand: Hand, reason: str) -> None:
        hand.kill()
        self._lose(hand, reason)

    def _lose(self, hand: Hand, reason: str) -> None:
        """Find out what ended a worker; raises DataError where it was no article."""
        self._dismiss(hand)
        if hand.batch is None:
            if not hand.ready:
                raise DataError(f"a worker did not start: {reason}")
        elif hand.batch.alone:
            self.results.put(tuple(Poison(article, reason) for article in hand.batch.articles))
        else:
            self.todo.extendleft(reversed(hand.batch.split()))

    def _dismiss(self, hand: Hand) -> None:
        """Do without a worker; another one starts when there is work for it."""
        self.hands.remove(hand)
        hand.kill()

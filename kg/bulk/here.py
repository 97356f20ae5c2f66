"""Reading few articles in this very process, with the same limit of time as a worker has."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from types import FrameType
from typing import TYPE_CHECKING

from kg.bulk.messages import Batch, Poison, Results, Setup
from kg.bulk.settings import BATCH, Settings
from kg.graph.closing import Closing
from kg.ingest import Tools, load_tools, read_batch
from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language


class OverdueError(BaseException):
    """The time is over; no Exception, as those of an article are caught on the way."""


class Here(Closing):
    """Reads in this process, and loads what it needs when the first article comes."""

    def __init__(self, setup: Setup, settings: Settings, nlp: Language | None = None) -> None:
        self.setup, self.settings, self.nlp = setup, settings, nlp
        self.tools: Tools | None = None

    def read(self, articles: Iterable[Article]) -> Iterator[Results]:
        """One result an article, in order. Raises DataError."""
        stream = iter(articles)
        while batch := tuple(islice(stream, BATCH)):
            self.tools = self.tools or load_tools(
                self.setup.base,
                self.setup.least,
                validate=self.setup.validate,
                gists=self.setup.gists,
                nlp=self.nlp,
            )
            yield try_batch(Batch(batch), self.tools, self.settings.seconds)

    @property
    def peak(self) -> int:
        """The bytes of this process at its largest."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def finished(self) -> Iterator[Results]:
        """Nothing is read ahead."""
        return iter(())

    def close(self) -> None:
        """There is nothing to let go of."""


def try_batch(batch: Batch, tools: Tools, seconds: float) -> Results:
    """Read a batch; if that takes too long, each article alone."""
    try:
        with alarm(seconds):
            return tuple(read_batch(list(batch.articles), tools))
    except OverdueError:
        if batch.alone:
            return (Poison(batch.articles[0], f"it takes more than {seconds:g} seconds"),)
        return tuple(chain.from_iterable(try_batch(single, tools, seconds) for single in batch.split()))


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raises OverdueError when the time is over; in other threads than the main one there is no limit."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise OverdueError

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""How a build is done."""

from __future__ import annotations

import os
from dataclasses import dataclass

from kg.sources.reading import ReadSettings

BATCH = 16  # articles parsed together: as quick as more of them, and little is lost with one
EACH = ReadSettings(unique=False)  # on many machines, what is a duplicate would depend on how rows are dealt out
FEW = 32  # articles that are read in this process: a second one would take longer to start


@dataclass(frozen=True, slots=True)
class Settings:
    """``workers`` None is a process for each core, and none but this one for few articles.

    ``seconds`` and ``memory`` (bytes) are what one article may take; ``least`` is that of ``kg.load``. ``rebuild``
    reads again what stands in the store as it is, ``validate`` checks each graph against the shapes. ``linked`` is how
    many articles are linked at once, which linking holds in memory.
    """

    workers: int | None = None
    seconds: float = 60.0
    memory: int = 3 * 2**30
    least: float | None = None
    rebuild: bool = False
    validate: bool = False
    linked: int = 4_000

    @property
    def processes(self) -> int:
        """How many workers there may be."""
        return self.workers or len(os.sched_getaffinity(0))

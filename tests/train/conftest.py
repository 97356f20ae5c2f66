"""The annotated samples as cases to train on, analysed once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.training.lessons import Case


@pytest.fixture(scope="session")
def cases(annotations: Path) -> tuple[Case, ...]:
    """All annotated samples."""
    pytest.importorskip("sklearn")
    from kg.training import analyse_lessons, read_lessons

    return tuple(analyse_lessons(read_lessons(annotations), lambda step: None))

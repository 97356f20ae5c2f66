"""What many tests share: the pipeline and a browser, started once, and the places of the samples."""

from __future__ import annotations

import csv
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import kg

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from spacy.language import Language

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# The first example of a property may load tables and models: time says nothing about the property.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

# What a shell starts in the background ignores Ctrl-C, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_tables() -> Iterator[None]:
    """`--reference` sets a variable for what a command starts, readers the size of cells: no test hands these on."""
    before, limit = os.environ.get("KG_REFERENCE"), csv.field_size_limit()
    yield
    csv.field_size_limit(limit)
    if before is None:
        os.environ.pop("KG_REFERENCE", None)
    else:
        os.environ["KG_REFERENCE"] = before


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The Russian pipeline."""
    return kg.load("ru")


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of sample articles."""
    return ROOT / "data" / "articles"


@pytest.fixture(scope="session")
def annotations() -> Path:
    """The folder of the same articles, annotated."""
    return ROOT / "tests" / "annotations" / "dev-ru"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium with a profile of its own."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="needs playwright: pip install 'diplomatic-kg[test]'"
    )
    if CHROMIUM is None:
        pytest.skip("needs Chromium: there is no chromium on the PATH")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the user's reaches a test."""
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)

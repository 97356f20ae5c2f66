"""Feeds what a fuzzer makes up to the readers: whatever it is, it must be articles or errors of our own tree.

Not run by pytest. With the extra "fuzz" (atheris), for five minutes, from the samples that it makes itself:

    python tests/fuzz/fuzz_readers.py -max_total_time=300

What it finds is written to crash-… files; give one as argument to see it again. The first byte chooses the format.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["kg.sources", "zipfile", "gzip", "feedparser", "docx", "pypdf"]):
    import docx  # noqa: F401 - the readers import them later
    import feedparser  # noqa: F401
    import pypdf  # noqa: F401

    from kg.errors import KgError
    from kg.records import Article
    from kg.sources.readers import READERS, read_source
    from kg.sources.reading import Sieve
    from kg.sources.source import ReadSettings, Source

FORMS = ("", *READERS, ".gz", ".zst")
LIMIT = 2**16
SETTINGS = ReadSettings()


def test_one(data: bytes) -> None:
    """One input: a byte for the format, and the file."""
    if not data:
        return
    sieve = Sieve(SETTINGS)
    source = Source(io.BytesIO(data[1:]), "here", LIMIT, SETTINGS, FORMS[data[0] % len(FORMS)])
    for where, read in read_source(source):
        outcome = sieve.sift(read, where) if isinstance(read, Article) else read
        assert isinstance(outcome, Article | KgError)
        assert where.startswith("here")


def write_seeds(folder: Path) -> None:
    """A whole file of each format, to begin with."""
    from tests.sources import test_formats

    for name, (make, _) in test_formats.FORMATS.items():
        content = make()
        raw = content.encode() if isinstance(content, str) else content
        suffix = Path(name).suffix
        if isinstance(raw, bytes) and suffix in FORMS:
            (folder / name).write_bytes(bytes([FORMS.index(suffix)]) + raw)


def main() -> None:
    """Run until the time is up or something is found."""
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder))
        files = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        atheris.Setup([*sys.argv, *([] if files else [folder])], test_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

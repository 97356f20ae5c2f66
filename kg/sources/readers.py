"""The registry of formats, and the way to the reader of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.errors import ReadError
from kg.sources.compression import UNPACKERS, split_zip, unpack
from kg.sources.feeds import read_feed, refuse_sitemap
from kg.sources.office import read_docx, read_pdf
from kg.sources.pages import read_page
from kg.sources.parquet import read_parquet
from kg.sources.plain import read_json, read_jsonl, read_text, read_unnamed
from kg.sources.sniffing import HEAD, find_form
from kg.sources.source import Placed, Reader, Source
from kg.sources.streams import peek_stream, recode_stream
from kg.sources.tables import is_table, read_csv, read_tsv
from kg.sources.warc import split_warc


def read_source(source: Source) -> Iterator[Placed]:
    """The articles of a stream. Whatever is wrong with it comes as a ReadError in its place."""
    try:
        yield from open_source(source)
    except ReadError as error:
        yield error.where, error
    except OSError as error:
        yield source.where, ReadError(source.where, error.strerror or str(error))
    except UnicodeError as error:
        yield source.where, ReadError(source.where, f"not text: {error}")


def open_source(source: Source) -> Iterator[Placed]:
    """The articles of a stream, by the reader that fits it. Raises ReadError."""
    head, stream = peek_stream(source.stream, HEAD)
    form = choose_form(head, source)
    opened = replace(source, stream=recode_stream(stream, head), suffix=form)
    if form in UNPACKERS:
        return read_source(unpack(opened))
    return find_reader(form, head, source)(opened)


def choose_form(head: bytes, source: Source) -> str:
    """The format that was asked for, which goes for what is inside of an archive, else the one that fits."""
    found = find_form(head, source.suffix)
    return found if found in ARCHIVES else source.settings.form or found


def find_reader(form: str, head: bytes, source: Source) -> Reader:
    """The reader of a format; what has none is told by its first lines. Raises ReadError for what is none."""
    reader = READERS.get(form)
    if reader is None and form:
        raise ReadError(source.where, f"not an article file: known are {', '.join(KNOWN)}")
    return reader or (read_csv if is_table(head, source) else read_unnamed)


def read_zip(source: Source) -> Iterator[Placed]:
    """The articles of the files in an archive."""
    for member in split_zip(source, frozenset(KNOWN)):
        yield from read_source(member)


def read_warc(source: Source) -> Iterator[Placed]:
    """The articles of the pages in a web archive; what is no page (pictures, scripts, errors) is passed over."""
    for part in split_warc(source):
        if isinstance(part, ReadError):
            yield part.where, part
        else:
            yield from read_source(part)


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_warc,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".parquet": read_parquet,
    ".zip": read_zip,
    ".sitemap": refuse_sitemap,
}
ARCHIVES = frozenset({*UNPACKERS, ".zip", ".warc"})
KNOWN = (*(suffix for suffix in READERS if suffix != ".sitemap"), *UNPACKERS)

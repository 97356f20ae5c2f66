"""DOCX and PDF (extra "office")."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import ReadError
from kg.records import Article
from kg.sources.compression import check_directory, seekable
from kg.sources.extras import load_extra
from kg.sources.fields import check_article, text_article
from kg.sources.layout import join_lines
from kg.sources.patience import limit_time
from kg.sources.source import Placed, Source, refuse_broken

EXTRA = "office"
PAGES = 500


def read_docx(source: Source) -> Iterator[Placed]:
    """The one article of a Word document: its paragraphs; tables, notes and frames are left out."""
    docx = load_extra("docx", EXTRA, source.where)
    stream = seekable(source)
    with refuse_broken(source.where, "not a Word document that can be read"), limit_time(source.where):
        check_directory(stream, source)
        check_swelling(zipfile.ZipFile(stream), source)
        document = docx.Document(stream)
        lines = [paragraph.text for paragraph in document.paragraphs]
        title = document.core_properties.title or ""
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise ReadError(source.where, "no text in this document; tables, notes and frames are not read")
    yield source.where, office_article(title, text, source)


def check_swelling(archive: zipfile.ZipFile, source: Source) -> None:
    """Raises ReadError if the parts of a document are together longer than the limit."""
    size = sum(info.file_size for info in archive.infolist())
    if size > source.limit:
        raise ReadError(source.where, f"{size:,} bytes unpacked, longer than the limit of {source.limit:,} bytes")


def read_pdf(source: Source) -> Iterator[Placed]:
    """The one article of a PDF: the text of its pages, in the order that the file has it."""
    pypdf = load_extra("pypdf", EXTRA, source.where)
    stream = seekable(source)
    if stream.seek(0, 2) > source.limit:
        raise ReadError(source.where, f"longer than the limit of {source.limit:,} bytes")
    with refuse_broken(source.where, "not a PDF that can be read"), limit_time(source.where):
        document = pypdf.PdfReader(stream)
        title = str((document.metadata.title if document.metadata else None) or "")
        text = join_lines("\n".join(page_texts(document, source)).split("\n"))
    if not text.strip():
        raise ReadError(source.where, "no text in this PDF; pages that are pictures are not read")
    yield source.where, office_article(title, text, source)


def page_texts(document: Any, source: Source) -> Iterator[str]:
    """The text of each page. Raises ReadError for more than news has."""
    if len(document.pages) > PAGES:
        raise ReadError(source.where, f"{len(document.pages)} pages, more than the {PAGES} that are read")
    size = 0
    for page in document.pages:
        text = page.extract_text()
        size += len(text)
        if size > source.limit:
            raise ReadError(source.where, f"longer than the limit of {source.limit:,} bytes")
        yield text


def office_article(title: str, text: str, source: Source) -> Article:
    """The article with the title that the file states and its text has too, else with its first line as title."""
    stated = " ".join(title.split())
    first = " ".join(text.lstrip("\n").partition("\n")[0].split())
    if not stated or stated == first:
        return text_article(text, source.where)
    return check_article(Article(id="", title=stated, text=text, url=source.url), source.where)

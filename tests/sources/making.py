"""Files of every format, made of plain values."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import ReadError
from kg.records import Article
from kg.sources.reading import Read, ReadSettings, read_articles

TITLE = "Путин прибыл в Астану"
BODY = (
    "АСТАНА, 27 ноября. Президент России Владимир Путин прибыл с государственным визитом в Казахстан.",
    "Переговоры лидеры начали в узком составе, а продолжили уже с участием делегаций. Речь шла о поставках газа.",
    "По итогам главы государств подписали совместное заявление об углублении стратегического партнёрства.",
)
TEXT = "\n".join(BODY)
DAY = "2024-11-27"
URL = "https://news.example/politics/1.html"
SITE = "Вести Степи"


def make_page(
    title: str = TITLE, body: Iterable[str] = BODY, day: str = DAY, charset: str | None = None, more: str = ""
) -> str:
    """A page of news with all that stands around the text on such pages."""
    meta = f'<meta charset="{charset}">' if charset else ""
    text = "\n".join(f"<p>{line}</p>" for line in body)
    return f"""<!DOCTYPE html>
<html lang="ru"><head>{meta}<title>{title} — {SITE}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{SITE}">
<meta property="article:published_time" content="{day}T10:15:00+03:00">
<script>var a = "<p>скрипт</p>";</script></head><body>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/politics">Политика</a></li></ul></nav>
<main><article><h1>{title}</h1>{text}{more}</article></main>
<aside><h3>Популярное</h3><a href="/2">Погода на выходные</a></aside>
<footer>© {SITE}, все права защищены</footer></body></html>"""


def make_csv(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """A table with the keys of the first row as header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{SITE}</title><link>https://news.example/</link>
<item><title>{TITLE}</title><link>{URL}</link><guid>1</guid>
<pubDate>Wed, 27 Nov 2024 01:15:00 +0300</pubDate>
<description><![CDATA[{"".join(f"<p>{line}</p>" for line in BODY)}]]></description></item>
<item><title>Погода</title><description>В четверг &amp; пятницу ожидается дождь.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{SITE}</title>
<entry><title>{TITLE}</title><link href="{URL}"/><id>1</id><published>2024-11-27T01:15:00+03:00</published>
<summary>Коротко.</summary><content type="html">{"&lt;br&gt;".join(BODY)}</content></entry></feed>"""


def make_warc(pages: Iterable[tuple[str, bytes, str]], packed: bool = True) -> bytes:
    """An archive of pages (address, body, content type), as other software writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, body, content in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", content)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers))
    return out.getvalue()


def make_docx(title: str, lines: Iterable[str]) -> bytes:
    """A Word document."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


LETTERS = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Own def
/CMapType 2 def
1 begincodespacerange
<00> <ff>
endcodespacerange
4 beginbfrange
<20> <7e> <0020>
<c0> <ff> <0410>
<a8> <a8> <0401>
<b8> <b8> <0451>
endbfrange
endcmap
end
end"""


def make_pdf(lines: Iterable[str]) -> bytes:
    """A PDF of one page in Russian and Latin letters, written by hand; what the letters are stands in a map."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 50 800 Td {shown} ET".encode("cp1251")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(LETTERS), LETTERS),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )
    return bytes(out)


def make_parquet(rows: Sequence[Mapping[str, object]]) -> bytes:
    """A Parquet file."""
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows)), out)
    return out.getvalue()


def make_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_zstd(raw: bytes) -> bytes:
    """A zstd frame."""
    import zstandard

    return zstandard.ZstdCompressor().compress(raw)


def write(path: Path, content: str | bytes | object) -> Path:
    """A file of text, bytes or a JSON value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode()
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def read_all(*paths: Path, limit: int = 2**26, settings: ReadSettings | None = None) -> list[Read]:
    """All that files hold."""
    return list(read_articles(paths, limit, settings or ReadSettings()))


def read_one(path: Path, **options: object) -> Article:
    """The one article of a file."""
    (read,) = read_all(path, **options)  # type: ignore[arg-type]
    assert isinstance(read, Article), read
    return read


def read_error(path: Path, **options: object) -> str:
    """What is wrong with the one article of a file."""
    (read,) = read_all(path, **options)  # type: ignore[arg-type]
    assert isinstance(read, ReadError), read
    return str(read)


def pack(raw: bytes) -> bytes:
    """gzip, always the same bytes."""
    return gzip.compress(raw, mtime=0)
